"""Whether a query answers a document, where, and why not: exact, for one mention at a time.

The order: `holding` walks the tree and finds the operands that make it true; `leaves` and `raw`
know where operands stand, `near` and `hulls` which of them are beside each other; `spans` turns
that into places in the text. The percolator answers the same for many queries at once.

Nothing is tried twice: an operand costs time in proportion to the text, whatever the two are.
"""

from __future__ import annotations

from typing import NamedTuple

from rules.query.document import Document
from rules.query.matcher.holding import holding
from rules.query.matcher.spans import PLACES_PER_LEAF, SPAN_LIMIT, Span, spans_of
from rules.query.tree import Node

__all__ = ["PLACES_PER_LEAF", "SPAN_LIMIT", "Match", "Span", "match_tree"]


class Match(NamedTuple):
    """That a mention answers a query. Spans come title first, then text, then author."""

    spans: tuple[Span, ...]


def match_tree(tree: Node, document: Document) -> Match | None:
    """Every branch that holds gives its words; what is under NOT gives none."""
    operands = holding(tree, document)
    if operands is None:
        return None
    return Match(spans_of(operands, document))
