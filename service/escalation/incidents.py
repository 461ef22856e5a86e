"""What people do with an incident. Each call is part of the caller's transaction.

A change is conditional on the revision it was decided at: who comes second gets Conflict and
looks again. Each writes the timeline and the outbox with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from rules.errors import TransitionRefused
from rules.incident import Status, Verdict, lifecycle
from service.errors import Conflict, Invalid
from service.escalation.paging import address, policy_of, show, write_page
from service.store import brands, incidents, timeline
from service.store.engine import Session
from service.store.incidents import Incident

NOTE_LIMIT = 4000
"""Characters of a note that are kept; a longer one is refused, not cut."""


def acknowledge(session: Session, incident_id: int, *, actor: str, now: datetime) -> None:
    """Somebody answers: escalation stops. Raises NotFound, Conflict."""
    incident = incidents.get_incident(session, incident_id)
    _acknowledge(session, incident, actor=actor, now=now)
    _tell(session, incident, kind="acknowledged", actor=actor, text="Acknowledged.", now=now)


def resolve(
    session: Session, incident_id: int, *, actor: str, now: datetime, note: str = ""
) -> None:
    """It is over. Raises NotFound, Conflict, Invalid."""
    incident = incidents.get_incident(session, incident_id)
    said = _said(note)
    with _refusals():
        change = lifecycle.resolved(incident, by=actor, now=now)
    _change(session, incident, **change.values)
    text = f"Resolved: {said}" if said else "Resolved."
    _tell(session, incident, kind="resolved", actor=actor, text=text, now=now)


def reopen(
    session: Session, incident_id: int, *, actor: str, now: datetime, note: str = ""
) -> None:
    """It is not over: pages from the first step again if its severity does.

    Only a person closes what a person reopened, unless a new spike begins and ends.
    Raises NotFound, Conflict, Invalid.
    """
    incident = incidents.get_incident(session, incident_id)
    said = _said(note)
    policy = policy_of(incident.policy, incident_id=incident.id)
    with _refusals():
        change = lifecycle.reopened(incident, policy=policy, now=now)
    _change(session, incident, **change.values)
    text = f"Reopened: {said}" if said else "Reopened."
    _tell(session, incident, kind="reopened", actor=actor, text=text, now=now)
    if change.page is not None:
        page = address(session, change.page, policy=policy, now=now)
        brand = brands.get_brand(session, incident.brand_id)
        why = f"since {actor} reopened it"
        write_page(session, incident.id, brand=brand, page=page, why=why, now=now)


def add_note(session: Session, incident_id: int, *, actor: str, text: str, now: datetime) -> None:
    """A line in the timeline and in the thread. Raises NotFound, Conflict, Invalid if empty."""
    said = _said(text)
    if not said:
        raise Invalid("a note needs a text", errors=[{"field": "text", "message": "is empty"}])
    incident = incidents.get_incident(session, incident_id)
    _change(session, incident)
    _tell(session, incident, kind="note", actor=actor, text=said, now=now)


def give_verdict(
    session: Session,
    incident_id: int,
    *,
    actor: str,
    verdict: Verdict,
    now: datetime,
    note: str = "",
) -> None:
    """What the person on call says of the alerts. Raises NotFound, Conflict, Invalid.

    A verdict is an answer: an incident that is still open is acknowledged by it.
    """
    incident = incidents.get_incident(session, incident_id)
    said = _said(note)
    if incident.status is Status.OPEN:
        _acknowledge(session, incident, actor=actor, now=now)
    else:
        _change(session, incident)
    incidents.add_verdict(session, incident.id, verdict=verdict, note=said, given_by=actor, now=now)
    text = f"Verdict: {verdict.value}" + (f", {said}" if said else "") + "."
    _tell(
        session,
        incident,
        kind="verdict",
        actor=actor,
        text=text,
        data={"verdict": verdict.value},
        now=now,
    )


def _acknowledge(session: Session, incident: Incident, *, actor: str, now: datetime) -> None:
    policy = policy_of(incident.policy, incident_id=incident.id)
    with _refusals():
        change = lifecycle.acknowledged(incident, by=actor, policy=policy, now=now)
    _change(session, incident, **change.values)


@contextmanager
def _refusals() -> Iterator[None]:
    """What the table of states refuses is a conflict for whoever asked."""
    try:
        yield
    except TransitionRefused as error:
        raise Conflict(str(error), code="transition-refused") from None


def _change(session: Session, incident: Incident, **values: Any) -> None:
    if not incidents.change(session, incident, **values):
        raise Conflict(
            f"somebody changed incident {incident.id} a moment ago; look again", code="stale"
        )


def _tell(
    session: Session,
    incident: Incident,
    *,
    kind: str,
    actor: str,
    text: str,
    now: datetime,
    data: dict[str, Any] | None = None,
) -> None:
    timeline.append(session, incident.id, kind=kind, actor=actor, text=text, data=data, now=now)
    brand = brands.get_brand(session, incident.brand_id)
    show(session, incident.id, brand=brand, note=f"{actor}: {text}", now=now)


def _said(text: str) -> str:
    said = text.replace("\0", "").strip()
    if len(said) > NOTE_LIMIT:
        raise Invalid(f"a note has at most {NOTE_LIMIT} characters, this one {len(said)}")
    return said
