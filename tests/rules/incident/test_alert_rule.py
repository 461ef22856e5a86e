"""Alert rules: what a finding means under them."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

import pytest

from rules.errors import InvalidPolicy
from rules.incident import DEFAULT_POLICY, lifecycle
from rules.incident.alert_rule import (
    DEFAULT_RULE,
    AlertRule,
    held_until,
    ruled,
    why_ignored,
)
from rules.incident.sensitivity import USUAL_RATE
from rules.oncall import Hours
from rules.severity import Severity
from rules.trend import DetectorSettings
from tests.builders import NOON
from tests.rules.incident.test_lifecycle import Incident, a_finding, decision

NIGHT = Hours(time(22), time(7), days=(0, 1, 2, 3, 4, 5, 6))
MIDNIGHT = datetime(2026, 3, 5, 0, 0, tzinfo=UTC)
SEVEN = datetime(2026, 3, 5, 7, 0, tzinfo=UTC)


def a_rule(**changes: Any) -> AlertRule:
    return AlertRule("night", **changes)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"platforms": ("news",)}, "only on news"),
        ({"least_platforms": 2}, "on 1 platforms, 2 are asked for"),
        ({"least_reach": 1_000}, "0 people could have seen it, 1,000 are asked for"),
        ({"red_line": True}, "it touches no red line"),
    ],
)
def test_a_condition_that_is_missed_is_told(changes: dict[str, Any], why: str) -> None:
    told = why_ignored(a_rule(**changes), a_finding(), red_lines=())
    assert told == f"rule night: {why}"


@pytest.mark.parametrize(
    "changes",
    [{"platforms": ("mastodon", "news")}, {"least_platforms": 1}, {"red_line": True}, {}],
)
def test_a_condition_that_is_met_lets_it_through(changes: dict[str, Any]) -> None:
    assert why_ignored(a_rule(**changes), a_finding(), red_lines=("fire",)) is None


def test_the_end_of_a_spike_meets_every_condition() -> None:
    assert why_ignored(a_rule(platforms=("news",)), a_finding("ended"), red_lines=()) is None


def test_a_severity_is_replaced_and_that_is_a_reason() -> None:
    rule = a_rule(severities={Severity.SEV1: Severity.SEV3})
    told = ruled(rule, a_finding(severity=Severity.SEV1))
    assert told.severity is Severity.SEV3
    assert told.reasons[-1] == "rule night makes SEV1 SEV3"
    other = a_finding(severity=Severity.SEV2)
    assert ruled(rule, other) is other


def test_quiet_hours_hold_a_page_back_until_they_end() -> None:
    rule = a_rule(quiet=NIGHT)
    mild = decision(severity=Severity.SEV2)
    assert held_until(rule, mild, now=MIDNIGHT) == SEVEN
    assert held_until(rule, mild, now=NOON) is None
    assert held_until(DEFAULT_RULE, mild, now=MIDNIGHT) is None


def test_a_crisis_is_told_even_at_night() -> None:
    assert held_until(a_rule(quiet=NIGHT), decision(), now=MIDNIGHT) is None


def test_what_does_not_page_is_not_held_back() -> None:
    no_page = decision(page=False, severity=Severity.SEV2)
    assert held_until(a_rule(quiet=NIGHT), no_page, now=MIDNIGHT) is None


def test_a_page_held_back_goes_out_first_thing_if_it_is_still_open() -> None:
    change = lifecycle.opened(decision(), policy=DEFAULT_POLICY, now=MIDNIGHT, held_until=SEVEN)
    assert change.page is None
    assert change.values == {"escalation_step": 0, "escalate_at": SEVEN}
    morning = lifecycle.escalated(Incident(escalation_step=0), policy=DEFAULT_POLICY, now=SEVEN)
    assert morning.page is not None
    assert morning.page.number == 0


def test_what_became_worse_at_night_is_held_back_as_well() -> None:
    change = lifecycle.joined(
        Incident(),
        a_finding(),
        decision=decision(severity=Severity.SEV2),
        policy=DEFAULT_POLICY,
        now=MIDNIGHT,
        held_until=SEVEN,
    )
    assert change.page is None
    assert change.values["escalate_at"] == SEVEN


def test_fewer_false_pages_ask_for_more_surprise_and_more_than_is_often_reached() -> None:
    usual = DetectorSettings()
    assert a_rule(per_week=USUAL_RATE).settings == a_rule().settings == usual
    strict, eager = a_rule(per_week=0.32 * USUAL_RATE).settings, a_rule(per_week=20.0).settings
    assert [rung.surprise for rung in strict.ladder] == pytest.approx(
        [2 * rung.surprise for rung in usual.ladder]
    )
    assert strict.often_share == pytest.approx(2 * usual.often_share)
    assert all(
        new.surprise < old.surprise for new, old in zip(eager.ladder, usual.ladder, strict=True)
    )


def test_a_signal_has_settings_of_its_own() -> None:
    assert a_rule(signal="silence").settings.signal == "silence"
    with pytest.raises(InvalidPolicy, match="no signal is called 'noise'; there are negative_vol"):
        a_rule(signal="noise")
    with pytest.raises(InvalidPolicy, match="there is no platform, reach or red line to ask for"):
        a_rule(signal="silence", least_platforms=2)


def test_it_speaks_of_the_queries_it_names_or_of_all() -> None:
    assert DEFAULT_RULE.is_for("acme")
    assert not a_rule(queries=("globex",)).is_for("acme")


def test_it_comes_back_from_json() -> None:
    rule = a_rule(
        per_week=0.1,
        platforms=("news",),
        quiet=NIGHT,
        severities={Severity.SEV1: Severity.SEV2},
        policy="night",
        queries=("acme",),
    )
    assert AlertRule.from_json(rule.to_json()) == rule
    assert AlertRule.from_json({"name": "default"}) == DEFAULT_RULE


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"name": ""},
        {"name": "x", "per_week": 0},
        {"name": "x", "per_week": 1000},
        {"name": "x", "signal": "vibes"},
        {"name": "x", "least_reach": -1},
        {"name": "x", "even_then": "SEV9"},
        {"name": "x", "severities": {"SEV1": "bad"}},
        {"name": "x", "quiet": {"start": "late"}},
        {"name": "x", "sensitivity": "high"},
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(facts: dict[str, Any]) -> None:
    with pytest.raises(InvalidPolicy):
        AlertRule.from_json(facts)
