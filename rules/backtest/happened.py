"""Incidents and pages as they would have been, and what that hangs on: rules, people, answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from rules.incident import (
    DEFAULT_POLICY,
    DEFAULT_RULE,
    AlertRule,
    Decision,
    Policy,
    Status,
)
from rules.oncall import Hours, Rota
from rules.severity import Severity
from rules.trend import Finding

BY = "backtest"


@dataclass(frozen=True, slots=True)
class Answering:
    """How soon somebody acknowledges a page; None: nobody ever does."""

    hours: Hours = field(default_factory=Hours)
    in_hours: timedelta | None = timedelta(minutes=5)
    off_hours: timedelta | None = timedelta(minutes=15)

    def after(self, at: datetime) -> timedelta | None:
        return self.in_hours if self.hours.cover(at) else self.off_hours


@dataclass(frozen=True, slots=True)
class Staff:
    """Who can be paged: the rotas, and the people in the order in which they were added."""

    rotas: Mapping[str, Rota] = field(default_factory=dict)
    people: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Ruling:
    """What holds for one signal of a query: the rule, and the policy of incidents that it opens."""

    rule: AlertRule = DEFAULT_RULE
    policy: Policy = DEFAULT_POLICY


@dataclass(frozen=True, slots=True)
class Paged:
    """One interruption of one person; ``person`` None: the whole channel."""

    at: datetime
    person: str | None
    number: int
    why: str


@dataclass(frozen=True, slots=True)
class Happened:
    """One incident as it would have been. ``findings``: (when, what, what was decided)."""

    brand_id: int
    query_id: int
    opened_at: datetime
    status: Status
    severity: Severity
    findings: tuple[tuple[datetime, Finding, Decision], ...]
    pages: tuple[Paged, ...]
    acknowledged_at: datetime | None = None
    spike_ended_at: datetime | None = None
    resolved_at: datetime | None = None
    escalation_step: int = 0
    escalate_at: datetime | None = None
    resolve_at: datetime | None = None

    @property
    def until(self) -> datetime:
        """The last moment at which it was known to go on."""
        ends = [self.spike_ended_at, self.resolved_at, self.findings[-1][0]]
        return max(at for at in ends if at is not None)

    def to_json(self) -> dict[str, Any]:
        return {
            "brand_id": self.brand_id,
            "query_id": self.query_id,
            "opened_at": self.opened_at.isoformat(),
            "severity": self.severity.name,
            "status": self.status.value,
            "acknowledged_at": _time(self.acknowledged_at),
            "spike_ended_at": _time(self.spike_ended_at),
            "resolved_at": _time(self.resolved_at),
            "alerts": [
                {
                    "at": at.isoformat(),
                    "kind": finding.kind,
                    "severity": finding.severity.name,
                    "decision": decision.kind,
                    "reason": decision.reason,
                    "reasons": list(finding.reasons),
                }
                for at, finding, decision in self.findings
            ],
            "pages": [
                {"at": page.at.isoformat(), "person": page.person, "why": page.why}
                for page in self.pages
            ],
        }


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
