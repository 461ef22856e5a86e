"""The matcher answers what the slow, obviously right evaluator answers, spans included."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.query import Document, Near, Phrase, QuerySyntaxError, Scope, Term, Window, match
from rules.query.matcher import match_tree
from rules.query.tree import Node
from tests.rules.query.oracle import answer
from tests.rules.query.strategies import documents, query_texts, read_or_refusal
from tests.rules.query.trees import a_document, a_tree


@settings(max_examples=1_000)
@given(st.integers(0, 2**64))
def test_any_tree_is_answered_as_by_trying_every_position(seed: int) -> None:
    dice = Random(seed)
    document = a_document(dice)
    for depth in (0, 1, 2):
        agrees(a_tree(dice, depth=depth), document)


@settings(max_examples=300)
@given(query_texts, documents)
def test_any_query_is_answered_as_by_trying_every_position(text: str, document: Document) -> None:
    query = read_or_refusal(text)
    if isinstance(query, QuerySyntaxError):
        return
    found = match(query, document)
    assert (found.spans if found else None) == answer(query.tree, document)


@pytest.mark.parametrize("distance", [3, 100, Scope.SENTENCE])
@pytest.mark.parametrize("ordered", [True, False])
def test_a_near_around_a_near_looks_at_its_first_thousand_stretches(
    distance: int | Scope, ordered: bool
) -> None:
    a, b, c = (Term((atom,), atom, 0, 0) for atom in "abc")
    inner = Near(a, b, distance, ordered, 0, 0)
    text = "a b " * 40 + "c " + "b a a " * 9 + "c. a b c"
    for tree in (
        Near(inner, c, 5, False, 0, 0),
        Near(c, inner, Scope.PARAGRAPH, True, 0, 0),
        Near(inner, inner, 2, ordered, 0, 0),
        Near(Near(inner, c, 100, False, 0, 0), a, 9, True, 0, 0),
    ):
        agrees(tree, Document(text=text))


def test_a_thousand_stretches_that_all_lie_before_its_partner_hide_the_others() -> None:
    """The limit can be felt: said in docs/queries.md, and the same for whoever answers."""
    a, b, c = (Term((atom,), atom, 0, 0) for atom in "abc")
    tree = Near(Near(a, b, 100, False, 0, 0), c, 0, False, 0, 0)
    assert match_tree(tree, Document(text="a b " * 5 + "c")) is not None
    assert match_tree(tree, Document(text="a b " * 80 + "c")) is None
    agrees(tree, Document(text="a b " * 80 + "c"))


def test_many_places_are_told_in_part() -> None:
    document = Document(title="a " * 30, text="a b c " * 90)
    one, other = Term(("a",), "a", 0, 0), Term(("b",), "b", 0, 0)
    for tree in (
        one,
        Near(one, other, 0, True, 0, 0),
        Phrase(("a", "b"), "a b", 0, 0),
        Window(("b", "a", "c"), 1, "b a c", 0, 0),
    ):
        agrees(tree, document)


def agrees(tree: Node, document: Document) -> None:
    found = match_tree(tree, document)
    assert (found.spans if found else None) == answer(tree, document)
