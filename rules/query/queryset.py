"""Many queries against one mention, at the cost of the few that could match."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Generic, TypeVar

from rules.query.anchors import anchors_of
from rules.query.document import Document
from rules.query.matcher import Match, match_tree
from rules.query.query import Query

K = TypeVar("K", bound=Hashable)


class QuerySet(Generic[K]):
    """Queries indexed by their anchors; answers exactly what trying each of them would."""

    def __init__(self, queries: Mapping[K, Query]) -> None:
        self._queries = list(queries.items())
        self._by_anchor: dict[str, list[int]] = {}
        for number, (_, query) in enumerate(self._queries):
            for anchor in anchors_of(query.tree) or ():
                self._by_anchor.setdefault(anchor, []).append(number)

    def match(self, document: Document) -> dict[K, Match]:
        """The queries that match, in the order in which they were given."""
        candidates: set[int] = set()
        for anchor in self._by_anchor.keys() & document.atoms:
            candidates.update(self._by_anchor[anchor])
        out: dict[K, Match] = {}
        for number in sorted(candidates):
            key, query = self._queries[number]
            found = match_tree(query.tree, document)
            if found is not None:
                out[key] = found
        return out
