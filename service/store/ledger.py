"""What was handled and what was missed, for the ledger of alert rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select

from rules.backtest import is_real
from rules.backtest.ledger import Handled
from rules.incident import DEFAULT_RULE, Verdict
from rules.severity import Severity
from service.errors import NotFound
from service.store.engine import Session
from service.store.tables import (
    AlertRow,
    IncidentRow,
    MissedIncidentRow,
    TimelineRow,
    VerdictRow,
)


@dataclass(frozen=True, slots=True)
class HandledIncident:
    """``verdict``: the newest one given."""

    id: int
    title: str
    severity: Severity
    verdict: Verdict | None
    handled: Handled


@dataclass(frozen=True, slots=True)
class MissedIncident:
    """What happened and no alert told of, as somebody entered it."""

    id: int
    brand_id: int
    title: str
    began_at: datetime
    ended_at: datetime
    note: str
    entered_by: str
    entered_at: datetime


def handled(
    session: Session, brand_id: int, *, since: datetime, until: datetime
) -> list[HandledIncident]:
    """The incidents that opened in the span, in order, each with the rule that opened it."""
    rows = session.scalars(
        select(IncidentRow)
        .where(
            IncidentRow.brand_id == brand_id,
            IncidentRow.opened_at >= since,
            IncidentRow.opened_at < until,
        )
        .order_by(IncidentRow.opened_at, IncidentRow.id)
    ).all()
    ids = [row.id for row in rows]
    rules: dict[int, str] = {}
    for incident_id, versions in session.execute(
        select(AlertRow.incident_id, AlertRow.versions)
        .where(AlertRow.incident_id.in_(ids))
        .order_by(AlertRow.found_at, AlertRow.id)
    ):
        rules.setdefault(incident_id, versions.get("rule", DEFAULT_RULE.name))
    pages = _last(
        session,
        select(TimelineRow.incident_id, func.count())
        .where(TimelineRow.incident_id.in_(ids), TimelineRow.kind == "paged")
        .group_by(TimelineRow.incident_id),
    )
    verdicts = _last(
        session,
        select(VerdictRow.incident_id, VerdictRow.verdict)
        .where(VerdictRow.incident_id.in_(ids))
        .order_by(VerdictRow.given_at, VerdictRow.id),
    )
    told = []
    for row in rows:
        verdict = Verdict(verdicts[row.id]) if row.id in verdicts else None
        facts = Handled(
            rule=rules.get(row.id, DEFAULT_RULE.name),
            opened_at=row.opened_at,
            pages=pages.get(row.id, 0),
            real=None if verdict is None else is_real(verdict),
            first_at=row.first_mention_at,
            answered_at=row.acknowledged_at,
            closed_at=row.resolved_at,
        )
        told.append(HandledIncident(row.id, row.title, Severity(row.severity), verdict, facts))
    return told


def add_missed(
    session: Session,
    brand_id: int,
    *,
    title: str,
    began_at: datetime,
    ended_at: datetime,
    entered_by: str,
    now: datetime,
    note: str = "",
) -> int:
    """Something that happened and that no alert told of; its id."""
    row = MissedIncidentRow(
        brand_id=brand_id,
        title=title,
        began_at=began_at,
        ended_at=ended_at,
        note=note,
        entered_by=entered_by,
        entered_at=now,
    )
    session.add(row)
    session.flush()
    return row.id


def list_missed(
    session: Session, brand_id: int, *, since: datetime, until: datetime
) -> list[MissedIncident]:
    """Those that began in the span, in order of time."""
    rows = session.scalars(
        select(MissedIncidentRow)
        .where(
            MissedIncidentRow.brand_id == brand_id,
            MissedIncidentRow.began_at >= since,
            MissedIncidentRow.began_at < until,
        )
        .order_by(MissedIncidentRow.began_at, MissedIncidentRow.id)
    )
    return [_missed(row) for row in rows]


def get_missed(session: Session, missed_id: int) -> MissedIncident:
    """Raises NotFound."""
    row = session.get(MissedIncidentRow, missed_id)
    if row is None:
        raise NotFound(f"there is no missed incident {missed_id}")
    return _missed(row)


def remove_missed(session: Session, missed_id: int) -> None:
    """It was entered by mistake. Raises NotFound."""
    get_missed(session, missed_id)
    session.execute(delete(MissedIncidentRow).where(MissedIncidentRow.id == missed_id))


def _missed(row: MissedIncidentRow) -> MissedIncident:
    names = MissedIncident.__dataclass_fields__
    return MissedIncident(**{name: getattr(row, name) for name in names})


def _last(session: Session, statement: Any) -> Mapping[int, Any]:
    """By incident; of several the last row."""
    return {row[0]: row[1] for row in session.execute(statement)}
