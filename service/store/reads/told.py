"""What was told of an incident, in order: the deliveries as they were rendered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from service.store.engine import Session
from service.store.tables import DeliveryRow, IncidentRow, MatchRow


@dataclass(frozen=True, slots=True)
class Told:
    """One message that was sent. ``rendered`` is what the reader saw."""

    kind: str
    person: str | None
    destination: str
    sent_at: datetime
    rendered: dict[str, Any]


def list_told(session: Session, incident_id: int) -> list[Told]:
    """Every message sent about an incident, oldest first."""
    rows = session.scalars(
        select(DeliveryRow)
        .where(DeliveryRow.incident_id == incident_id, DeliveryRow.sent_at.is_not(None))
        .order_by(DeliveryRow.sent_at, DeliveryRow.id)
    )
    return [
        Told(
            kind=row.kind,
            person=row.person,
            destination=row.destination,
            sent_at=row.sent_at,
            rendered=dict(row.rendered or {}),
        )
        for row in rows
        if row.sent_at is not None
    ]


def list_incident_ids(session: Session) -> list[int]:
    """All incidents in the order in which they were opened."""
    return list(
        session.scalars(select(IncidentRow.id).order_by(IncidentRow.opened_at, IncidentRow.id))
    )


def count_mentions(
    session: Session, query_id: int, *, since: datetime, until: datetime
) -> tuple[int, int]:
    """How many mentions of a query there were in a span, and how many of them negative."""
    mentions, negative = session.execute(
        select(
            func.count(),
            func.count().filter(MatchRow.label == "negative"),
        ).where(
            MatchRow.query_id == query_id,
            MatchRow.effective_at >= since,
            MatchRow.effective_at < until,
        )
    ).one()
    return mentions, negative
