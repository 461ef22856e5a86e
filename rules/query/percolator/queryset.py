"""Many queries against mentions, at the cost of the few that could match."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Final, Generic, TypeVar, cast

from rules.mention import Mention
from rules.query.document import Document
from rules.query.matcher import Match, match_tree
from rules.query.percolator.few import FewAtATime
from rules.query.query import Query

if TYPE_CHECKING:
    from rules.query.percolator.engine import Engine

K = TypeVar("K", bound=Hashable)

KERNEL_QUERIES: Final = 200
"""Below so many queries a set is matched without kernels, unless its maker says otherwise."""
KERNEL_MENTIONS: Final = 2_000
"""Kernels are loaded once so many mentions have come in batches."""


class QuerySet(Generic[K]):
    """Queries that answer together exactly what trying each of them would.

    ``match`` takes one mention, ``match_many`` a batch; queries are put and removed at any time.
    From ``kernel_from`` queries on, batches go through kernels of machine code, which are loaded
    once KERNEL_MENTIONS have come; answers never depend on it.
    """

    def __init__(
        self,
        queries: Mapping[K, Query] | None = None,
        *,
        kernel_from: int = KERNEL_QUERIES,
    ) -> None:
        self._kernel_from = kernel_from
        self._trees: dict[K, Query] = {}
        self._slots: dict[K, int] = {}
        self._keys: list[K | None] = []
        self._orders: list[int] = []
        self._free: list[int] = []
        self._put = 0
        self._batched = 0
        self._few: FewAtATime | None = None
        self._by_order: dict[int, K] = {}
        self._engine: Engine | None = None
        for key, query in (queries or {}).items():
            self.put(key, query)

    def __len__(self) -> int:
        return len(self._slots)

    def put(self, key: K, query: Query) -> None:
        """Add a query, or change one: it keeps its place in the order of what is found."""
        slot = self._slots.get(key)
        if slot is not None:
            order = self._orders[slot]
            self._forget(slot)
        else:
            order = self._put
            self._put += 1
            slot = self._free.pop() if self._free else len(self._keys)
        if slot == len(self._keys):
            self._keys.append(key)
            self._orders.append(order)
        self._keys[slot], self._orders[slot] = key, order
        self._slots[key] = slot
        self._trees[key] = query
        self._by_order[order] = key
        if self._few is not None:
            self._few.put(order, query.tree)
        if self._engine is not None:
            self._engine.put(slot, query.tree, order=order)

    def remove(self, key: K) -> None:
        """Raises KeyError for a query that is not there."""
        slot = self._slots.pop(key)
        self._forget(slot)
        del self._trees[key]
        del self._by_order[self._orders[slot]]
        self._keys[slot] = None
        self._free.append(slot)

    def _forget(self, slot: int) -> None:
        if self._few is not None:
            self._few.remove(self._orders[slot])
        if self._engine is not None:
            self._engine.remove(slot)

    def match(self, document: Document) -> dict[K, Match]:
        """The queries that match, in the order in which they were first put."""
        if self._engine is not None:
            return self._through_kernels((document,), source="")[0]
        found = self._one_by_one().match(document)
        return {self._by_order[order]: match for order, match in found}

    def match_many(
        self, items: Sequence[Mention | Document], *, source: str = ""
    ) -> list[dict[K, Match]]:
        """The same for each of many; ``source``: the configured source that mentions came from."""
        self._batched += len(items)
        if self._engine is None:
            if len(self) < self._kernel_from or self._batched < KERNEL_MENTIONS:
                documents = (
                    item if isinstance(item, Document) else Document.of(item, source=source)
                    for item in items
                )
                return [self.match(document) for document in documents]
            self._load()
        return self._through_kernels(items, source=source)

    def load(self) -> None:
        """Load the kernels now rather than with the next batches: takes a second or two."""
        if self._engine is None:
            self._load()

    @property
    def bytes(self) -> int:
        """Memory of the kernels' tables; 0 while they are not loaded."""
        return 0 if self._engine is None else self._engine.tables.bytes

    def _load(self) -> None:
        # Not at the top: numpy, numba and machine code are for large sets only.
        module = import_module("rules.query.percolator.engine")
        self._engine = cast("Engine", module.Engine())
        for key, slot in self._slots.items():
            self._engine.put(slot, self._trees[key].tree, order=self._orders[slot])

    def _one_by_one(self) -> FewAtATime:
        if self._few is None:
            self._few = FewAtATime()
            for key, slot in self._slots.items():
                self._few.put(self._orders[slot], self._trees[key].tree)
        return self._few

    def _through_kernels(
        self, items: Sequence[Mention | Document], *, source: str
    ) -> list[dict[K, Match]]:
        out: list[dict[K, Match]] = [{} for _ in items]
        if self._engine is None or not items:
            return out
        documents: dict[int, Document] = {}

        def decide(mention: int, slot: int) -> Match | None:
            """What only the matcher can: a mention is cut once for all of its queries."""
            document = documents.get(mention)
            if document is None:
                item = items[mention]
                made = item if isinstance(item, Document) else Document.of(item, source=source)
                document = documents[mention] = made
            return match_tree(self._trees[cast(K, self._keys[slot])].tree, document)

        keys = cast(list[K], self._keys)
        self._engine.match(items, source=source, out=out, keys=keys, decide=decide)
        return out
