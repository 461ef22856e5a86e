"""Incidents in a list and in full, what is done with them, and deliveries."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from rules.incident import Status, Verdict
from service.api.schemas.fields import Given, Out, SeverityOut


def _named(*names: str) -> BeforeValidator:
    """A tuple of the store's views as an object with these keys."""

    def to_object(value: Any) -> Any:
        return dict(zip(names, value, strict=True)) if isinstance(value, tuple) else value

    return BeforeValidator(to_object)


class IncidentLineOut(Out):
    """One incident in a list."""

    id: int
    brand_id: int
    brand_slug: str
    brand_name: str
    query_id: int
    query_name: str
    title: str
    status: Status
    severity: SeverityOut
    revision: int
    opened_at: datetime
    first_mention_at: datetime | None
    spike_ended_at: datetime | None
    paged_at: datetime | None
    escalate_at: datetime | None
    acknowledged_at: datetime | None
    acknowledged_by: str | None
    resolved_at: datetime | None
    resolved_by: str | None


class IncidentBrandOut(Out):
    id: int
    slug: str
    name: str
    demo: bool
    channel: str | None


class FindingOut(Out):
    """One alert of the incident: what was found, and what was decided about it."""

    alert_id: int
    found_at: datetime
    kind: str
    severity: SeverityOut
    signal: str
    observed: int
    expected: float
    low: float
    high: float
    reasons: list[str]
    platforms: list[str]
    negative_share: float
    mentions: int
    window_start: datetime
    window_end: datetime
    decision: str
    decision_reason: str


class HourOut(Out):
    """Counts of the hour that begins at `hour`."""

    hour: datetime
    negative: int
    mentions: int


class TopMentionOut(Out):
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
    why: list[str]


class TimelineEntryOut(Out):
    seq: int
    at: datetime
    kind: str
    actor: str
    text: str


class VerdictOut(Out):
    verdict: Verdict
    note: str
    given_by: str
    given_at: datetime


class IncidentDeliveryOut(Out):
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


class NextEscalationOut(Out):
    """Who is paged next, and when."""

    who: str
    at: datetime


class IncidentOut(Out):
    """One incident with everything that a person who answers it needs."""

    id: int
    brand: IncidentBrandOut
    query_id: int
    query_name: str
    title: str
    status: Status
    severity: SeverityOut
    revision: int = Field(description="Grows with every change.")
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
    on_call: list[str] = Field(description="People paged so far, the newest last.")
    next_escalation: Annotated[NextEscalationOut | None, _named("who", "at")]
    findings: list[FindingOut]
    reasons: list[str]
    chart: list[Annotated[HourOut, _named("hour", "negative", "mentions")]]
    top: list[TopMentionOut]
    suggestion: dict[str, Any] | None
    timeline: list[TimelineEntryOut]
    verdicts: list[VerdictOut]
    deliveries: list[IncidentDeliveryOut]
    clock: dict[str, datetime | None] = Field(
        description="The crisis clock: posted, collected, alerted, delivered, acknowledged, "
        "resolved."
    )


class ActionIn(Given):
    """What to say with the action, if anything."""

    note: str = Field("", max_length=4000)


class NoteIn(Given):
    text: str = Field(min_length=1, max_length=4000)


class VerdictIn(Given):
    """What you say of the alerts."""

    verdict: Verdict
    note: str = Field("", max_length=4000)


class DeliveryOut(Out):
    """One message to one place, with its attempts."""

    id: int
    incident_id: int | None = Field(description="null: about the service itself.")
    incident_title: str | None
    brand_id: int | None
    brand_name: str | None
    kind: str = Field(description="card, page, note or system.")
    notifier: str
    destination: str
    person: str | None
    state: str = Field(description="due, sent, failed or superseded.")
    created_at: datetime
    due_at: datetime
    first_attempt_at: datetime | None
    sent_at: datetime | None
    attempts: int
    last_error: str | None
    text: str
    rendered: dict[str, Any]
