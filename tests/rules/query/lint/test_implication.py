"""What the linter believes of operands is so in every text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.query import Document, Query, QuerySyntaxError, match, parse, warnings
from rules.query.lint.facts import exclude_each_other
from rules.query.lint.implication import implies, stands_for
from rules.query.tree import Fact
from tests.rules.query.strategies import (
    documents,
    facts,
    leaves,
    nears,
    query_texts,
    read_or_refusal,
)

operands = st.one_of(leaves, leaves, nears, leaves.map("title:{}".format))


def _read(text: str) -> Query | None:
    try:
        return parse(text)
    except QuerySyntaxError:
        return None


@given(operands, operands, documents)
def test_where_one_operand_implies_another_no_text_holds_it_alone(
    one: str, other: str, document: Document
) -> None:
    first, second = _read(one), _read(other)
    if first is None or second is None or not implies(first.tree, second.tree):
        return
    if match(first, document) is not None:
        assert match(second, document) is not None


@given(query_texts, documents)
def test_what_is_said_to_match_nothing_matches_nothing(text: str, document: Document) -> None:
    query = read_or_refusal(text)
    if isinstance(query, Query) and any(
        "nothing can match" in warning.message for warning in warnings(query)
    ):
        assert match(query, document) is None


@given(facts, facts, documents)
def test_facts_that_exclude_each_other_never_hold_together(
    one: str, other: str, document: Document
) -> None:
    both = [_read(f"acme AND {one}"), _read(f"acme AND {other}")]
    if None in both:
        return
    first, second = (query.tree for query in both if query is not None)
    pairs = [
        (a, b)
        for a in getattr(first, "children", ())
        for b in getattr(second, "children", ())
        if isinstance(a, Fact) and isinstance(b, Fact)
    ]
    if any(exclude_each_other(a, b) for a, b in pairs):
        held = [match(query, document) is not None for query in both if query is not None]
        assert held != [True, True]


@pytest.mark.parametrize(
    ("pattern", "word", "expected"),
    [
        ("acme*", "acmekettle", True),
        ("acme*", "acme", True),
        ("*acme", "myacme", True),
        ("a*c*e", "abcde", True),
        ("a*c*e", "abde", False),
        ("a?me", "acme", True),
        ("a?me", "ame", False),
        ("ab*ba", "aba", False),
        ("a*b?c*d", "axbycbzcd", True),
        ("a*" * 60, "a" * 10_000, False),
    ],
)
def test_words_that_a_pattern_stands_for(pattern: str, word: str, *, expected: bool) -> None:
    assert stands_for(pattern, word) is expected
