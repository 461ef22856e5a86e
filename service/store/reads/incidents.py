"""Incidents as a list; one of them in full is in ``incident``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from rules.severity import Severity
from service.store.reads.page import Page, checked_limit, read_cursor, write_cursor
from service.store.tables import BrandRow, IncidentRow, QueryRow


@dataclass(frozen=True, slots=True)
class IncidentLine:
    """One incident in a list."""

    id: int
    brand_id: int
    brand_slug: str
    brand_name: str
    query_id: int
    query_name: str
    title: str
    status: str
    severity: Severity
    revision: int
    opened_at: datetime
    first_mention_at: datetime | None
    spike_ended_at: datetime | None
    paged_at: datetime | None
    escalate_at: datetime | None
    acknowledged_at: datetime | None
    acknowledged_by: str | None
    resolved_at: datetime | None
    resolved_by: str | None


def incident_page(
    session: Session,
    *,
    status: str | None = None,
    brand_id: int | None = None,
    cursor: str | None = None,
    limit: int = 50,
    brands: frozenset[int] | None = None,
) -> Page[IncidentLine]:
    """Incidents, the last opened first.

    ``status``: open, acknowledged, resolved, or unresolved for the first two; None for all.
    Raises Invalid for a cursor or a limit that cannot be.
    """
    checked_limit(limit)
    statement = (
        select(IncidentRow, BrandRow.slug, BrandRow.name, QueryRow.name)
        .join(BrandRow, BrandRow.id == IncidentRow.brand_id)
        .join(QueryRow, QueryRow.id == IncidentRow.query_id)
        .order_by(IncidentRow.opened_at.desc(), IncidentRow.id.desc())
        .limit(limit + 1)
    )
    if status == "unresolved":
        statement = statement.where(IncidentRow.status != "resolved")
    elif status is not None:
        statement = statement.where(IncidentRow.status == status)
    if brand_id is not None:
        statement = statement.where(IncidentRow.brand_id == brand_id)
    if brands is not None:
        statement = statement.where(IncidentRow.brand_id.in_(sorted(brands)))
    if cursor is not None:
        at, last_id = read_cursor(cursor)
        statement = statement.where(
            IncidentRow.opened_at <= at,
            or_(IncidentRow.opened_at < at, IncidentRow.id < last_id),
        )
    rows = session.execute(statement).all()
    lines = tuple(_line(row, slug=s, brand=b, query=q) for row, s, b, q in rows[:limit])
    more = len(rows) > limit
    return Page(
        items=lines,
        next_cursor=write_cursor(lines[-1].opened_at, lines[-1].id) if more else None,
    )


def _line(row: IncidentRow, *, slug: str, brand: str, query: str) -> IncidentLine:
    return IncidentLine(
        id=row.id,
        brand_id=row.brand_id,
        brand_slug=slug,
        brand_name=brand,
        query_id=row.query_id,
        query_name=query,
        title=row.title,
        status=row.status,
        severity=Severity(row.severity),
        revision=row.revision,
        opened_at=row.opened_at,
        first_mention_at=row.first_mention_at,
        spike_ended_at=row.spike_ended_at,
        paged_at=row.paged_at,
        escalate_at=row.escalate_at,
        acknowledged_at=row.acknowledged_at,
        acknowledged_by=row.acknowledged_by,
        resolved_at=row.resolved_at,
        resolved_by=row.resolved_by,
    )
