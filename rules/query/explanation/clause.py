"""A query clause by clause: what holds, where, and what the rest missed by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rules.query.document import Document
from rules.query.explanation.misses import near_miss
from rules.query.matcher import Span, match_tree
from rules.query.printer import print_tree
from rules.query.tree import And, Near, Node, Not, Or

MISS_LIMIT = 100
"""Clauses that do not hold for which a near miss is looked for: a list may have thousands."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of a query and whether it holds.

    ``text`` is its canonical spelling, ``start`` and ``end`` where it was written in the query (in
    the list, for what comes of one). ``near_miss`` says in words by what a clause that does not
    hold missed; empty if there is nothing to say or the clauses inside say it. What stands under
    NOT has no spans in a match, but has them here.
    """

    text: str
    held: bool
    spans: tuple[Span, ...]
    near_miss: str
    children: tuple[Clause, ...] = ()
    start: int = 0
    end: int = 0

    def as_json(self) -> dict[str, Any]:
        """The same as JSON; spans as in the output of ``groundswell match``."""
        spans = [
            {"field": span.field, "start": span.start, "end": span.end, "term": span.term}
            for span in self.spans
        ]
        return {
            "text": self.text,
            "held": self.held,
            "spans": spans,
            "near_miss": self.near_miss,
            "children": [child.as_json() for child in self.children],
            "start": self.start,
            "end": self.end,
        }


def explain_tree(tree: Node, document: Document) -> Clause:
    """Every clause, each tried by itself."""
    return _Explaining(document).clause(tree)


class _Explaining:
    def __init__(self, document: Document) -> None:
        self._document = document
        self._misses = 0

    def clause(self, node: Node) -> Clause:
        found = match_tree(node, self._document)
        return Clause(
            text=print_tree(node),
            held=found is not None,
            spans=found.spans if found is not None else (),
            near_miss=self._miss(node) if found is None else "",
            children=tuple([self.clause(child) for child in _inside(node)]),
            start=node.start,
            end=node.end,
        )

    def _miss(self, node: Node) -> str:
        self._misses += 1
        return near_miss(node, self._document) if self._misses <= MISS_LIMIT else ""


def _inside(node: Node) -> tuple[Node, ...]:
    if isinstance(node, And | Or):
        return node.children
    if isinstance(node, Near):
        return (node.left, node.right)
    return (node.child,) if isinstance(node, Not) else ()
