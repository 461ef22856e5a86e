"""A query's tree as JSON, for programs that build or read queries.

    {"and": [{"word": "acme"}, {"not": {"phrase": ["job", "offer"], "field": "title"}}]}

Operators are ``and`` and ``or`` with two parts or more, ``not`` with one, ``near`` with two and
``distance`` (a number of words, "sentence" or "paragraph") and ``ordered``. Operands are ``word``,
``phrase``, ``lookalike``, ``window`` with ``slop``, ``raw`` and ``fact`` with ``op`` and ``value``
(dates as ``2026-11-23T00:00:00Z``). ``field`` is left out for title and text, ``text`` is how it
was written and may be left out.
"""

from __future__ import annotations

from typing import Any

from rules.query.instants import print_instant
from rules.query.tree import (
    And,
    Fact,
    Leaf,
    Lookalike,
    Near,
    Node,
    Not,
    Or,
    Raw,
    Scope,
    Term,
    Window,
)


def to_json(tree: Node) -> dict[str, Any]:
    """The tree as dictionaries, lists, strings and numbers."""
    if isinstance(tree, And | Or):
        key = "and" if isinstance(tree, And) else "or"
        return {key: [to_json(child) for child in tree.children]}
    if isinstance(tree, Not):
        return {"not": to_json(tree.child)}
    if isinstance(tree, Near):
        distance = tree.distance.value if isinstance(tree.distance, Scope) else tree.distance
        sides = [to_json(tree.left), to_json(tree.right)]
        return {"near": sides, "distance": distance, "ordered": tree.ordered}
    if isinstance(tree, Fact):
        return {"fact": tree.name, "op": tree.op, "value": _value(tree)}
    return _leaf(tree)


def _value(fact: Fact) -> str | float:
    if fact.name == "published" and not isinstance(fact.value, str):
        return print_instant(fact.value)
    return fact.value


def _leaf(leaf: Leaf) -> dict[str, Any]:
    out: dict[str, Any]
    if isinstance(leaf, Raw):
        out = {"raw": leaf.raw}
    elif isinstance(leaf, Term):
        out = {"word": leaf.atoms[0], "text": leaf.text}
    elif isinstance(leaf, Window):
        out = {"window": list(leaf.atoms), "slop": leaf.slop, "text": leaf.text}
    elif isinstance(leaf, Lookalike):
        out = {"lookalike": list(leaf.atoms), "text": leaf.text}
    else:
        out = {"phrase": list(leaf.atoms), "text": leaf.text}
    return {**out, "field": leaf.field} if leaf.field else out
