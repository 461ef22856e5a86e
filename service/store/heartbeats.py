"""That our own jobs are alive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from service.store.tables import HeartbeatRow

# Made once: asked at every tick.
_rows = HeartbeatRow.__table__.c
_BEATS = select(_rows.job, _rows.beat_at, _rows.failed_at, _rows.last_error).order_by(_rows.job)

KEEP_STEPS = timedelta(days=1)
"""How long a failing step that is not tried any more is remembered."""


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """When a job last ran through, and when and why it last failed."""

    job: str
    beat_at: datetime
    failed_at: datetime | None
    last_error: str | None


def beat(session: Session, job: str, *, now: datetime, error: str | None = None) -> None:
    """Note that a job ran through at ``now``, or failed with ``error``."""
    row = session.get(HeartbeatRow, job)
    if row is None:
        row = HeartbeatRow(job=job, beat_at=now, failed_at=None, last_error=None)
        session.add(row)
    if error is None:
        row.beat_at = now
    else:
        row.failed_at, row.last_error = now, error[:500]


def forget(session: Session, job: str) -> None:
    session.execute(delete(HeartbeatRow).where(HeartbeatRow.job == job))


def expire_steps(session: Session, *, now: datetime) -> None:
    """Forget the steps ("escalate:7") that are not tried any more: one that fails does so at every
    tick, and a person may have done what it was to do."""
    session.execute(
        delete(HeartbeatRow).where(
            HeartbeatRow.job.contains(":"), HeartbeatRow.failed_at < now - KEEP_STEPS
        )
    )


def list_heartbeats(session: Session) -> list[Heartbeat]:
    return [Heartbeat(*row) for row in session.execute(_BEATS)]
