"""What people's verdicts teach about relevance."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.mention import Mention
from rules.query import Document, Match, match, parse
from rules.score.learned import MOST, Evidence, features, learned
from rules.text import Tokens, tokenise
from tests.builders import a_mention, an_author

APPLE = parse("apple")


def fields_of(mention: Mention) -> tuple[tuple[str, Tokens], ...]:
    both = (("title", mention.title), ("text", mention.text))
    return tuple((name, tokenise(text)) for name, text in both if text)


def found_in(mention: Mention) -> Match:
    found = match(APPLE, Document.of(mention))
    assert found is not None
    return found


def seen(text: str, **changes: object) -> frozenset[str]:
    mention = a_mention(text=text, **changes)
    return features(mention, found_in(mention), fields=fields_of(mention))


def shift(text: str, evidence: Evidence) -> float:
    mention = a_mention(text=text)
    parts = learned(seen(text), evidence, fields=fields_of(mention))
    return sum(part.contribution for part in parts)


FRUIT = ["apple pie in the oven", "baking an apple cake", "picked apples, made apple pie"]
PHONES = ["my apple phone died", "apple store queue", "the apple phone screen broke"]
TAUGHT = Evidence.of(
    [(seen(text), False) for text in FRUIT] + [(seen(text), True) for text in PHONES]
)


def test_without_examples_nothing_is_said() -> None:
    assert shift("apple pie", Evidence()) == 0


def test_words_of_what_was_not_us_lower_and_words_of_us_raise() -> None:
    assert shift("grandma's apple pie", TAUGHT) < -0.05
    assert shift("which apple phone", TAUGHT) > 0.05


def test_words_never_seen_say_nothing() -> None:
    mention = a_mention(text="apple zeppelin", author=an_author(handle=None, name=None), lang=None)
    found = features(mention, found_in(mention), fields=fields_of(mention))
    assert learned(found - {"site:example.org"}, TAUGHT, fields=fields_of(mention)) == []


def test_the_query_s_own_words_and_function_words_teach_nothing() -> None:
    assert not seen("the apple is on my pie") & {"apple", "the", "is", "on", "my"}


def test_author_site_and_language_are_features() -> None:
    found = seen("apple", author=an_author(handle="@Ann"), url="https://www.Food.example/pie")
    assert {"author:mastodon:ann", "site:food.example", "lang:en"} <= found


def test_an_author_who_is_never_about_us_counts_and_is_told() -> None:
    by_bob = seen("apple", author=an_author(handle="bob"))
    by_ada = frozenset({"author:mastodon:ada"})
    evidence = Evidence.of([(by_ada, False)] * 4 + [(by_bob, True)])
    mention = a_mention(text="apple", author=an_author(handle="ada"))
    parts = learned(by_ada, evidence, fields=fields_of(mention))
    assert parts[0].contribution < -0.1
    assert parts[0].what == "This author was in 0 examples about us and 4 that were not"


def test_a_word_s_part_shows_its_place() -> None:
    mention = a_mention(text="One apple pie")
    (part,) = learned(frozenset({"pie"}), TAUGHT, fields=fields_of(mention))
    assert part.span == ("text", 10, 13)


def test_one_example_moves_less_than_ten() -> None:
    one = Evidence.of([(frozenset({"pie"}), False), (frozenset({"phone"}), True)])
    ten = Evidence.of([(frozenset({"pie"}), False), (frozenset({"phone"}), True)] * 10)
    assert shift("apple pie", ten) < shift("apple pie", one) < 0


def test_what_is_unlearned_leaves_no_trace() -> None:
    examples = [(seen(text), False) for text in FRUIT]
    assert Evidence.of([*examples, (seen("apple phone"), True)][:-1]) == Evidence.of(examples)


def test_it_comes_back_from_json_as_it_was() -> None:
    assert Evidence.from_json(TAUGHT.to_json()) == TAUGHT


@given(
    st.lists(st.tuples(st.frozensets(st.sampled_from("abcdef")), st.booleans()), max_size=30),
    st.frozensets(st.sampled_from("abcdefgh")),
)
def test_it_never_moves_more_than_it_may_and_adds_up(
    examples: list[tuple[frozenset[str], bool]], found: frozenset[str]
) -> None:
    parts = learned(found, Evidence.of(examples), fields=())
    assert abs(sum(part.contribution for part in parts)) <= MOST + 1e-9


@given(st.lists(st.tuples(st.frozensets(st.sampled_from("abcdef")), st.booleans()), max_size=20))
def test_the_order_of_examples_makes_no_difference(
    examples: list[tuple[frozenset[str], bool]],
) -> None:
    assert Evidence.of(examples) == Evidence.of(reversed(examples))


def test_turning_every_example_round_turns_the_answer_round() -> None:
    turned = Evidence(
        us=TAUGHT.not_us,
        not_us=TAUGHT.us,
        features={name: (b, a) for name, (a, b) in TAUGHT.features.items()},
    )
    assert shift("apple pie phone cake", turned) == pytest.approx(
        -shift("apple pie phone cake", TAUGHT)
    )
