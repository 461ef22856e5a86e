"""Mentions that a query may hold of, read in batches and ready to be asked, within a budget."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Final, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from rules.mention import Mention
from rules.query import Document, Node
from service.store.mentions import mention_without_raw
from service.store.search.facts import facts_in, needed_facts
from service.store.search.needed import needed_words
from service.store.search.places import Place, Scope, places
from service.store.tables import MentionRow, SightingRow, SourceRow

FIRST_BATCH, LARGEST_BATCH = 50, 400

_COLUMNS: Final = [
    getattr(MentionRow, column.key) for column in MentionRow.__table__.c if column.key != "raw"
]


class Budget:
    """How much one request may look at: so many mentions, and so long.

    One look is always allowed, so that whoever goes on from where it ended gets on. ``spent`` says
    whether it ended for want of budget.
    """

    def __init__(
        self,
        *,
        looks: int = 20_000,
        seconds: float = 2.0,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._left = looks
        self._end = monotonic() + seconds
        self._monotonic = monotonic
        self._begun = False
        self.spent = False

    def half(self) -> Budget:
        """A budget of half of what is left; what is left of this one is the other half."""
        now = self._monotonic()
        part = Budget(
            looks=self._left // 2, seconds=(self._end - now) / 2, monotonic=self._monotonic
        )
        self._left -= self._left // 2
        return part

    def take(self) -> bool:
        """Whether one more mention may be looked at."""
        if self._begun and (self._left <= 0 or self._monotonic() >= self._end):
            self.spent = True
            return False
        self._begun = True
        self._left -= 1
        return True


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mention that a query may hold of. ``mention.raw`` is left out."""

    place: Place
    mention: Mention
    document: Document


def candidates(
    session: Session, tree: Node, *, scope: Scope, budget: Budget
) -> Iterator[Candidate]:
    """Every mention in the scope that the query may hold of, newest first, until the budget is
    spent: then the last one given is how far was looked."""
    condition = needed_facts(session, tree)
    if condition is not None:
        scope = replace(scope, about=(*scope.about, condition))
    asks_source = any(fact.name == "source" for fact in facts_in(tree))
    standing = places(session, needed=needed_words(tree), scope=scope)
    size = FIRST_BATCH
    while batch := list(islice(standing, size)):
        ids = [place.mention_id for place in batch]
        rows: dict[int, Any] = {
            row.id: row for row in session.execute(select(*_COLUMNS).where(MentionRow.id.in_(ids)))
        }
        sources = first_seen_in(session, ids) if asks_source else {}
        for place in batch:
            if not budget.take():
                return
            mention = mention_without_raw(rows[place.mention_id])
            seen = sources.get(place.mention_id)
            document = Document.of(mention, source=seen.name if seen else "")
            yield Candidate(place, mention, document)
        size = min(size * 2, LARGEST_BATCH)


class SeenIn(NamedTuple):
    """A source as far as it matters for a mention that it showed."""

    name: str
    tier: int


def first_seen_in(session: Session, mention_ids: list[int]) -> dict[int, SeenIn]:
    """The source that showed each mention first: it is the one that was asked about when the
    mention came in. Those that no source showed are left out."""
    seen = session.execute(
        select(SightingRow.mention_id, SourceRow.name, SourceRow.tier)
        .join(SourceRow, SourceRow.id == SightingRow.source_id)
        .where(SightingRow.mention_id.in_(mention_ids))
        .order_by(SightingRow.seen_at.desc(), SightingRow.source_id.desc())
    )
    return {row.mention_id: SeenIn(row.name, row.tier) for row in seen}
