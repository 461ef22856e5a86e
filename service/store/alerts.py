"""Alerts: findings, what was decided about them, and by which versions of the rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from rules.incident import Decision
from rules.trend import Finding
from service.store.engine import Session
from service.store.tables import AlertRow


@dataclass(frozen=True, slots=True)
class Alert:
    """One finding as it was written down."""

    id: int
    brand_id: int
    query_id: int
    incident_id: int | None
    found_at: datetime
    finding: Finding
    decision: str
    decision_reason: str
    versions: Mapping[str, Any]


def record(
    session: Session,
    finding: Finding,
    *,
    brand_id: int,
    query_id: int,
    incident_id: int | None,
    decision: Decision,
    versions: Mapping[str, Any],
    now: datetime,
) -> int:
    """Write one alert; returns its id."""
    row = AlertRow(
        brand_id=brand_id,
        query_id=query_id,
        incident_id=incident_id,
        signal=finding.signal,
        kind=finding.kind,
        severity=int(finding.severity),
        window_start=finding.window_start,
        window_end=finding.window_end,
        found_at=now,
        finding=finding.to_json(),
        decision=decision.kind,
        decision_reason=decision.reason,
        versions=dict(versions),
    )
    session.add(row)
    session.flush()
    return row.id


def list_alerts(session: Session, *, incident_id: int) -> list[Alert]:
    """An incident's alerts, oldest first."""
    rows = session.scalars(
        select(AlertRow)
        .where(AlertRow.incident_id == incident_id)
        .order_by(AlertRow.found_at, AlertRow.id)
    )
    return [
        Alert(
            id=row.id,
            brand_id=row.brand_id,
            query_id=row.query_id,
            incident_id=row.incident_id,
            found_at=row.found_at,
            finding=Finding.from_json(row.finding),
            decision=row.decision,
            decision_reason=row.decision_reason,
            versions=row.versions,
        )
        for row in rows
    ]
