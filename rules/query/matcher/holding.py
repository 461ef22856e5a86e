"""Whether a tree holds in a document, and through which operands."""

from __future__ import annotations

from rules.query.document import Document
from rules.query.matcher.facts import fact_holds
from rules.query.matcher.hulls import hulls
from rules.query.matcher.leaves import runs_in, stands
from rules.query.matcher.near import partners
from rules.query.places import Field, Places, joined
from rules.query.places.runs import runs_of
from rules.query.tree import And, Fact, Leaf, Near, Node, Not, Or

Spanned = Leaf | Near
"""What gives spans where it holds."""


def holding(node: Node, document: Document) -> list[Spanned] | None:
    """The operands that make a node true: of every branch that holds; None if it does not.

    What stands under NOT gives none, and neither do facts.
    """
    if isinstance(node, Or):
        return _any(node, document)
    if isinstance(node, And):
        out: list[Spanned] = []
        for child in node.children:
            found = holding(child, document)
            if found is None:
                return None
            out += found
        return out
    if isinstance(node, Not):
        return [] if holding(node.child, document) is None else None
    if isinstance(node, Fact):
        return [] if fact_holds(node, document.facts) else None
    if isinstance(node, Near):
        return [node] if _near_stands(node, document) else None
    return [node] if stands(node, document) else None


def _any(node: Or, document: Document) -> list[Spanned] | None:
    out: list[Spanned] = []
    holds = False
    for child in node.children:
        found = holding(child, document)
        if found is not None:
            holds = True
            out += found
    return out if holds else None


def _near_stands(node: Near, document: Document) -> bool:
    for field in document.searched(looks_in(node)):
        left = side(node.left, field)
        if left.runs and partners(node, left.runs, side(node.right, field).runs, field)[0]:
            return True
    return False


def looks_in(node: Node) -> str:
    """The field of any of a NEAR's operands: all look in the same."""
    while True:
        if isinstance(node, Near):
            node = node.right
        elif isinstance(node, Or):
            node = node.children[0]
        else:
            return node.field if isinstance(node, Leaf) else ""


def side(node: Node, field: Field) -> Places:
    """Where one side of a NEAR stands in a field."""
    found = field.places.get(node)
    if found is None:
        found = field.places[node] = _side(node, field)
    return found


def _side(node: Node, field: Field) -> Places:
    if isinstance(node, Or):
        return Places(joined([side(child, field).runs for child in node.children]))
    if isinstance(node, Near):
        return Places(runs_of(hulls(node, side(node.left, field), side(node.right, field), field)))
    assert isinstance(node, Leaf)
    return Places(runs_in(node, field))
