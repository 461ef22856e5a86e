"""What an incident becomes: one function per thing that can happen to it.

Live escalation writes what these return into the store, the backtest keeps it in memory: what would
have happened is found by the very code that makes it happen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Protocol

from rules.incident.escalation import Policy, next_step
from rules.incident.state import Action, Status, apply
from rules.incident.trigger import Decision
from rules.severity import Severity
from rules.trend import Finding

REOPENED: Final[Mapping[str, Any]] = {
    "resolved_at": None,
    "resolved_by": None,
    "acknowledged_at": None,
    "acknowledged_by": None,
    "resolve_at": None,
    "spike_ended_at": None,
}
"""What an incident forgets when it is open again; its timeline remembers."""


class Running(Protocol):
    """What of an incident decides what it becomes."""

    @property
    def status(self) -> Status: ...
    @property
    def severity(self) -> Severity: ...
    @property
    def escalation_step(self) -> int: ...
    @property
    def resolve_at(self) -> datetime | None: ...
    @property
    def spike_ended_at(self) -> datetime | None: ...


@dataclass(frozen=True, slots=True)
class Planned:
    """One page that is due now: its running number in the policy, whom, and when the next is."""

    number: int
    target: str
    deadline: datetime | None


@dataclass(frozen=True, slots=True)
class Change:
    """``kind``: the timeline's entry. ``values``: what of the incident changes. ``page``: whom to
    interrupt, None for nobody."""

    kind: str
    values: Mapping[str, Any] = field(default_factory=dict)
    page: Planned | None = None


def opened(
    decision: Decision, *, policy: Policy, now: datetime, held_until: datetime | None = None
) -> Change:
    """A finding opened it; ``values`` are those beside what every new incident has.

    ``held_until``: quiet hours hold the page back; the first goes out then, if it is still open.
    """
    if decision.page and held_until is not None:
        return Change("opened", {"escalation_step": 0, "escalate_at": held_until})
    page = plan(policy, number=0, now=now) if decision.page else None
    return Change("opened", _columns(page, now=now), page)


def joined(
    incident: Running,
    finding: Finding,
    *,
    decision: Decision,
    policy: Policy,
    now: datetime,
    held_until: datetime | None = None,
) -> Change:
    """A finding joined it: it became worse, goes on, came back, or its spike ended."""
    values: dict[str, Any] = {"severity": int(decision.severity)}
    if finding.kind == "ended":
        values |= {
            "spike_ended_at": finding.window_end,
            "resolve_at": now + policy.resolve_after_quiet,
        }
        kind = "spike-ended"
    else:
        values |= {"spike_ended_at": None, "resolve_at": None}
        kind = "worse" if decision.severity.worse_than(incident.severity) else "continued"
    if decision.reopen:
        values |= {**REOPENED, "status": Status.OPEN.value, "escalate_at": None}
        kind = "reopened"
    page: Planned | None = None
    if decision.page and held_until is not None:
        values["escalate_at"] = held_until
        if decision.reopen:
            values["escalation_step"] = 0
    elif decision.page:
        number = 0 if decision.reopen else incident.escalation_step
        page = plan(policy, number=number, now=now)
        # Worse after the last page: the policy starts over, as for a new incident.
        page = page or plan(policy, number=0, now=now)
    if page is not None:
        values |= _columns(page, now=now)
        if incident.status is Status.ACKNOWLEDGED:
            # Somebody is at it already: told once that it became worse, not escalated.
            page = Planned(page.number, page.target, None)
            values["escalate_at"] = None
    return Change(kind, values, page)


def escalated(incident: Running, *, policy: Policy, now: datetime) -> Change:
    """Nobody acknowledged in time: the next page, or none that is left."""
    page = plan(policy, number=incident.escalation_step, now=now)
    if page is None:
        return Change("escalation-exhausted", {"escalate_at": None})
    return Change("escalated", _columns(page, now=now), page)


def quiet(incident: Running, *, by: str, now: datetime) -> Change:
    """Its spike ended and nothing new came. A SEV1 that nobody acknowledged stays open: that
    nobody answered a crisis must be seen."""
    if incident.status is Status.OPEN and incident.severity is Severity.SEV1:
        return Change("kept-open", {"resolve_at": None})
    return Change("resolved", _resolved(Status.RESOLVED, by=by, now=now))


def acknowledged(incident: Running, *, by: str, policy: Policy, now: datetime) -> Change:
    """Somebody answers: escalation stops. Raises TransitionRefused."""
    resolve_at = incident.resolve_at
    if incident.spike_ended_at is not None and resolve_at is None:
        # It was kept open for want of an answer; now the quiet time counts.
        resolve_at = now + policy.resolve_after_quiet
    return Change(
        "acknowledged",
        {
            "status": apply(incident.status, Action.ACKNOWLEDGE).value,
            "acknowledged_at": now,
            "acknowledged_by": by,
            "escalate_at": None,
            "resolve_at": resolve_at,
        },
    )


def resolved(incident: Running, *, by: str, now: datetime) -> Change:
    """A person says that it is over. Raises TransitionRefused."""
    return Change("resolved", _resolved(apply(incident.status, Action.RESOLVE), by=by, now=now))


def reopened(incident: Running, *, policy: Policy, now: datetime) -> Change:
    """A person says that it is not over: pages from the first step if its severity does.

    Raises TransitionRefused.
    """
    status = apply(incident.status, Action.REOPEN).value
    page = plan(policy, number=0, now=now) if incident.severity.pages else None
    columns = _columns(page, now=now) or {"escalate_at": None}
    return Change("reopened", {"status": status, **REOPENED, **columns}, page)


def plan(policy: Policy, *, number: int, now: datetime) -> Planned | None:
    """The page with that running number; None when the policy has none left."""
    step = next_step(policy, step=number, paged_at=now)
    return None if step is None else Planned(number, step.target, step.deadline)


def _columns(page: Planned | None, *, now: datetime) -> dict[str, Any]:
    """What the incident remembers of a page."""
    if page is None:
        return {}
    return {
        "escalation_step": page.number + 1,
        "escalate_at": page.deadline,
        "paged_at": now,
    }


def _resolved(status: Status, *, by: str, now: datetime) -> dict[str, Any]:
    return {
        "status": status.value,
        "resolved_at": now,
        "resolved_by": by,
        "escalate_at": None,
        "resolve_at": None,
    }
