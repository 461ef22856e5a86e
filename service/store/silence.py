"""What would go unnoticed: incidents nobody was told of, sources that cannot be heard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, exists, or_, select

from rules.incident import Status
from service.store.dialect import insert_or
from service.store.engine import Session
from service.store.incidents import Incident, get_incident
from service.store.tables import BlindSpotRow, DeliveryRow, HeartbeatRow, IncidentRow, SourceRow


@dataclass(frozen=True, slots=True)
class Blind:
    """A blind spot that lasts."""

    id: int
    source: str
    started_at: datetime
    reason: str


def list_untold(session: Session, *, before: datetime) -> list[Incident]:
    """Unacknowledged incidents that no message reached, though one was due before ``before``.

    Of a paged one a page must have been sent since it was last paged; of the others a card.
    """
    sent = and_(DeliveryRow.incident_id == IncidentRow.id, DeliveryRow.sent_at.is_not(None))
    paged = exists().where(
        sent, DeliveryRow.kind == "page", DeliveryRow.sent_at >= IncidentRow.paged_at
    )
    shown = exists().where(sent, DeliveryRow.kind.in_(("card", "page")))
    ids = session.scalars(
        select(IncidentRow.id)
        .where(
            IncidentRow.status == Status.OPEN.value,
            or_(
                and_(IncidentRow.paged_at.is_not(None), IncidentRow.paged_at < before, ~paged),
                and_(IncidentRow.paged_at.is_(None), IncidentRow.opened_at < before, ~shown),
            ),
        )
        .order_by(IncidentRow.id)
    )
    return [get_incident(session, incident_id) for incident_id in ids.all()]


def list_blind(session: Session, *, before: datetime) -> list[Blind]:
    """Blind spots of enabled sources that began before the moment and have not ended."""
    rows = session.execute(
        select(BlindSpotRow.id, SourceRow.name, BlindSpotRow.started_at, BlindSpotRow.reason)
        .join(SourceRow, SourceRow.id == BlindSpotRow.source_id)
        .where(
            SourceRow.enabled.is_(True),
            BlindSpotRow.ended_at.is_(None),
            BlindSpotRow.started_at < before,
        )
        .order_by(BlindSpotRow.id)
    )
    return [Blind(*row) for row in rows]


def is_told(session: Session, about: str) -> bool:
    """Whether a system delivery about this was ever written."""
    key = DeliveryRow.payload["about"].as_string()
    found = session.scalar(
        select(DeliveryRow.id).where(DeliveryRow.kind == "system", key == about).limit(1)
    )
    return found is not None


def take_turn(session: Session, *, now: datetime) -> None:
    """Lock out other watchdogs until this transaction ends, so that each thing is told once."""
    insert = insert_or(session, HeartbeatRow).values(job="watchdog", beat_at=now)
    session.execute(insert.on_conflict_do_update(index_elements=["job"], set_={"beat_at": now}))
