"""Incidents. Every change is conditional on the revision it was decided at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, func, or_, select, update

from rules.incident import IncidentFacts, Status, Verdict
from rules.severity import Severity
from service.errors import NotFound
from service.store.engine import Session
from service.store.tables import AlertRow, IncidentRow, VerdictRow


@dataclass(frozen=True, slots=True)
class Incident:
    """One incident as stored. ``policy`` and ``suggestion`` are JSON of the rules."""

    id: int
    brand_id: int
    query_id: int
    title: str
    status: Status
    severity: Severity
    revision: int
    policy: Mapping[str, Any]
    escalation_step: int
    escalate_at: datetime | None
    resolve_at: datetime | None
    first_mention_at: datetime | None
    opened_at: datetime
    spike_ended_at: datetime | None
    acknowledged_at: datetime | None
    acknowledged_by: str | None
    resolved_at: datetime | None
    resolved_by: str | None
    paged_at: datetime | None
    suggestion: Mapping[str, Any] | None


def get_incident(session: Session, incident_id: int) -> Incident:
    """One incident as it is now. Raises NotFound."""
    row = session.get(IncidentRow, incident_id, populate_existing=True)
    if row is None:
        raise NotFound(f"there is no incident {incident_id}")
    return _incident(row)


def add_incident(
    session: Session,
    *,
    brand_id: int,
    query_id: int,
    title: str,
    severity: Severity,
    policy: Mapping[str, Any],
    first_mention_at: datetime | None,
    suggestion: Mapping[str, Any] | None,
    now: datetime,
) -> Incident:
    """A new one, open, at revision 1."""
    row = IncidentRow(
        brand_id=brand_id,
        query_id=query_id,
        title=title,
        status=Status.OPEN.value,
        severity=int(severity),
        revision=1,
        policy=dict(policy),
        escalation_step=0,
        first_mention_at=first_mention_at,
        opened_at=now,
        suggestion=None if suggestion is None else dict(suggestion),
    )
    session.add(row)
    session.flush()
    return _incident(row)


def change(session: Session, incident: Incident, **values: Any) -> bool:
    """Set these columns if nobody changed the incident since it was read.

    The revision grows by one. False when somebody was first: nothing is written then.
    """
    changed = session.execute(
        update(IncidentRow)
        .where(
            IncidentRow.id == incident.id,
            IncidentRow.revision == incident.revision,
            IncidentRow.status == incident.status.value,
        )
        .values(**values, revision=incident.revision + 1)
        .execution_options(synchronize_session=False)
    )
    return cast(CursorResult[Any], changed).rowcount == 1


def list_facts(session: Session, *, query_id: int, resolved_since: datetime) -> list[IncidentFacts]:
    """What the trigger needs of this query's incidents: all open ones, and those resolved since."""
    rows = session.scalars(
        select(IncidentRow)
        .where(
            IncidentRow.query_id == query_id,
            or_(
                IncidentRow.status != Status.RESOLVED.value,
                IncidentRow.resolved_at >= resolved_since,
            ),
        )
        .order_by(IncidentRow.id)
        .execution_options(populate_existing=True)
    ).all()
    ids = [row.id for row in rows]
    verdicts = {
        incident_id: Verdict(verdict)
        for incident_id, verdict in session.execute(
            select(VerdictRow.incident_id, VerdictRow.verdict)
            .where(VerdictRow.incident_id.in_(ids))
            .order_by(VerdictRow.given_at, VerdictRow.id)
        )
    }
    alerted = dict(
        session.execute(
            select(AlertRow.incident_id, func.max(AlertRow.found_at))
            .where(AlertRow.incident_id.in_(ids))
            .group_by(AlertRow.incident_id)
        ).all()
    )
    return [
        IncidentFacts(
            id=row.id,
            brand_id=row.brand_id,
            query_id=row.query_id,
            status=Status(row.status),
            severity=Severity(row.severity),
            opened_at=row.opened_at,
            resolved_at=row.resolved_at,
            last_alert_at=alerted.get(row.id),
            verdict=verdicts.get(row.id),
        )
        for row in rows
    ]


def list_to_escalate(session: Session, *, now: datetime) -> list[int]:
    """Open ones whose next page is due, longest waiting first."""
    return list(
        session.scalars(
            select(IncidentRow.id)
            .where(IncidentRow.status == Status.OPEN.value, IncidentRow.escalate_at <= now)
            .order_by(IncidentRow.escalate_at, IncidentRow.id)
        )
    )


def list_to_resolve(session: Session, *, now: datetime) -> list[int]:
    """Unresolved ones whose quiet time is over."""
    return list(
        session.scalars(
            select(IncidentRow.id)
            .where(IncidentRow.status != Status.RESOLVED.value, IncidentRow.resolve_at <= now)
            .order_by(IncidentRow.resolve_at, IncidentRow.id)
        )
    )


def next_deadline(session: Session) -> datetime | None:
    """When the first incident is due to be escalated or resolved; None: nothing waits."""
    due = [
        session.scalar(
            select(func.min(IncidentRow.escalate_at)).where(IncidentRow.status == Status.OPEN.value)
        ),
        session.scalar(
            select(func.min(IncidentRow.resolve_at)).where(
                IncidentRow.status != Status.RESOLVED.value
            )
        ),
    ]
    return min((at for at in due if at is not None), default=None)


def list_paged(session: Session, *, paged_before: datetime) -> list[Incident]:
    """Unacknowledged ones for which a page was written before the moment."""
    rows = session.scalars(
        select(IncidentRow)
        .where(IncidentRow.status == Status.OPEN.value, IncidentRow.paged_at < paged_before)
        .order_by(IncidentRow.id)
        .execution_options(populate_existing=True)
    )
    return [_incident(row) for row in rows]


def add_verdict(
    session: Session,
    incident_id: int,
    *,
    verdict: Verdict,
    note: str,
    given_by: str,
    now: datetime,
) -> None:
    session.add(
        VerdictRow(
            incident_id=incident_id,
            verdict=verdict.value,
            note=note,
            given_by=given_by,
            given_at=now,
        )
    )
    session.flush()


def _incident(row: IncidentRow) -> Incident:
    return Incident(
        id=row.id,
        brand_id=row.brand_id,
        query_id=row.query_id,
        title=row.title,
        status=Status(row.status),
        severity=Severity(row.severity),
        revision=row.revision,
        policy=dict(row.policy),
        escalation_step=row.escalation_step,
        escalate_at=row.escalate_at,
        resolve_at=row.resolve_at,
        first_mention_at=row.first_mention_at,
        opened_at=row.opened_at,
        spike_ended_at=row.spike_ended_at,
        acknowledged_at=row.acknowledged_at,
        acknowledged_by=row.acknowledged_by,
        resolved_at=row.resolved_at,
        resolved_by=row.resolved_by,
        paged_at=row.paged_at,
        suggestion=row.suggestion,
    )
