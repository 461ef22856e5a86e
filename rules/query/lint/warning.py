"""What the linter says of one place in a query."""

from __future__ import annotations

from dataclasses import dataclass

from rules.query.tree import Node


@dataclass(frozen=True, slots=True)
class Warning:
    """``start`` and ``end`` are offsets into the query's text."""

    message: str
    start: int
    end: int
    hint: str


def at(node: Node, message: str, *, hint: str) -> Warning:
    return Warning(message, node.start, node.end, hint)
