"""A query that has been read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property

from rules.query.parser import read
from rules.query.printer import print_tree
from rules.query.tree import Node


@dataclass(frozen=True)
class Query:
    """``text`` as it was written, ``tree`` what it means."""

    text: str
    tree: Node

    @cached_property
    def canonical(self) -> str:
        """The same question in one spelling; reading it gives an equal tree."""
        return print_tree(self.tree)

    @cached_property
    def digest(self) -> str:
        """Tells whether two queries ask the same: 16 hexadecimal digits of the canonical text."""
        return hashlib.sha256(self.canonical.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def read_query(text: str) -> Query:
    """Raises QuerySyntaxError with the place, what was expected and what to do."""
    return Query(text, read(text))
