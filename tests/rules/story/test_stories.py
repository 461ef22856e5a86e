"""Which mentions tell the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from rules.story import SIMILAR, Pace, Stories, Story, Told
from tests.builders import NOON

WORDS = ["fire", "kettle", "recall", "burns", "kitchen", "strike", "pilots", "delay", "refund"]


def told(name: str, words: str, *, at: datetime = NOON, links: tuple[str, ...] = ()) -> Told:
    return Told(name, at, frozenset(words.split()), text=words, links=frozenset(links))


def test_the_first_to_tell_begins_a_story() -> None:
    placed = Stories().place(told("a", "kettle fire kitchen"))
    assert (placed.story, placed.similarity, placed.copy) == ("a", 1.0, False)


def test_who_shares_most_words_joins_and_is_told_how_many() -> None:
    stories = Stories()
    stories.place(told("a", "kettle fire kitchen burns"))
    placed = stories.place(told("b", "kettle fire kitchen recall"))
    assert placed.story == "a"
    assert placed.similarity == 3 / 5
    assert placed.reason == "60 % of the words of the two are the same."


def test_another_story_is_another_story() -> None:
    stories = Stories()
    stories.place(told("a", "kettle fire kitchen burns"))
    assert stories.place(told("b", "pilots strike delay refund")).story == "b"


def test_the_more_similar_of_two_stories_is_joined() -> None:
    stories = Stories()
    stories.place(told("a", "kettle fire kitchen burns"))
    stories.place(told("b", "kettle fire recall refund strike"))
    assert stories.place(told("c", "kettle fire recall refund")).story == "b"


def test_a_copy_is_said_to_be_one() -> None:
    stories = Stories()
    stories.place(told("a", "kettle fire kitchen"))
    assert stories.place(told("b", "kettle fire kitchen")).copy


def test_two_words_in_common_are_no_story_unless_all_is_the_same() -> None:
    stories = Stories()
    stories.place(told("a", "love kettle"))
    assert stories.place(told("b", "kettle great")).story == "b"
    assert stories.place(told("c", "love kettle")).story == "a"


def test_a_shared_link_is_the_same_story_whatever_is_said_of_it() -> None:
    stories = Stories()
    stories.place(told("a", "kettle fire kitchen", links=("url:news.example/fire",)))
    placed = stories.place(told("b", "unbelievable company", links=("url:news.example/fire",)))
    assert (placed.story, placed.reason) == ("a", "It shares the link.")


def test_a_story_nobody_told_for_long_is_over() -> None:
    stories = Stories(quiet=timedelta(hours=2))
    stories.place(told("a", "kettle fire kitchen"))
    late = told("b", "kettle fire kitchen", at=NOON + timedelta(hours=3))
    assert stories.place(late).story == "b"


def test_telling_it_again_keeps_a_story_alive() -> None:
    stories = Stories(quiet=timedelta(hours=2))
    for hour in range(4):
        placed = stories.place(told(f"m{hour}", "kettle fire", at=NOON + timedelta(hours=hour)))
        assert placed.story == "m0"


def test_a_post_of_last_year_does_not_join_what_is_told_today() -> None:
    stories = Stories()
    stories.place(told("a", "kettle fire kitchen"))
    old = told("b", "kettle fire kitchen", at=NOON - timedelta(days=300))
    assert stories.place(old).story == "b"


def test_memory_is_bounded_and_the_longest_quiet_gives_way() -> None:
    stories = Stories(limit=2)
    stories.place(told("a", "kettle fire kitchen"))
    stories.place(told("b", "pilots strike delay", at=NOON + timedelta(minutes=1)))
    stories.place(told("a2", "kettle fire kitchen", at=NOON + timedelta(minutes=2)))
    stories.place(told("c", "refund burns recall", at=NOON + timedelta(minutes=3)))
    assert len(stories) == 2
    later = NOON + timedelta(minutes=4)
    assert stories.place(told("a3", "kettle fire kitchen", at=later)).story == "a"
    assert stories.place(told("b2", "pilots strike delay", at=later)).story == "b2"


@given(
    st.lists(
        st.tuples(
            st.sets(st.sampled_from(WORDS), max_size=5),
            st.integers(0, 100),
            st.sets(st.sampled_from(["url:a/1", "url:b/2", "url:c/3"]), max_size=2),
        ),
        max_size=25,
    )
)
def test_who_takes_over_what_is_remembered_goes_on_as_the_first_would(
    posts: list[tuple[set[str], int, set[str]]],
) -> None:
    """Another process after every mention, given only the stories that are remembered."""
    through = Stories(limit=4)
    kept: dict[str, Story] = {}
    for number, (words, hour, links) in enumerate(posts):
        one = told(
            f"m{number:02}",
            " ".join(sorted(words)),
            at=NOON + timedelta(hours=hour),
            links=tuple(links),
        )
        taken_over = Stories(limit=4)
        for each in kept.values():
            pace = Pace.from_json(each.pace.to_json())
            taken_over.put_back(replace(each, links=set(each.links), pace=pace))
        placed = through.place(one)
        assert taken_over.place(one) == placed
        names = [*kept, placed.story]
        kept = {name: story for name in names if (story := through.remembered(name)) is not None}


def test_the_same_mention_stays_where_it_is() -> None:
    stories = Stories()
    stories.place(told("a", "kettle fire kitchen"))
    assert stories.place(told("a", "kettle fire kitchen")).story == "a"
    assert len(stories) == 1


@given(st.lists(st.sets(st.sampled_from(WORDS), min_size=1, max_size=6), max_size=25))
def test_the_candidates_hold_every_story_that_is_similar_enough(sets: list[set[str]]) -> None:
    """Against trying all: the first story with the greatest similarity."""
    stories = Stories()
    begun: list[tuple[str, frozenset[str]]] = []
    for number, words in enumerate(sets):
        name = f"{number:03}"
        mine = frozenset(words)
        placed = stories.place(told(name, " ".join(sorted(words))))
        alike = [(similarity(other, mine), -int(of), of) for of, other in begun]
        same = [of for of, other in begun if other == mine]
        alike = [each for each in alike if each[0] >= SIMILAR]
        if same:
            assert placed.story == same[0]
        elif alike and len(mine) >= 3 and any(len(dict(begun)[each[2]]) >= 3 for each in alike):
            big = [each for each in alike if len(dict(begun)[each[2]]) >= 3]
            assert placed.story == max(big)[2]
        else:
            assert placed.story == name
        if placed.story == name:
            begun.append((name, mine))


def similarity(one: frozenset[str], other: frozenset[str]) -> Fraction:
    return Fraction(len(one & other), len(one | other))


def test_the_cost_of_one_more_hangs_on_its_rare_words_not_on_all_stories() -> None:
    """Candidates tried for one mention, with ten times the stories about other things."""

    def tried(count: int) -> int:
        stories = Stories()
        for number in range(count):
            stories.place(told(f"s{number}", f"kettle w{number}a w{number}b w{number}c w{number}d"))
        return len(list(stories._candidates(told("x", "kettle w1a w1b w1c q"))))

    assert tried(1000) <= tried(100)
