"""Marks that change when what a page shows has changed: cheap enough to ask every two seconds."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select

from service.store.engine import Session
from service.store.tables import (
    BlindSpotRow,
    DeliveryRow,
    IncidentRow,
    MentionRow,
    RollupRow,
    VerdictRow,
)


def incident_mark(session: Session, incident_id: int, *, now: datetime) -> str | None:
    """Of one incident: its state, its verdicts, its deliveries, its query's newest counts. None
    where there is no such incident."""
    row = session.execute(
        select(IncidentRow.revision, IncidentRow.query_id).where(IncidentRow.id == incident_id)
    ).one_or_none()
    if row is None:
        return None
    revision, query_id = row
    sent, attempts, deliveries = session.execute(
        select(
            func.count(DeliveryRow.sent_at),
            func.coalesce(func.sum(DeliveryRow.attempts), 0),
            func.count(),
        ).where(DeliveryRow.incident_id == incident_id)
    ).one()
    verdicts = session.scalar(
        select(func.count()).select_from(VerdictRow).where(VerdictRow.incident_id == incident_id)
    )
    counted = session.scalar(
        select(func.coalesce(func.sum(RollupRow.mentions), 0)).where(
            RollupRow.query_id == query_id,
            RollupRow.grain == "hour",
            RollupRow.bucket >= now - timedelta(hours=3),
        )
    )
    return f"{revision}.{deliveries}.{sent}.{attempts}.{verdicts}.{counted}"


def overview_mark(session: Session) -> str:
    """Of everything: incidents and their states, mentions, blind spots."""
    incidents, revisions = session.execute(
        select(func.count(), func.coalesce(func.sum(IncidentRow.revision), 0))
    ).one()
    newest = session.scalar(select(func.coalesce(func.max(MentionRow.id), 0)))
    blind = session.scalar(
        select(func.count()).select_from(BlindSpotRow).where(BlindSpotRow.ended_at.is_(None))
    )
    return f"{incidents}.{revisions}.{newest}.{blind}"
