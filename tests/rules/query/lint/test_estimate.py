"""What watching a query costs, about."""

from __future__ import annotations

import pytest
from hypothesis import given

from rules.query import Query, cost, parse
from rules.query.lint.frequency import share_of_posts
from tests.rules.query.strategies import query_texts, read_or_refusal


def test_a_rare_name_is_cheap_and_a_frequent_word_is_dear() -> None:
    rare, frequent = cost(parse("globexcorp")), cost(parse("good OR globexcorp"))
    assert rare.words == "cheap: looked at in fewer than 1 of 10,000 posts, those with globexcorp"
    assert frequent.anchors == ("good", "globexcorp")
    assert frequent.words == "dear: looked at in about 1 of 20 posts, those with good and 1 more"
    assert rare.share < frequent.share < 0.1


def test_a_second_word_makes_a_query_cheaper_and_an_alternative_dearer() -> None:
    assert cost(parse("good AND globexcorp")).share < cost(parse("good")).share
    assert cost(parse("recall OR globexcorp")).share > cost(parse("recall")).share


@pytest.mark.parametrize(
    ("rarer", "commoner"),
    [
        ("kettle", "good"),
        ("globexcorporation", "globe"),
        ("#good", "good"),
        ("recalling", "recall*"),
        ("globex*", "glo*"),
        ("https://acme.com", "acme"),
        ("colo?rs", "colo*"),
    ],
)
def test_rarer_words_are_taken_for_rarer(rarer: str, commoner: str) -> None:
    atom = "url:acme.com" if rarer.startswith("http") else rarer
    assert share_of_posts(atom) < share_of_posts(commoner)


@given(query_texts)
def test_the_share_is_one_and_the_words_name_the_commonest(text: str) -> None:
    query = read_or_refusal(text)
    if isinstance(query, Query):
        estimate = cost(query)
        assert 0 < estimate.share <= 1
        assert estimate.anchors
        assert estimate.words.startswith(("cheap: ", "dear: "))
