"""Deadlines: page the next person where nobody answered; close what is over.

Each incident is a transaction of its own. One that fails is logged, leaves a failing heartbeat
and is tried again at the next tick; the others are not held up.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from rules.incident import Status, lifecycle
from service.escalation.paging import US, address, policy_of, show, write_page
from service.escalation.troubles import clear_trouble, note_trouble
from service.store import brands, incidents, timeline
from service.store.engine import Session, Store
from service.store.incidents import Incident


def escalate_due(store: Store, *, now: datetime) -> int:
    """Page for every open incident whose ``escalate_at`` has come; how many were handled.

    After an interruption each gets one page, not all that were missed.
    """
    with store.read() as session:
        due = incidents.list_to_escalate(session, now=now)
    return _each(store, due, step="escalate", act=_escalate, now=now)


def resolve_quiet(store: Store, *, now: datetime) -> int:
    """Close every incident whose spike ended and whose quiet time is over; how many were handled.

    A SEV1 that nobody acknowledged stays open: that nobody answered a crisis must be seen.
    """
    with store.read() as session:
        due = incidents.list_to_resolve(session, now=now)
    return _each(store, due, step="resolve", act=_resolve, now=now)


def _each(
    store: Store,
    due: Sequence[int],
    *,
    step: str,
    act: Callable[[Session, Incident, datetime], bool],
    now: datetime,
) -> int:
    handled = 0
    for incident_id in due:
        job = f"{step}:{incident_id}"
        try:
            with store.write() as session:
                incident = incidents.get_incident(session, incident_id)
                done = act(session, incident, now)
                clear_trouble(session, job)
        except Exception as error:
            note_trouble(store, job, error=error, now=now)
        else:
            handled += done
    return handled


def _escalate(session: Session, incident: Incident, now: datetime) -> bool:
    at = incident.escalate_at
    if incident.status is not Status.OPEN or at is None or at > now:
        return False
    brand = brands.get_brand(session, incident.brand_id)
    policy = policy_of(incident.policy, incident_id=incident.id)
    change = lifecycle.escalated(incident, policy=policy, now=now)
    waited = _length(now - incident.opened_at)
    if not incidents.change(session, incident, **change.values):
        return False
    if change.page is None:
        text = f"Nobody acknowledged in {waited}; the policy has no page left."
        timeline.append(session, incident.id, kind=change.kind, actor=US, text=text, now=now)
        show(session, incident.id, brand=brand, note=text, now=now)
        return True
    page = address(session, change.page, policy=policy, now=now)
    # Before the first page of all only quiet hours can lie.
    held = change.page.number == 0 and incident.paged_at is None
    why = "since quiet hours are over" if held else f"since nobody acknowledged in {waited}"
    write_page(session, incident.id, brand=brand, page=page, why=why, now=now)
    show(session, incident.id, brand=brand, now=now)
    return True


def _resolve(session: Session, incident: Incident, now: datetime) -> bool:
    at = incident.resolve_at
    if incident.status is Status.RESOLVED or at is None or at > now:
        return False
    brand = brands.get_brand(session, incident.brand_id)
    policy = policy_of(incident.policy, incident_id=incident.id)
    unanswered = incident.status is Status.OPEN
    change = lifecycle.quiet(incident, by=US, now=now)
    if not incidents.change(session, incident, **change.values):
        return False
    if change.kind == "kept-open":
        text = "The spike is over, but nobody acknowledged this SEV1: kept open."
    else:
        ended = incident.spike_ended_at or now
        text = (
            f"Resolved by itself: the spike ended at {ended:%Y-%m-%d %H:%M} UTC and nothing new "
            f"came for {_length(policy.resolve_after_quiet)}."
        )
        if unanswered:
            text += " Nobody had acknowledged it."
    timeline.append(session, incident.id, kind=change.kind, actor=US, text=text, now=now)
    show(session, incident.id, brand=brand, note=text, now=now)
    return True


def _length(span: timedelta) -> str:
    minutes = max(0, round(span.total_seconds() / 60))
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{minutes} min"
    return f"{hours} h {rest} min" if rest else f"{hours} h"
