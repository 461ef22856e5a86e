"""That our own jobs are alive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.store.tables import HeartbeatRow


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


def list_heartbeats(session: Session) -> list[Heartbeat]:
    rows = session.scalars(select(HeartbeatRow).order_by(HeartbeatRow.job))
    return [
        Heartbeat(
            job=row.job, beat_at=row.beat_at, failed_at=row.failed_at, last_error=row.last_error
        )
        for row in rows
    ]
