"""Open, join or ignore."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from rules.incident import DEFAULT_POLICY, Decision, IncidentFacts, Status, Verdict, decide
from rules.severity import Severity
from rules.trend import Finding
from tests.builders import NOON, minutes


def a_finding(**changes: Any) -> Finding:
    facts: dict[str, Any] = {
        "signal": "negative_volume",
        "kind": "started",
        "severity": Severity.SEV2,
        "window_start": NOON - minutes(60),
        "window_end": NOON,
        "observed": 41,
        "expected": 6.0,
        "low": 3.0,
        "high": 9.0,
        "surprise": 9.0,
        "negative_share": 0.62,
        "mentions": 66,
        "platforms": ("mastodon",),
        "reach": 0,
        "reasons": ("41 negative in 60 min where 3–9 are usual at this hour",),
    }
    return Finding(**(facts | changes))


def facts(**changes: Any) -> IncidentFacts:
    told: dict[str, Any] = {
        "id": 5,
        "brand_id": 1,
        "query_id": 2,
        "status": Status.OPEN,
        "severity": Severity.SEV2,
        "opened_at": NOON - minutes(30),
    }
    return IncidentFacts(**(told | changes))


def resolved(*, ago: timedelta = minutes(30), **changes: Any) -> IncidentFacts:
    return facts(status=Status.RESOLVED, resolved_at=NOON - ago, **changes)


def decided(finding: Finding, *incidents: IncidentFacts) -> Decision:
    return decide(
        finding,
        brand_id=1,
        query_id=2,
        incidents=incidents,
        now=NOON,
        policy=DEFAULT_POLICY,
    )


@pytest.mark.parametrize("severity", Severity)
def test_the_first_finding_opens_and_only_a_crisis_or_an_escalation_pages(
    severity: Severity,
) -> None:
    decision = decided(a_finding(severity=severity))
    assert decision.kind == "open"
    assert decision.page is (severity in (Severity.SEV1, Severity.SEV2))
    assert severity.name in decision.reason


def test_a_second_spike_joins_the_open_incident_without_a_page() -> None:
    decision = decided(a_finding(), facts())
    assert (decision.kind, decision.incident_id, decision.page) == ("join", 5, False)


def test_what_became_worse_joins_with_a_page() -> None:
    decision = decided(a_finding(kind="grew", severity=Severity.SEV1), facts())
    assert (decision.kind, decision.severity, decision.page) == ("join", Severity.SEV1, True)


def test_worse_but_not_bad_enough_does_not_page() -> None:
    decision = decided(a_finding(severity=Severity.SEV3), facts(severity=Severity.SEV4))
    assert (decision.kind, decision.severity, decision.page) == ("join", Severity.SEV3, False)


def test_a_milder_finding_leaves_the_severity_as_it_is() -> None:
    assert decided(a_finding(severity=Severity.SEV4), facts()).severity is Severity.SEV2


def test_an_acknowledged_incident_is_joined_too() -> None:
    assert decided(a_finding(), facts(status=Status.ACKNOWLEDGED)).kind == "join"


def test_other_brands_and_queries_do_not_count() -> None:
    others = (facts(query_id=3), facts(brand_id=9))
    assert decided(a_finding(), *others).kind == "open"


def test_an_end_joins_the_open_incident_and_is_ignored_without_one() -> None:
    ended = a_finding(kind="ended")
    assert decided(ended, facts()).kind == "join"
    assert decided(ended).kind == "ignore"
    assert decided(ended, resolved()).kind == "ignore"


def test_what_comes_back_soon_reopens_and_later_opens_a_new_one() -> None:
    soon = decided(a_finding(), resolved())
    assert (soon.kind, soon.incident_id, soon.reopen, soon.page) == ("join", 5, True, True)
    late = decided(a_finding(), resolved(ago=DEFAULT_POLICY.reopen_within))
    assert late.kind == "open"


@pytest.mark.parametrize("verdict", Verdict)
def test_after_a_dismissing_verdict_only_something_worse_comes_back(verdict: Verdict) -> None:
    judged = resolved(verdict=verdict)
    same = decided(a_finding(), judged)
    dismissed = verdict in ("duplicate", "not-us", "already-known")
    assert same.kind == ("ignore" if dismissed else "join")
    worse = decided(a_finding(severity=Severity.SEV1), judged)
    assert (worse.kind, worse.reopen, worse.page) == ("join", True, True)


def test_a_running_incident_is_preferred_to_a_resolved_one() -> None:
    decision = decided(a_finding(), resolved(id=4), facts(id=5))
    assert decision.incident_id == 5
