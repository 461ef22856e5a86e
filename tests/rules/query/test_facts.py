"""Facts of a query: their values, and what is said of values that can be none."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from rules.query import And, Fact, QuerySyntaxError, parse
from rules.query.facts import bare_address, folded_name


def told(text: str) -> list[tuple[str, str, str | float]]:
    """The facts that stand beside the word "acme"."""
    tree = parse(f"acme {text}").tree
    assert isinstance(tree, And)
    return [
        (fact.name, fact.op, fact.value) for fact in tree.children[1:] if isinstance(fact, Fact)
    ]


def at(*moment: int) -> float:
    return datetime(*moment, tzinfo=UTC).timestamp()  # type: ignore[misc, arg-type]


@pytest.mark.parametrize(
    ("text", "name", "op", "value"),
    [
        ("lang:EN", "lang", "=", "en"),
        ("lang:pt_BR", "lang", "=", "pt-br"),
        ("lang:zh-Hant-TW", "lang", "=", "zh-hant-tw"),
        ("country:GB", "country", "=", "gb"),
        ("platform:HackerNews", "platform", "=", "hackernews"),
        ("type:Review", "type", "=", "review"),
        ('source:"My  Feed:2"', "source", "=", "my feed:2"),
        ("site:https://www.Acme.co.uk/", "site", "=", "acme.co.uk"),
        ("domain:Müller.de", "site", "=", "müller.de"),
        ("url:http://www.acme.com/a/b/?x=1#y", "url", "=", "acme.com/a/b/?x=1#y"),
        ('url:"acme.com/a (b)"', "url", "=", None),
        ("followers:>1000", "followers", ">", 1_000.0),
        ("followers: >=10k", "followers", ">=", 10_000.0),
        ("followers:1.5M", "followers", "=", 1_500_000.0),
        ("engagement:<3", "engagement", "<", 3.0),
        ('reach:"<= 3"', "reach", "<=", 3.0),
        ("rating:<2.5", "rating", "<", 2.5),
        ("rating:=5", "rating", "=", 5.0),
        ("after:2026-03-04", "published", ">=", at(2026, 3, 4)),
        ("before:2026-03-04", "published", "<", at(2026, 3, 4)),
        ("before:2026-03-04t12:30z", "published", "<", at(2026, 3, 4, 12, 30)),
        ("after:2026-03-04T12:30:15-01:00", "published", ">=", at(2026, 3, 4, 13, 30, 15)),
        ("date:2026-03-04..", "published", ">=", at(2026, 3, 4)),
        ("date:..2026-03-04", "published", "<", at(2026, 3, 5)),
        ("published:>2026-03-04", "published", ">=", at(2026, 3, 5)),
        ("published:<=2026-03-04", "published", "<", at(2026, 3, 5)),
        ("published:<2026-03-04", "published", "<", at(2026, 3, 4)),
        ("published:>2026-03-04T12:00", "published", ">", at(2026, 3, 4, 12)),
        ("published:2026-03-04T12:00", "published", "=", at(2026, 3, 4, 12)),
    ],
)
def test_a_fact_is_read_into_the_form_in_which_it_is_compared(
    text: str, name: str, op: str, value: str | float | None
) -> None:
    if value is None:
        with pytest.raises(QuerySyntaxError, match="no address"):
            told(text)
        return
    assert told(text) == [(name, op, value)]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("followers:10..1k", [("followers", ">=", 10.0), ("followers", "<=", 1_000.0)]),
        ("rating:2..2", [("rating", ">=", 2.0), ("rating", "<=", 2.0)]),
        (
            "date:2026-02-28..2026-03-01",
            [("published", ">=", at(2026, 2, 28)), ("published", "<", at(2026, 3, 2))],
        ),
        (
            "date:2026-03-04",
            [("published", ">=", at(2026, 3, 4)), ("published", "<", at(2026, 3, 5))],
        ),
        (
            "date:2026-03-04..2026-03-04T12:00",
            [("published", ">=", at(2026, 3, 4)), ("published", "<=", at(2026, 3, 4, 12))],
        ),
    ],
)
def test_a_range_holds_both_its_ends(text: str, facts: list[tuple[str, str, float]]) -> None:
    assert told(text) == facts


@pytest.mark.parametrize(
    ("text", "said", "hint"),
    [
        ("lang:english", "no code of a language", "lang:en"),
        ("lang:Deutsch", "no code of a language", "lang:de"),
        ("lang:eng", "no code of a language", "lang:en"),
        ("lang:e", "no code of a language", "two letters"),
        ("country:uk", "no code of a country", "country:gb"),
        ("country:germany", "no code of a country", "country:de"),
        ("country:zz", "no code of a country", "ISO 3166"),
        ("type:reviews", "no type reviews", "did you mean type:review?"),
        ("type:reddit", "no type reddit", "platform:reddit"),
        ("type:>3", "no type >3", "one of post, comment, review, article"),
        ("platform:post", "no platform but a type", "type:post"),
        ('platform:"hacker news"', "no name of a platform", "platform:hackernews"),
        ('source:" "', "needs a value", "behind source:"),
        ("site:acme", "no host", "site:acme.com"),
        ("site:*.acme.com", "subdomains are found", "write site:acme.com"),
        ("site:.acme.com", "subdomains are found", "write site:acme.com"),
        ("site:acme.com/a", "without a path", "write url:acme.com/a"),
        ("site:acme.com:80", "no host", "site:acme.com"),
        ("url:acme.com/*", "no wildcards", "leave out the *"),
        ("url:press", "no address", "begin with the host"),
        ("followers:many", "no number", "followers:>10000"),
        ("followers:10,000", "no number", "digits"),
        ("followers:-1", "no number", "digits"),
        ("followers:٣", "no number", "digits"),
        ("followers:>1k..3", "no number", "1k..5k"),
        (f"followers:{'9' * 5_000}", "no number", "digits"),
        ("followers:>9999999m", "too large", "limit"),
        ("followers:=>3", "=> is no comparison", "followers:>=3"),
        ("followers:> 3", "no number", "digits"),
        ("reach:10..1", "ends before it begins", "reach:1..10"),
        ("rating:0", "stars from 1 to 5", "rating:<=2"),
        ("rating:>5.5", "stars from 1 to 5", "rating:<=2"),
        ("rating:1..6", "stars from 1 to 5", "rating:<=2"),
        ("after:2026-02-30", "no date", "year-month-day"),
        ("after:2026-13-01", "no date", "year-month-day"),
        ("before:04/03/2026", "no date", "year-month-day"),
        ("before:1/3/26", "no date", "year-month-day"),
        ("after:2026", "no date", "after:2026-11-23"),
        ("after:0001-01-01", "no date", "year-month-day"),
        ("after:9999-12-31", "no date", "year-month-day"),
        ("date:9000-01-01", "no date", "year-month-day"),
        ("after:2026-03-04T25:00", "no date", "18:00"),
        ("after:2026-03-04T12:00+99:00", "no date", "18:00"),
        ("after:>2026-03-04", "no date", "year-month-day"),
        ("date:..", "nothing is no date", "year-month-day"),
        ("date:2026-03-04..soon", "soon is no date", "year-month-day"),
        ("date:2026-03-04..2026-03-01", "ends before", "date:2026-03-01..2026-03-04"),
        ("published:=>2026-03-04", "no comparison", "published:>=2026-03-04"),
    ],
)
def test_a_value_that_can_be_none_is_refused_with_what_to_write(
    text: str, said: str, hint: str
) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        parse(f"{text} acme")
    assert said in caught.value.message
    assert hint in caught.value.hint
    assert caught.value.start == 0


@pytest.mark.parametrize(
    ("written", "bare"),
    [
        ("https://www.Acme.com/A/", "acme.com/a"),
        ("http://www.www.acme.com//", "acme.com"),
        ("ACME.com", "acme.com"),
        ("ftp://a.b", "ftp://a.b"),
        ("", ""),
    ],
)
def test_addresses_are_compared_without_what_makes_no_difference(written: str, bare: str) -> None:
    assert bare_address(written) == bare
    assert bare_address(bare) == bare


def test_names_are_compared_without_capitals_and_double_spaces() -> None:
    assert folded_name("  Press\tFEED ") == folded_name("press feed") == "press feed"
