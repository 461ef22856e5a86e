"""How the service itself stands: what /metrics shows and /readyz judges by."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from rules.severity import Severity
from service.metrics import Standing
from service.store import heartbeats
from service.store.tables import BlindSpotRow, DeliveryRow, IncidentRow, SourceRow


def standing(session: Session, *, now: datetime) -> Standing:
    """Counts at ``now``. A severity or state that nothing has counts 0, so that it can be seen
    to come back to it."""
    incidents = {severity.name: 0 for severity in Severity} | {
        Severity(severity).name: count
        for severity, count in session.execute(
            select(IncidentRow.severity, func.count())
            .where(IncidentRow.status != "resolved")
            .group_by(IncidentRow.severity)
        )
    }
    deliveries = dict.fromkeys(("due", "sent", "failed", "superseded"), 0) | dict(
        session.execute(
            select(DeliveryRow.state, func.count()).group_by(DeliveryRow.state)
        ).all()  # a Result has keys(), so that dict() would take it for a mapping
    )
    # While a worker holds a delivery its due_at is the end of the lease, so it does not count.
    oldest = session.scalar(
        select(func.min(DeliveryRow.due_at)).where(
            DeliveryRow.state == "due", DeliveryRow.due_at <= now
        )
    )
    state = case((SourceRow.enabled.is_(True), SourceRow.state), else_="disabled")
    sources = dict.fromkeys(("new", "ok", "failing", "stopped", "disabled"), 0) | dict(
        session.execute(select(state, func.count()).group_by(state)).all()
    )
    blind = session.scalar(
        select(func.count(BlindSpotRow.source_id.distinct()))
        .join(SourceRow, SourceRow.id == BlindSpotRow.source_id)
        .where(BlindSpotRow.ended_at.is_(None), SourceRow.enabled.is_(True))
    )
    return Standing(
        open_incidents=incidents,
        deliveries=deliveries,
        oldest_due_delivery_age=(now - oldest).total_seconds() if oldest else 0.0,
        sources=sources,
        blind_sources=blind or 0,
        heartbeat_ages={
            # A step's heartbeat ("detect:7") is there only while it fails.
            beat.job: (now - beat.beat_at).total_seconds()
            for beat in heartbeats.list_heartbeats(session)
            if ":" not in beat.job and beat.job != "watchdog"
        },
    )
