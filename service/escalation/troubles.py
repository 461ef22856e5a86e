"""Steps that failed: logged, and kept as failing heartbeats that the watchdog tells of."""

from __future__ import annotations

from datetime import datetime

from service.logs import logger
from service.store import heartbeats
from service.store.engine import Session, Store

log = logger(__name__)

MARK = ":"
"""In the job's name of a step's heartbeat, ``detect:7``; the scheduler's jobs have none."""


def note_trouble(store: Store, job: str, *, error: Exception, now: datetime) -> None:
    """A step failed and was rolled back; the loop goes on."""
    log.error("a step failed", job=job, error=repr(error), exc_info=error)
    try:
        with store.write() as session:
            told = f"{type(error).__name__}: {error}".replace("\0", "")
            heartbeats.beat(session, job, now=now, error=told)
    except Exception:
        # The store itself is away: the log has it, and the next tick tries everything again.
        log.exception("a failing step could not be recorded", job=job)


def clear_trouble(session: Session, job: str) -> None:
    """The step ran through: what was known of its failing is forgotten, so that a later failure is
    a new one with a beginning of its own."""
    heartbeats.forget(session, job)


def is_failing(beat: heartbeats.Heartbeat) -> bool:
    """Whether it failed at or after the last time it ran through."""
    return beat.failed_at is not None and beat.failed_at >= beat.beat_at
