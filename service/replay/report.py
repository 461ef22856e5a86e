"""One incident as one JSON object: what opened it, why, and what people would have been told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from service.store.engine import Session
from service.store.reads.incident import IncidentView, TopMention, incident_view
from service.store.reads.told import Told, count_mentions, list_incident_ids, list_told


def report(session: Session, *, now: datetime) -> list[dict[str, Any]]:
    """All incidents of a store in order of opening. Keys and order are stable."""
    return [_incident(session, incident, now=now) for incident in list_incident_ids(session)]


def _incident(session: Session, incident_id: int, *, now: datetime) -> dict[str, Any]:
    view = incident_view(session, incident_id, now=now)
    told = list_told(session, incident_id)
    begin = view.findings[0].window_start if view.findings else view.opened_at
    until = view.spike_ended_at or view.resolved_at or now
    mentions, negative = count_mentions(session, view.query_id, since=begin, until=until)
    return {
        "brand": view.brand.name,
        "query": view.query_name,
        "title": view.title,
        "severity": view.severity.name,
        "status": str(view.status),
        "opened_at": _time(view.opened_at),
        "spike_ended_at": _time(view.spike_ended_at),
        "resolved_at": _time(view.resolved_at),
        "reasons": list(view.reasons),
        "mentions": [_mention(mention) for mention in view.top],
        "mention_count": mentions,
        "negative_count": negative,
        "alerts": [
            {
                "found_at": _time(finding.found_at),
                "kind": finding.kind,
                "severity": finding.severity.name,
                "observed": finding.observed,
                "usual": [round(finding.low, 1), round(finding.high, 1)],
                "reasons": list(finding.reasons),
                "decision": finding.decision,
                "decision_reason": finding.decision_reason,
            }
            for finding in view.findings
        ],
        "pages": [
            {"at": _time(one.sent_at), "person": one.person} for one in told if one.kind == "page"
        ],
        "suggestion": dict(view.suggestion) if view.suggestion else None,
        "slack": _slack(told),
        "timeline": _timeline(view),
    }


def _slack(told: list[Told]) -> list[dict[str, Any]]:
    return [
        {
            "at": _time(one.sent_at),
            "kind": one.kind,
            "destination": one.destination,
            "text": one.rendered.get("text", ""),
            "blocks": one.rendered.get("blocks", []),
        }
        for one in told
    ]


def _timeline(view: IncidentView) -> list[dict[str, Any]]:
    return [
        {"at": _time(entry.at), "kind": entry.kind, "actor": entry.actor, "text": entry.text}
        for entry in view.timeline
    ]


def _mention(mention: TopMention) -> dict[str, Any]:
    return {
        "platform": mention.platform,
        "url": mention.url,
        "author": mention.author,
        "published_at": _time(mention.published_at),
        "text": mention.excerpt,
        "polarity": round(mention.polarity, 4),
        "priority": round(mention.priority, 4),
        "why": list(mention.why),
    }


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat().replace("+00:00", "Z")
