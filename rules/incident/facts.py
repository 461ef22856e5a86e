"""What the rules need to know of an incident, and the verdicts people give."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from rules.incident.state import Status
from rules.severity import Severity


class Verdict(StrEnum):
    """What the person on call says of an incident's alerts."""

    REAL = "real"
    DUPLICATE = "duplicate"
    NOT_US = "not-us"
    ALREADY_KNOWN = "already-known"
    TOO_LATE = "too-late"
    TOO_LOW = "too-low"

    @property
    def dismisses(self) -> bool:
        """Whether it says that nobody should have been woken for this."""
        return self in (Verdict.DUPLICATE, Verdict.NOT_US, Verdict.ALREADY_KNOWN)


@dataclass(frozen=True, slots=True)
class IncidentFacts:
    """``verdict``: the newest one given, of whomever."""

    id: int
    brand_id: int
    query_id: int
    status: Status
    severity: Severity
    opened_at: datetime
    resolved_at: datetime | None = None
    last_alert_at: datetime | None = None
    verdict: Verdict | None = None
