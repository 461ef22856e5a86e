"""One question has one spelling, and that spelling asks the same question."""

from __future__ import annotations

import pytest
from hypothesis import given

from rules.query import And, Near, Not, Or, QuerySyntaxError, Term, parse
from rules.query.printer import print_tree
from tests.rules.query.strategies import query_texts, read_or_refusal


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("Acme", "acme"),
        ("  (ACME)\n", "acme"),
        ("a b", "a AND b"),
        ("a AND (b OR c) NOT d", "a AND (b OR c) AND NOT d"),
        ("a NOT (b c)", "a AND NOT (b AND c)"),
        ("(a AND b) OR c", "a AND b OR c"),
        ("a NOT (b NEAR/2 c)", "a AND NOT (b NEAR/2 c)"),
        ("(a NEAR/2f b) NEAR/s c", "a ONEAR/2 b NEAR/s c"),
        ("a NEAR/2 (b NEAR/p c)", "a NEAR/2 (b NEAR/p c)"),
        ("a NEAR/2 (b OR c)", "a NEAR/2 (b OR c)"),
        ("a b NEAR/2 c", "a AND b NEAR/2 c"),
        ("Café", "cafe"),
        ("“Lost  Bag”", '"lost bag"'),
        ("AT&T", '"at t"'),
        ('"NOT"', "not"),
        ("joe@X.y", '"joe@x.y"'),
        ('"a B a"~3', '"a b a"~3'),
        ("Recall**", "recall*"),
        ("acm?*?", "acm??*"),
        ("#Acme*", "#acme*"),
        ('title:(a OR "b c")', 'title:a OR title:"b c"'),
        ("title:raw:(Acme C++)", 'title:raw:"Acme" AND title:raw:"C++"'),
        (
            'lookalike:PayPal author:lookalike:"Pay Pal"',
            'lookalike:paypal AND author:lookalike:"pay pal"',
        ),
        ("https://www.Acme.com/A/", "https://acme.com/a"),
        ("links:WWW.Acme.com/A", "links:acme.com/a"),
        ("hashtag:Acme mention:Acme", "#acme AND @acme"),
        ("domain:(WWW.Acme.com)", "site:acme.com"),
        ('source:" Press  Feed"', 'source:"press feed"'),
        ("a url:acme.com/a?b=c", 'a AND url:"acme.com/a?b=c"'),
        ("a Lang:EN_gb", "a AND lang:en-gb"),
        ("a followers:=1k", "a AND followers:1000"),
        ("a followers:>=2.50", "a AND followers:>=2.5"),
        ("a reach:10..10k", "a AND reach:>=10 AND reach:<=10000"),
        ("a NOT rating:2..4", "a AND NOT (rating:>=2 AND rating:<=4)"),
        ("a date:2026-03-04", "a AND after:2026-03-04 AND before:2026-03-05"),
        ("a after:2026-03-04T12:30+02:00", "a AND after:2026-03-04T10:30:00Z"),
        ("a published:>2026-03-04T12:00", "a AND published:>2026-03-04T12:00:00Z"),
        ("a <<< b >>> OR c", "a OR c"),
    ],
)
def test_a_query_is_printed_in_one_spelling(text: str, canonical: str) -> None:
    query = parse(text)
    assert query.canonical == canonical
    assert parse(canonical).tree == query.tree


@pytest.mark.parametrize("text", ["https://x.y/./.", '"https://x.y/{{a"', "links:x.y/./.", "ß½ﬁ"])
def test_what_changes_when_it_is_read_again_is_printed_as_it_was_written(text: str) -> None:
    query = parse(text)
    assert parse(query.canonical).tree == query.tree


@given(query_texts)
def test_the_canonical_text_means_the_same(text: str) -> None:
    query = read_or_refusal(text)
    if isinstance(query, QuerySyntaxError):
        assert "nearly every post" in query.message
        return
    again = parse(query.canonical)
    assert again.tree == query.tree
    assert again.canonical == query.canonical
    assert again.digest == query.digest


def test_queries_that_ask_the_same_have_one_digest() -> None:
    assert parse('Acme "Recall  now"').digest == parse("(acme) AND “recall now”").digest
    assert parse("a NEAR/5f b").digest == parse("(a) ONEAR/5 b <<< c >>>").digest
    assert parse("acme").digest != parse("#acme").digest
    assert parse("a NEAR/5 b").digest != parse("a ONEAR/5 b").digest


def test_a_tree_is_printed_with_the_parentheses_that_it_needs() -> None:
    a, b = Term(("a",), "a", 0, 0), Term(("b",), "b", 0, 0)
    either = Or((a, b), 0, 0)
    near = Near(either, Near(a, b, 1, False, 0, 0), 2, True, 0, 0)
    tree = And((Not(Not(either, 0, 0), 0, 0), near), 0, 0)
    assert print_tree(tree) == "NOT NOT (a OR b) AND (a OR b) ONEAR/2 (a NEAR/1 b)"
