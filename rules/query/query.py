"""A query that has been read."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from rules.query.parser import read
from rules.query.printer import print_tree
from rules.query.tree import Node


@dataclass(frozen=True)
class Query:
    """``text`` as it was written, ``tree`` what it means, ``lists`` the names of those in it."""

    text: str
    tree: Node
    lists: frozenset[str] = frozenset()

    @cached_property
    def canonical(self) -> str:
        """The same question in one spelling, lists written out; reading it gives an equal tree."""
        return print_tree(self.tree)

    @cached_property
    def digest(self) -> str:
        """Tells whether two queries ask the same: 16 hexadecimal digits of the canonical text."""
        return hashlib.sha256(self.canonical.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def read_query(text: str, *, lists: Mapping[str, str]) -> Query:
    """Raises QuerySyntaxError with the place, what was expected and what to do."""
    tree, used = read(text, lists=lists)
    return Query(text, tree, used)
