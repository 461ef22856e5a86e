"""The shape of what pages, API, Slack and replay all show of one incident."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rules.incident import Status, Verdict
from rules.severity import Severity
from rules.trend import NEGATIVE_VOLUME, SIGNALS


@dataclass(frozen=True, slots=True)
class BrandView:
    id: int
    slug: str
    name: str
    demo: bool
    channel: str | None


@dataclass(frozen=True, slots=True)
class FindingView:
    """One alert of the incident: what was found, and what was decided about it."""

    alert_id: int
    found_at: datetime
    kind: str
    severity: Severity
    observed: int
    expected: float
    low: float
    high: float
    reasons: tuple[str, ...]
    platforms: tuple[str, ...]
    negative_share: float
    mentions: int
    window_start: datetime
    window_end: datetime
    decision: str
    decision_reason: str
    signal: str = NEGATIVE_VOLUME

    @property
    def words(self) -> str:
        """What ``observed`` counts, as it stands after the number."""
        return SIGNALS[self.signal].words


@dataclass(frozen=True, slots=True)
class TopMention:
    """``excerpt``: at most 280 characters of title and text. ``why``: the priority's parts."""

    mention_id: int
    platform: str
    url: str | None
    author: str | None
    followers: int | None
    excerpt: str
    published_at: datetime | None
    polarity: float
    label: str
    priority: float
    relevance: float
    reach: int
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    seq: int
    at: datetime
    kind: str
    actor: str
    text: str


@dataclass(frozen=True, slots=True)
class VerdictView:
    verdict: Verdict
    note: str
    given_by: str
    given_at: datetime


@dataclass(frozen=True, slots=True)
class DeliveryView:
    id: int
    kind: str
    notifier: str
    destination: str
    person: str | None
    state: str
    created_at: datetime
    sent_at: datetime | None
    attempts: int
    last_error: str | None


@dataclass(frozen=True, slots=True)
class IncidentView:
    """One incident with everything its reader needs. Times are aware UTC.

    ``on_call``: people paged so far, newest last. ``next_escalation``: who is paged next, and
    when. ``findings``: oldest first; ``reasons``: the newest one's that is not "ended".
    ``chart``: (hour's begin, negative, mentions) of the 24 hours up to ``now`` or the resolution.
    ``suggestion``: {"strategy", "text", "reasons", "guards"}. ``clock``: the crisis clock, posted,
    collected, alerted, delivered, acknowledged and resolved, None where it has not come to that.
    """

    id: int
    brand: BrandView
    query_id: int
    query_name: str
    title: str
    status: Status
    severity: Severity
    revision: int
    opened_at: datetime
    first_mention_at: datetime | None
    acknowledged_at: datetime | None
    acknowledged_by: str | None
    resolved_at: datetime | None
    resolved_by: str | None
    spike_ended_at: datetime | None
    escalate_at: datetime | None
    resolve_at: datetime | None
    paged_at: datetime | None
    on_call: tuple[str, ...]
    next_escalation: tuple[str, datetime] | None
    findings: tuple[FindingView, ...]
    reasons: tuple[str, ...]
    chart: tuple[tuple[datetime, int, int], ...]
    top: tuple[TopMention, ...]
    suggestion: Mapping[str, Any] | None
    timeline: tuple[TimelineEntry, ...]
    verdicts: tuple[VerdictView, ...]
    deliveries: tuple[DeliveryView, ...]
    clock: Mapping[str, datetime | None]
