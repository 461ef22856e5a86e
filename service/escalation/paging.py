"""Whom a page goes to, and the outbox rows that follow a change of an incident."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rules.errors import InvalidPolicy
from rules.incident import DEFAULT_POLICY, Policy
from rules.incident.lifecycle import Planned
from service.logs import logger
from service.store import oncall, outbox, timeline
from service.store.brands import BrandFacts
from service.store.engine import Session

log = logger(__name__)

US = "groundswell"
"""The actor of what nobody did by hand."""


@dataclass(frozen=True, slots=True)
class Page:
    """One interruption of one person, as planned by the rules.

    ``person`` None: nobody is on call and nobody is known; the place is paged, not a person.
    """

    planned: Planned
    person: str | None


def address(session: Session, planned: Planned, *, policy: Policy, now: datetime) -> Page:
    """Who it is that a planned page interrupts now."""
    person = oncall.find_answerer(session, planned.target, policy=policy, at=now)
    return Page(planned, person)


def write_page(
    session: Session, incident_id: int, *, brand: BrandFacts, page: Page, why: str, now: datetime
) -> None:
    """The timeline's entry and one outbox row for each place. The incident was changed already."""
    planned = page.planned
    whom = page.person or "everybody in the channel (nobody is on call)"
    next_at = planned.deadline
    then = f"; next at {next_at:%H:%M} UTC" if next_at else "; this is the last page"
    timeline.append(
        session,
        incident_id,
        kind="paged",
        actor=US,
        text=f"Paged {whom}, {why}{then}.",
        data={"person": page.person, "target": planned.target, "number": planned.number + 1},
        now=now,
    )
    for notifier, destination in oncall.destinations(session, brand):
        outbox.enqueue(
            session,
            incident_id=incident_id,
            kind="page",
            notifier=notifier,
            destination=destination,
            person=page.person,
            now=now,
        )


def show(
    session: Session, incident_id: int, *, brand: BrandFacts, now: datetime, note: str | None = None
) -> None:
    """Let the incident's message show its new state everywhere, and say why in its thread."""
    for notifier, destination in oncall.destinations(session, brand):
        kinds: list[tuple[str, Mapping[str, Any]]] = [("card", {})]
        if note is not None:
            kinds.append(("note", {"text": note}))
        for kind, payload in kinds:
            outbox.enqueue(
                session,
                incident_id=incident_id,
                kind=kind,
                notifier=notifier,
                destination=destination,
                payload=payload,
                now=now,
            )


def policy_of(facts: Mapping[str, Any], *, incident_id: int) -> Policy:
    """The policy copied into an incident. If it cannot be read the default one pages instead."""
    try:
        return Policy.from_json(facts)
    except InvalidPolicy as error:
        log.error("an incident's policy cannot be read", incident=incident_id, error=str(error))
        return DEFAULT_POLICY
