"""Queries built in Python are those that are written."""

from __future__ import annotations

import pytest

from rules.query import (
    InvalidTree,
    Not,
    QuerySyntaxError,
    Scope,
    Term,
    all_of,
    any_of,
    excluding,
    near,
    parse,
    query_of,
)


def test_a_query_is_built_of_strings_and_trees() -> None:
    recalled = any_of("recall*", '"product safety"', near("battery", "fire OR burn", 5))
    built = query_of(all_of("acme", recalled, excluding("title:jobs")))
    written = (
        'acme AND (recall* OR "product safety" OR battery NEAR/5 (fire OR burn)) NOT title:jobs'
    )
    assert built == parse(parse(written).canonical)
    assert built.text == built.canonical
    assert built.text[built.tree.start : built.tree.end] == built.text


def test_near_takes_an_order_and_a_scope() -> None:
    assert near("a", "b", Scope.SENTENCE, ordered=True) == parse("a ONEAR/s b").tree


def test_one_part_is_itself() -> None:
    assert all_of("a") == any_of("a") == parse("a").tree
    assert all_of(all_of("a", "b"), "c") == parse("a b c").tree


@pytest.mark.parametrize("join", [all_of, any_of])
def test_no_part_is_refused(join: object) -> None:
    assert callable(join)
    with pytest.raises(InvalidTree, match="at least one part"):
        join()


def test_what_cannot_be_written_is_refused() -> None:
    with pytest.raises(QuerySyntaxError, match="no code of a language"):
        all_of("acme", "lang:english")
    with pytest.raises(QuerySyntaxError, match="NOT has no place"):
        near("a", excluding("b"), 2)
    with pytest.raises(QuerySyntaxError, match="only excludes"):
        query_of(excluding("a"))
    with pytest.raises(InvalidTree, match="would be read as acme"):
        query_of(Term(("Acme",), "Acme", 0, 0))


def test_a_tree_that_is_too_deep_is_refused() -> None:
    tree = parse("acme").tree
    for _ in range(5_000):
        tree = Not(tree, 0, 0)
    with pytest.raises(QuerySyntaxError, match="more than 100 deep"):
        query_of(tree)
