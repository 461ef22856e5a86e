"""One incident with everything its reader needs, read in one go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from rules.errors import InvalidPolicy
from rules.incident import Policy, Status, Verdict, next_step
from service.store import alerts, brands, incidents, oncall, timeline
from service.store.alerts import Alert
from service.store.engine import Session
from service.store.incidents import Incident
from service.store.reads.incident_view import (
    BrandView,
    DeliveryView,
    FindingView,
    IncidentView,
    TimelineEntry,
    TopMention,
    VerdictView,
)
from service.store.tables import (
    DeliveryRow,
    MatchRow,
    MentionRow,
    QueryRow,
    RollupRow,
    VerdictRow,
)

__all__ = [
    "BrandView",
    "DeliveryView",
    "FindingView",
    "IncidentView",
    "TimelineEntry",
    "TopMention",
    "VerdictView",
    "incident_view",
]

EXCERPT = 280
TOP = 5
CHART_HOURS = 24
HOUR = timedelta(hours=1)


def incident_view(session: Session, incident_id: int, *, now: datetime) -> IncidentView:
    """Raises NotFound."""
    incident = incidents.get_incident(session, incident_id)
    brand = brands.get_brand(session, incident.brand_id)
    found = alerts.list_alerts(session, incident_id=incident_id)
    sent = _deliveries(session, incident_id)
    until = min(now, incident.resolved_at or now)
    told = [alert.finding.reasons for alert in found if alert.finding.kind != "ended"]
    return IncidentView(
        id=incident.id,
        brand=BrandView(brand.id, brand.slug, brand.name, brand.demo, brand.channel),
        query_id=incident.query_id,
        query_name=session.scalars(
            select(QueryRow.name).where(QueryRow.id == incident.query_id)
        ).one(),
        title=incident.title,
        status=incident.status,
        severity=incident.severity,
        revision=incident.revision,
        opened_at=incident.opened_at,
        first_mention_at=incident.first_mention_at,
        acknowledged_at=incident.acknowledged_at,
        acknowledged_by=incident.acknowledged_by,
        resolved_at=incident.resolved_at,
        resolved_by=incident.resolved_by,
        spike_ended_at=incident.spike_ended_at,
        escalate_at=incident.escalate_at,
        resolve_at=incident.resolve_at,
        paged_at=incident.paged_at,
        on_call=_paged(sent),
        next_escalation=_next_escalation(session, incident),
        findings=tuple(_finding(alert) for alert in found),
        reasons=told[-1] if told else (),
        chart=_chart(session, incident.query_id, until=until),
        top=_top(session, incident, found, until=until),
        suggestion=incident.suggestion,
        timeline=tuple(
            TimelineEntry(entry.seq, entry.at, entry.kind, entry.actor, entry.text)
            for entry in timeline.list_entries(session, incident_id)
        ),
        verdicts=_verdicts(session, incident_id),
        deliveries=sent,
        clock=_clock(session, incident, found, sent),
    )


def _finding(alert: Alert) -> FindingView:
    finding = alert.finding
    return FindingView(
        alert_id=alert.id,
        found_at=alert.found_at,
        kind=finding.kind,
        severity=finding.severity,
        observed=finding.observed,
        expected=finding.expected,
        low=finding.low,
        high=finding.high,
        reasons=finding.reasons,
        platforms=finding.platforms,
        negative_share=finding.negative_share,
        mentions=finding.mentions,
        window_start=finding.window_start,
        window_end=finding.window_end,
        decision=alert.decision,
        decision_reason=alert.decision_reason,
        signal=finding.signal,
    )


def _paged(deliveries: Sequence[DeliveryView]) -> tuple[str, ...]:
    """Everybody once, in the order of their latest page."""
    people: dict[str, None] = {}
    for delivery in deliveries:
        if delivery.kind == "page" and delivery.person is not None:
            people.pop(delivery.person, None)
            people[delivery.person] = None
    return tuple(people)


def _next_escalation(session: Session, incident: Incident) -> tuple[str, datetime] | None:
    at = incident.escalate_at
    if at is None or incident.status is not Status.OPEN:
        return None
    try:
        policy = Policy.from_json(incident.policy)
    except InvalidPolicy:
        return None
    step = next_step(policy, step=incident.escalation_step, paged_at=at)
    if step is None:
        return None
    person = oncall.find_answerer(session, step.target, policy=policy, at=at)
    return (person or step.target, at)


def _chart(
    session: Session, query_id: int, *, until: datetime
) -> tuple[tuple[datetime, int, int], ...]:
    last = until.replace(minute=0, second=0, microsecond=0)
    first = last - HOUR * (CHART_HOURS - 1)
    counts = {
        bucket: (int(negative), int(mentions))
        for bucket, negative, mentions in session.execute(
            select(RollupRow.bucket, func.sum(RollupRow.negative), func.sum(RollupRow.mentions))
            .where(
                RollupRow.query_id == query_id,
                RollupRow.grain == "hour",
                RollupRow.bucket >= first,
                RollupRow.bucket <= last,
            )
            .group_by(RollupRow.bucket)
        )
    }
    hours = [first + HOUR * number for number in range(CHART_HOURS)]
    return tuple((hour, *counts.get(hour, (0, 0))) for hour in hours)


def _top(
    session: Session, incident: Incident, found: Sequence[Alert], *, until: datetime
) -> tuple[TopMention, ...]:
    """The negative mentions of the spike's time with the highest priority."""
    began = min((alert.finding.window_start for alert in found), default=incident.opened_at)
    rows = session.execute(
        select(MatchRow, MentionRow)
        .join(MentionRow, MentionRow.id == MatchRow.mention_id)
        .where(
            MatchRow.query_id == incident.query_id,
            MatchRow.label == "negative",
            MatchRow.effective_at >= began,
            MatchRow.effective_at <= until,
        )
        .order_by(MatchRow.priority.desc(), MatchRow.effective_at, MatchRow.mention_id)
        .limit(TOP)
    )
    return tuple(
        TopMention(
            mention_id=mention.id,
            platform=mention.platform,
            url=mention.url,
            author=mention.author_handle or mention.author_name,
            followers=mention.author_followers,
            excerpt=_excerpt(mention.title, mention.text),
            published_at=mention.published_at,
            polarity=match.polarity,
            label=match.label,
            priority=match.priority,
            relevance=match.relevance,
            reach=mention.views or mention.author_followers or 0,
            why=_why(match.explanation),
        )
        for match, mention in rows
    )


def _excerpt(title: str, text: str) -> str:
    told = " ".join((f"{title}: {text}" if title and text else title or text).split())
    return told if len(told) <= EXCERPT else told[: EXCERPT - 1].rstrip() + "…"


def _why(explanation: Mapping[str, Any]) -> tuple[str, ...]:
    parts = [part for part in explanation.get("priority", ()) if part.get("contribution")]
    parts.sort(key=lambda part: -abs(part["contribution"]))
    return tuple(str(part["what"]) for part in parts)


def _verdicts(session: Session, incident_id: int) -> tuple[VerdictView, ...]:
    rows = session.scalars(
        select(VerdictRow)
        .where(VerdictRow.incident_id == incident_id)
        .order_by(VerdictRow.given_at, VerdictRow.id)
    )
    return tuple(
        VerdictView(Verdict(row.verdict), row.note, row.given_by, row.given_at) for row in rows
    )


def _deliveries(session: Session, incident_id: int) -> tuple[DeliveryView, ...]:
    rows = session.scalars(
        select(DeliveryRow)
        .where(DeliveryRow.incident_id == incident_id)
        .order_by(DeliveryRow.created_at, DeliveryRow.id)
    )
    return tuple(
        DeliveryView(
            id=row.id,
            kind=row.kind,
            notifier=row.notifier,
            destination=row.destination,
            person=row.person,
            state=row.state,
            created_at=row.created_at,
            sent_at=row.sent_at,
            attempts=row.attempts,
            last_error=row.last_error,
        )
        for row in rows
    )


def _clock(
    session: Session,
    incident: Incident,
    found: Sequence[Alert],
    sent: Sequence[DeliveryView],
) -> dict[str, datetime | None]:
    """``posted`` and ``collected`` are of the spike's first negative mention."""
    collected = None
    if found and incident.first_mention_at is not None:
        collected = session.scalar(
            select(func.min(MentionRow.collected_at))
            .join(MatchRow, MatchRow.mention_id == MentionRow.id)
            .where(
                MatchRow.query_id == incident.query_id,
                MatchRow.label == "negative",
                MatchRow.effective_at == incident.first_mention_at,
            )
        )
    delivered = [one.sent_at for one in sent if one.kind in ("card", "page") and one.sent_at]
    return {
        "posted": incident.first_mention_at,
        "collected": collected,
        "alerted": min((alert.found_at for alert in found), default=None),
        "delivered": min(delivered, default=None),
        "acknowledged": incident.acknowledged_at,
        "resolved": incident.resolved_at,
    }
