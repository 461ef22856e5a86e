"""Stands in until rules/query has its own."""

from __future__ import annotations

from dataclasses import dataclass

from rules.query import And, Document, Near, Node, Not, Or, Query, Span
from rules.query.matcher import match_tree
from rules.query.printer import print_tree


@dataclass(frozen=True, slots=True)
class Clause:
    text: str
    held: bool
    spans: tuple[Span, ...]
    near_miss: str
    children: tuple[Clause, ...]


def explain(query: Query, document: Document) -> Clause:
    return _clause(query.tree, document)


def _clause(node: Node, document: Document) -> Clause:
    found = match_tree(node, document)
    children: tuple[Node, ...] = ()
    if isinstance(node, And | Or):
        children = node.children
    elif isinstance(node, Not):
        children = (node.child,)
    elif isinstance(node, Near):
        children = (node.left, node.right)
    return Clause(
        print_tree(node),
        found is not None,
        found.spans if found else (),
        "",
        tuple(_clause(child, document) for child in children),
    )
