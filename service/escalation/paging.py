"""Whom a page goes to, and the outbox rows that follow a change of an incident."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rules.errors import InvalidPolicy
from rules.incident import DEFAULT_POLICY, Policy, next_step
from service.logs import logger
from service.store import oncall, outbox, timeline
from service.store.brands import BrandFacts
from service.store.engine import Session

log = logger(__name__)

US = "groundswell"
"""The actor of what nobody did by hand."""


@dataclass(frozen=True, slots=True)
class Page:
    """One interruption of one person. ``number`` is its running number in the policy, from 0.

    ``person`` None: nobody is on call and nobody is known; the place is paged, not a person.
    """

    number: int
    target: str
    person: str | None
    deadline: datetime | None

    def columns(self, *, now: datetime) -> dict[str, Any]:
        """What the incident remembers of it."""
        return {
            "escalation_step": self.number + 1,
            "escalate_at": self.deadline,
            "paged_at": now,
        }


def plan_page(session: Session, *, policy: Policy, number: int, now: datetime) -> Page | None:
    """The page with that running number; None when the policy has none left."""
    step = next_step(policy, step=number, paged_at=now)
    if step is None:
        return None
    person = oncall.find_answerer(session, step.target, policy=policy, at=now)
    return Page(number, step.target, person, step.deadline)


def write_page(
    session: Session, incident_id: int, *, brand: BrandFacts, page: Page, why: str, now: datetime
) -> None:
    """The timeline's entry and one outbox row for each place. The incident was changed already."""
    whom = page.person or "everybody in the channel (nobody is on call)"
    then = f"; next at {page.deadline:%H:%M} UTC" if page.deadline else "; this is the last page"
    timeline.append(
        session,
        incident_id,
        kind="paged",
        actor=US,
        text=f"Paged {whom}, {why}{then}.",
        data={"person": page.person, "target": page.target, "number": page.number + 1},
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
