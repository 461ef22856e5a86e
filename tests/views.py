"""An incident as its readers see it, for what only draws it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from rules.incident import Status
from rules.severity import Severity
from service.store.reads.incident_view import BrandView, FindingView, IncidentView, TopMention
from tests.builders import NOON


def a_finding_view(**changes: Any) -> FindingView:
    facts: dict[str, Any] = {
        "alert_id": 1,
        "found_at": NOON,
        "kind": "started",
        "severity": Severity.SEV2,
        "observed": 37,
        "expected": 4.2,
        "low": 0.0,
        "high": 9.0,
        "reasons": ("37 negative mentions where 4 are usual",),
        "platforms": ("mastodon", "reddit"),
        "negative_share": 0.78,
        "mentions": 47,
        "window_start": NOON - timedelta(minutes=15),
        "window_end": NOON,
        "decision": "open",
        "decision_reason": "no incident is open",
    }
    return FindingView(**(facts | changes))


def a_top_mention(**changes: Any) -> TopMention:
    facts: dict[str, Any] = {
        "mention_id": 1,
        "platform": "mastodon",
        "url": "https://example.org/posts/1",
        "author": "ada",
        "followers": 1200,
        "excerpt": "My Acme kettle caught fire.",
        "published_at": NOON - timedelta(minutes=4),
        "polarity": -0.8,
        "label": "negative",
        "priority": 0.9,
        "relevance": 0.9,
        "reach": 1200,
        "why": ("many followers",),
    }
    return TopMention(**(facts | changes))


def a_view(**changes: Any) -> IncidentView:
    """An open SEV2 of Acme with one finding, one post and a suggestion."""
    hours = [NOON - timedelta(hours=back) for back in range(23, -1, -1)]
    facts: dict[str, Any] = {
        "id": 7,
        "brand": BrandView(id=1, slug="acme", name="Acme", demo=False, channel="#crisis"),
        "query_id": 1,
        "query_name": "acme",
        "title": "Negative mentions of Acme rise",
        "status": Status.OPEN,
        "severity": Severity.SEV2,
        "revision": 1,
        "opened_at": NOON,
        "first_mention_at": NOON - timedelta(minutes=9),
        "acknowledged_at": None,
        "acknowledged_by": None,
        "resolved_at": None,
        "resolved_by": None,
        "spike_ended_at": None,
        "escalate_at": NOON + timedelta(minutes=10),
        "resolve_at": None,
        "paged_at": NOON,
        "on_call": ("ines",),
        "next_escalation": ("tom", NOON + timedelta(minutes=10)),
        "findings": (a_finding_view(),),
        "reasons": ("37 negative mentions where 4 are usual",),
        "chart": tuple((hour, 37 if hour == NOON else 3, 40) for hour in hours),
        "top": (a_top_mention(),),
        "suggestion": {
            "strategy": "holding",
            "text": "We are looking into [what is reported].",
            "reasons": ["unclear"],
            "guards": ["Fill in every [...]"],
        },
        "timeline": (),
        "verdicts": (),
        "deliveries": (),
        "clock": {},
    }
    return IncidentView(**(facts | changes))
