"""What people say today that they did not say before."""

from __future__ import annotations

import random

from rules.text import tokenise
from rules.topic.emerging import LEAST_POSTS, PHRASE_LIMIT, Emerging, Post, emerging, phrases_of

EVERYDAY = (
    "the kettle is fine",
    "great tea this morning",
    "delivery came late again",
    "my parcel is here",
    "coffee before work",
)
ACME = frozenset({"acme"})


def post(number: int, text: str, *, author: str | None = None, negative: bool = False) -> Post:
    who = f"mastodon:{number}" if author is None else author
    return Post(number, who, f"{number} {text}", (tokenise(text),), negative)


def usual(count: int = 400, *, first: int = 10_000) -> list[Post]:
    dice = random.Random(4)
    return [post(first + each, f"acme {dice.choice(EVERYDAY)}") for each in range(count)]


def today(*texts: str) -> list[Post]:
    return [*usual(40, first=1_000), *(post(each, text) for each, text in enumerate(texts))]


def phrases(found: tuple[Emerging, ...]) -> list[str]:
    return [one.phrase for one in found]


def test_a_new_phrase_that_several_say_emerges_and_what_is_usual_does_not() -> None:
    new = [f"acme lid recall in {town}" for town in ("York", "Leeds", "Hull", "Bath", "Ely")]
    (found,) = emerging(today(*new), usual(), ignore=ACME)
    assert (found.phrase, found.posts, found.before) == ("lid recall", 5, 0)
    assert found.mentions == (0, 1, 2)


def test_what_is_said_more_often_than_before_emerges_with_both_counts() -> None:
    found = emerging(today(*["acme delivery came late again"] * 25), usual(), ignore=ACME)
    assert phrases(found)[0] == "delivery came late"
    assert found[0].before > 50


def test_a_sentence_that_several_repeat_is_told_once() -> None:
    said = [f"the lid of my kettle came off twice in {each} days" for each in range(2, 9)]
    assert len(emerging(today(*said), usual(), ignore=ACME)) == 1


def test_fewer_than_three_posts_or_authors_are_no_trend() -> None:
    assert emerging(today(*["acme lid recall"] * (LEAST_POSTS - 1)), usual(), ignore=ACME) == ()
    one_voice = [post(each, "acme lid recall", author="mastodon:ann") for each in range(9)]
    assert emerging([*usual(40), *one_voice], usual(), ignore=ACME) == ()


def test_copies_of_one_text_count_once() -> None:
    copies = [Post(each, f"a:{each}", "same", (tokenise("lid recall"),)) for each in range(50)]
    assert emerging([*usual(40), *copies], usual()) == ()


def test_the_same_posts_on_both_sides_are_no_news() -> None:
    assert emerging(usual(), usual()) == ()


def test_without_a_past_nothing_is_new() -> None:
    assert emerging(today(*["acme lid recall"] * 9), [], ignore=ACME) == ()


def test_nothing_heard_is_nothing_new() -> None:
    assert emerging([], usual()) == ()
    assert emerging([], []) == ()


def test_how_many_of_them_sound_negative_is_counted() -> None:
    bad = [post(each, "acme lid recall", negative=each % 2 == 0) for each in range(8)]
    (found,) = emerging([*usual(40), *bad], usual(), ignore=ACME)
    assert found.negative == 4


def test_phrases_end_at_sentences_ignored_words_links_and_function_words() -> None:
    tokens = tokenise("@AirMax Lid broke. The acme kettle of doom, see https://e.org/x now")
    assert phrases_of([tokens], ignore=ACME) == {
        *("lid", "broke", "lid broke", "kettle", "doom", "kettle of doom", "see"),
        *("doom see",),
    }


def test_phrases_heard_once_give_way_when_there_are_too_many() -> None:
    noise = [post(each, " ".join(f"w{each}x{n}" for n in range(250))) for each in range(120)]
    assert sum(len(phrases_of(each.fields, ignore=ACME)) for each in noise) > PHRASE_LIMIT
    new = [post(9_000 + each, "lid recall") for each in range(9)]
    found = emerging([*noise, *new], [*usual(), *noise])
    assert phrases(found) == ["lid recall"]
