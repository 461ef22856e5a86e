"""What people do with an incident. Each call is part of the caller's transaction."""

from __future__ import annotations

from datetime import datetime

from rules.incident import Verdict
from service.store.engine import Session


def acknowledge(session: Session, incident_id: int, *, actor: str, now: datetime) -> None:
    """Somebody answers: escalation stops. Raises NotFound, Conflict."""
    raise NotImplementedError


def resolve(
    session: Session, incident_id: int, *, actor: str, now: datetime, note: str = ""
) -> None:
    """It is over. Raises NotFound, Conflict."""
    raise NotImplementedError


def reopen(
    session: Session, incident_id: int, *, actor: str, now: datetime, note: str = ""
) -> None:
    """It is not over: pages again if its severity does. Raises NotFound, Conflict."""
    raise NotImplementedError


def add_note(session: Session, incident_id: int, *, actor: str, text: str, now: datetime) -> None:
    """A line in the timeline and in the thread. Raises NotFound, Invalid for an empty one."""
    raise NotImplementedError


def give_verdict(
    session: Session,
    incident_id: int,
    *,
    actor: str,
    verdict: Verdict,
    now: datetime,
    note: str = "",
) -> None:
    """What the person on call says of the alerts. Raises NotFound."""
    raise NotImplementedError
