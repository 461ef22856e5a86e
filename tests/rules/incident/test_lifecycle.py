"""What an incident becomes when something happens to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from rules.errors import TransitionRefused
from rules.incident import DEFAULT_POLICY, Decision, Policy, Status, Step, lifecycle
from rules.severity import Severity
from rules.trend import NEGATIVE_VOLUME, Finding
from tests.builders import NOON, minutes

ONE_PAGE = Policy("one", (Step(timedelta(0), "on-call"),), repeat=0)


@dataclass(frozen=True)
class Incident:
    status: Status = Status.OPEN
    severity: Severity = Severity.SEV2
    escalation_step: int = 1
    resolve_at: datetime | None = None
    spike_ended_at: datetime | None = None


def a_finding(kind: str = "grew", severity: Severity = Severity.SEV1) -> Finding:
    return Finding(
        signal=NEGATIVE_VOLUME,
        kind=kind,  # type: ignore[arg-type]
        severity=severity,
        window_start=NOON - minutes(60),
        window_end=NOON,
        observed=40,
        expected=3.0,
        low=0.0,
        high=8.0,
        surprise=9.0,
        negative_share=0.5,
        mentions=80,
        platforms=("mastodon",),
        reach=0,
        reasons=("many",),
    )


def decision(
    page: bool = True, reopen: bool = False, severity: Severity = Severity.SEV1
) -> Decision:
    return Decision("join", 1, severity, page, "because", reopen)


def joined(incident: Incident, **changes: object) -> lifecycle.Change:
    return lifecycle.joined(
        incident,
        a_finding(),
        decision=decision(**changes),
        policy=DEFAULT_POLICY,
        now=NOON,  # type: ignore[arg-type]
    )


def test_one_that_pages_plans_the_first_page_and_the_deadline_of_the_next() -> None:
    change = lifecycle.opened(decision(), policy=DEFAULT_POLICY, now=NOON)
    assert change.page == lifecycle.Planned(0, "on-call", NOON + minutes(10))
    assert change.values == {
        "escalation_step": 1,
        "escalate_at": NOON + minutes(10),
        "paged_at": NOON,
    }


def test_one_that_does_not_page_changes_nothing_more() -> None:
    change = lifecycle.opened(decision(page=False), policy=DEFAULT_POLICY, now=NOON)
    assert (change.page, change.values) == (None, {})


def test_worse_pages_the_next_step() -> None:
    change = joined(Incident())
    assert change.kind == "worse"
    assert change.page is not None
    assert change.page.number == 1
    assert change.values["severity"] == 1


def test_worse_after_the_last_page_starts_over() -> None:
    change = lifecycle.joined(
        Incident(), a_finding(), decision=decision(), policy=ONE_PAGE, now=NOON
    )
    assert change.page is not None
    assert change.page.number == 0


def test_somebody_who_is_at_it_is_told_once_and_not_escalated() -> None:
    change = joined(Incident(status=Status.ACKNOWLEDGED))
    assert change.page is not None
    assert change.page.deadline is None
    assert change.values["escalate_at"] is None


def test_no_worse_goes_on_without_a_page() -> None:
    change = joined(Incident(), page=False, severity=Severity.SEV2)
    assert (change.kind, change.page) == ("continued", None)


def test_the_end_of_a_spike_sets_when_it_closes_by_itself() -> None:
    ended = a_finding("ended")
    change = lifecycle.joined(
        Incident(), ended, decision=decision(page=False), policy=DEFAULT_POLICY, now=NOON
    )
    assert change.kind == "spike-ended"
    assert change.values["resolve_at"] == NOON + DEFAULT_POLICY.resolve_after_quiet
    assert change.values["spike_ended_at"] == ended.window_end


def test_one_that_came_back_is_open_and_pages_from_the_start() -> None:
    change = joined(Incident(status=Status.RESOLVED, escalation_step=4), reopen=True)
    assert change.kind == "reopened"
    assert change.values["status"] == "open"
    assert change.values["resolved_at"] is None
    assert change.page is not None
    assert change.page.number == 0


def test_escalation_takes_the_next_step_until_none_is_left() -> None:
    following = lifecycle.escalated(Incident(escalation_step=2), policy=DEFAULT_POLICY, now=NOON)
    assert following.page is not None
    assert following.page.target == "rota:backup"
    over = lifecycle.escalated(Incident(escalation_step=1), policy=ONE_PAGE, now=NOON)
    assert (over.kind, over.page) == ("escalation-exhausted", None)
    assert over.values == {"escalate_at": None}


def test_quiet_closes_it_but_not_a_crisis_nobody_answered() -> None:
    assert lifecycle.quiet(Incident(), by="us", now=NOON).values["status"] == "resolved"
    crisis = Incident(severity=Severity.SEV1)
    assert lifecycle.quiet(crisis, by="us", now=NOON).kind == "kept-open"
    answered = Incident(severity=Severity.SEV1, status=Status.ACKNOWLEDGED)
    assert lifecycle.quiet(answered, by="us", now=NOON).kind == "resolved"


def test_an_answer_stops_escalation_and_lets_what_was_kept_open_close() -> None:
    kept = Incident(spike_ended_at=NOON - minutes(300))
    change = lifecycle.acknowledged(kept, by="ann", policy=DEFAULT_POLICY, now=NOON)
    assert change.values["escalate_at"] is None
    assert change.values["resolve_at"] == NOON + DEFAULT_POLICY.resolve_after_quiet


def test_what_the_table_of_states_refuses_is_refused() -> None:
    done = Incident(status=Status.RESOLVED)
    with pytest.raises(TransitionRefused):
        lifecycle.acknowledged(done, by="ann", policy=DEFAULT_POLICY, now=NOON)
    with pytest.raises(TransitionRefused):
        lifecycle.resolved(done, by="ann", now=NOON)
    with pytest.raises(TransitionRefused):
        lifecycle.reopened(Incident(), policy=DEFAULT_POLICY, now=NOON)


def test_a_person_reopens_it_and_it_pages_only_if_its_severity_does() -> None:
    done = Incident(status=Status.RESOLVED)
    assert lifecycle.reopened(done, policy=DEFAULT_POLICY, now=NOON).page is not None
    mild = Incident(status=Status.RESOLVED, severity=Severity.SEV3)
    change = lifecycle.reopened(mild, policy=DEFAULT_POLICY, now=NOON)
    assert change.page is None
    assert change.values["escalate_at"] is None
