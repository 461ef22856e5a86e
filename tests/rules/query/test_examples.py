"""Texts on which a query is tested."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from rules.query import Example, examples, parse


def test_an_example_that_keeps_its_promise_passes_and_says_nothing() -> None:
    outcomes = examples.test(
        parse("acme NOT jobs"), must_match=["Acme kettle"], must_not_match=["Acme jobs", "kettle"]
    )
    assert [(each.example.text, each.expected) for each in outcomes] == [
        ("Acme kettle", True),
        ("Acme jobs", False),
        ("kettle", False),
    ]
    assert all(each.passed for each in outcomes)
    assert {each.why for each in outcomes} == {""}


def test_an_example_that_breaks_it_fails_and_says_why() -> None:
    missing, caught = examples.test(
        parse("acme NOT jobs"), must_match=["Acme jobs"], must_not_match=["Acme kettle"]
    )
    assert not missing.passed
    assert missing.why == "It contains jobs, which the query excludes."
    assert not caught.passed
    assert caught.why == "It matches, for it holds acme."


def test_of_many_words_that_made_it_match_three_are_named() -> None:
    (caught,) = examples.test(parse("a1 OR b1 OR c1 OR d1"), must_not_match=["a1 b1 c1 d1"])
    assert caught.why == "It matches, for it holds a1, b1, c1 and 1 more."


@pytest.mark.parametrize(
    ("query", "example"),
    [
        ("title:acme", Example(title="Acme")),
        ("author:ann acme", Example(text="acme", author="Ann Lee @ann")),
        ("acme lang:en", Example(text="acme", lang="en_GB")),
        ("acme country:de", Example(text="acme", country="DE")),
        ("acme platform:hackernews", Example(text="acme", platform="HackerNews")),
        ('acme source:"press feed"', Example(text="acme", source="Press  feed")),
        ("acme type:review", Example(text="acme", type="review")),
        ("acme site:acme.com", Example(text="acme", url="https://blog.acme.com/a")),
        ("acme followers:>10 reach:>=20", Example(text="acme", followers=11, reach=20)),
        ("acme rating:<3 engagement:5", Example(text="acme", rating=2, engagement=5)),
        ("acme date:2026-03-04", Example(text="acme", published=datetime(2026, 3, 4, tzinfo=UTC))),
    ],
)
def test_what_is_told_of_a_mention_holds_and_what_is_not_told_does_not(
    query: str, example: Example
) -> None:
    told, untold = examples.test(parse(query), must_match=[example, "acme"])
    assert told.passed, told.why
    assert not untold.passed
    assert untold.why
