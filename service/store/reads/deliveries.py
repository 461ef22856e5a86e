"""What was sent to whom, with every attempt's outcome."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from service.store.reads.page import Page, checked_limit, read_cursor, write_cursor
from service.store.tables import BrandRow, DeliveryRow, IncidentRow


@dataclass(frozen=True, slots=True)
class DeliveryView:
    """One message to one place. ``rendered`` is what was sent, ``text`` its plain text; both are
    empty before it was. ``incident_id`` is None for a message about the service itself."""

    id: int
    incident_id: int | None
    incident_title: str | None
    brand_id: int | None
    brand_name: str | None
    kind: str
    notifier: str
    destination: str
    person: str | None
    state: str
    created_at: datetime
    due_at: datetime
    first_attempt_at: datetime | None
    sent_at: datetime | None
    attempts: int
    last_error: str | None
    text: str
    rendered: dict[str, Any]


def delivery_page(
    session: Session,
    *,
    state: str | None = None,
    incident_id: int | None = None,
    notifier: str | None = None,
    kind: str | None = None,
    cursor: str | None = None,
    limit: int = 50,
    brands: frozenset[int] | None = None,
) -> Page[DeliveryView]:
    """Deliveries, the last written first. A caller limited to some brands sees only what is about
    their incidents. Raises Invalid for a cursor or a limit that cannot be."""
    checked_limit(limit)
    statement = (
        select(DeliveryRow, IncidentRow.title, BrandRow.id, BrandRow.name)
        .outerjoin(IncidentRow, IncidentRow.id == DeliveryRow.incident_id)
        .outerjoin(BrandRow, BrandRow.id == IncidentRow.brand_id)
        .order_by(DeliveryRow.created_at.desc(), DeliveryRow.id.desc())
        .limit(limit + 1)
    )
    for column, value in (
        (DeliveryRow.state, state),
        (DeliveryRow.incident_id, incident_id),
        (DeliveryRow.notifier, notifier),
        (DeliveryRow.kind, kind),
    ):
        if value is not None:
            statement = statement.where(column == value)
    if brands is not None:
        statement = statement.where(IncidentRow.brand_id.in_(sorted(brands)))
    if cursor is not None:
        at, last_id = read_cursor(cursor)
        statement = statement.where(
            DeliveryRow.created_at <= at,
            or_(DeliveryRow.created_at < at, DeliveryRow.id < last_id),
        )
    rows = session.execute(statement).all()
    views = tuple(
        _view(row, title=title, brand_id=brand_id, brand_name=brand_name)
        for row, title, brand_id, brand_name in rows[:limit]
    )
    more = len(rows) > limit
    return Page(
        items=views,
        next_cursor=write_cursor(views[-1].created_at, views[-1].id) if more else None,
    )


def _view(
    row: DeliveryRow, *, title: str | None, brand_id: int | None, brand_name: str | None
) -> DeliveryView:
    rendered = dict(row.rendered or {})
    return DeliveryView(
        id=row.id,
        incident_id=row.incident_id,
        incident_title=title,
        brand_id=brand_id,
        brand_name=brand_name,
        kind=row.kind,
        notifier=row.notifier,
        destination=row.destination,
        person=row.person,
        state=row.state,
        created_at=row.created_at,
        due_at=row.due_at,
        first_attempt_at=row.first_attempt_at,
        sent_at=row.sent_at,
        attempts=row.attempts,
        last_error=row.last_error,
        text=str(rendered.get("text", "")),
        rendered=rendered,
    )
