"""Fetched posts that matched no query, asked a new one: there are the mentions that were missed.

They are kept for a while only, and there is no index of them: they are read one by one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from rules.mention import Mention
from rules.query import Document, Query, Span, match
from rules.query.tree import And, Fact, Near, Node, Not, Or
from service.store.reads.rejects import RejectView, reject_view
from service.store.rejects import UNREADABLE, is_cut, mention_of_reject
from service.store.search.places import Place
from service.store.search.scan import Budget
from service.store.tables import RejectRow, SourceRow

BATCH: Final = 200

_ALWAYS_KNOWN: Final = ("platform", "site", "url", "source")


@dataclass(frozen=True, slots=True)
class FoundReject:
    """A reject that the query holds of, and the places that make it so."""

    reject: RejectView
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Missed:
    """What a query holds of among the rejects.

    ``unknown``: of so many it cannot be said, because what the query asks for was not kept of
    them, or not all of their text. ``kept_since``: of what was fetched earlier nothing is kept;
    None where nothing is kept at all. ``looked_back_to`` as in a preview.
    """

    days: Mapping[date, int]
    examples: tuple[FoundReject, ...]
    unknown: int
    kept_since: datetime | None
    looked_back_to: datetime | None

    @property
    def total(self) -> int:
        return sum(self.days.values())


@dataclass(frozen=True, slots=True)
class Kept:
    """A reject, ready to be asked. ``place`` is that of its collection."""

    place: Place
    row: Any
    mention: Mention
    document: Document
    is_cut: bool


def find_missed(
    session: Session, query: Query, *, since: datetime, budget: Budget, examples: int
) -> Missed:
    """What the query holds of among the rejects, newest first, within the budget."""
    asks_more = asks_for_facts(query.tree)
    days: Counter[date] = Counter()
    found: list[FoundReject] = []
    unknown = 0
    last: datetime | None = None
    for kept in kept_rejects(session, since=since):
        if not budget.take():
            break
        last = kept.place.at
        if kept.mention.effective_at < since:
            continue
        if kept.row.facts is None and asks_more:
            unknown += 1
            continue
        told = match(query, kept.document)
        if told is None:
            unknown += kept.is_cut
            continue
        days[kept.mention.effective_at.date()] += 1
        if len(found) < examples:
            found.append(FoundReject(reject_view(kept.row), told.spans))
    return Missed(
        days=days,
        examples=tuple(found),
        unknown=unknown,
        kept_since=session.scalar(
            select(RejectRow.collected_at).order_by(RejectRow.collected_at).limit(1)
        ),
        looked_back_to=last if budget.spent else None,
    )


def kept_rejects(
    session: Session, *, since: datetime, before: Place | None = None
) -> Iterator[Kept]:
    """The rejects collected since, the last collected first, without what could not be read."""
    while True:
        statement = (
            select(*RejectRow.__table__.c, SourceRow.name.label("source_name"))
            .outerjoin(SourceRow, SourceRow.id == RejectRow.source_id)
            .where(RejectRow.collected_at >= since, RejectRow.platform != UNREADABLE)
            .order_by(RejectRow.collected_at.desc(), RejectRow.id.desc())
            .limit(BATCH)
        )
        if before is not None:
            at, last_id = before
            statement = statement.where(
                RejectRow.collected_at <= at,
                or_(RejectRow.collected_at < at, RejectRow.id < last_id),
            )
        rows = session.execute(statement).all()
        for row in rows:
            before = Place(row.collected_at, row.id)
            mention = mention_of_reject(row)
            document = Document.of(mention, source=row.source_name or "")
            yield Kept(before, row, mention, document, is_cut(row))
        if len(rows) < BATCH:
            return


def asks_for_facts(node: Node) -> bool:
    """Whether a query asks for what older rejects do not tell: who wrote it, in which language,
    when, for how many."""
    if isinstance(node, Fact):
        return node.name not in _ALWAYS_KNOWN
    if isinstance(node, And | Or):
        return any(asks_for_facts(child) for child in node.children)
    if isinstance(node, Not):
        return asks_for_facts(node.child)
    if isinstance(node, Near):
        return asks_for_facts(node.left) or asks_for_facts(node.right)
    return node.field == "author"
