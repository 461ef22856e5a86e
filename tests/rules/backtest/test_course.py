"""Incidents and pages as they would have been."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from rules.backtest import Answering, Found, Happened, Ruling, Staff, happen
from rules.incident import DEFAULT_RULE, AlertRule, Status
from rules.oncall import Hours, Rota
from rules.severity import Severity
from rules.trend import NEGATIVE_VOLUME, Finding
from rules.trend.signal import SILENCE
from tests.builders import NOON, minutes

STAFF = Staff(
    rotas={
        "primary": Rota("primary", "UTC", ("ines",), datetime(2026, 1, 1, 9, tzinfo=UTC)),
        "backup": Rota("backup", "UTC", ("omar",), datetime(2026, 1, 1, 9, tzinfo=UTC)),
    },
    people=("ines", "omar"),
)
NOBODY = Answering(in_hours=None, off_hours=None)


def found(
    minute: int,
    kind: str = "started",
    severity: Severity = Severity.SEV2,
    signal: str = NEGATIVE_VOLUME,
) -> Found:
    at = NOON + minutes(minute)
    finding = Finding(
        signal=signal,
        kind=kind,  # type: ignore[arg-type]
        severity=severity,
        window_start=at - minutes(60),
        window_end=at,
        observed=30,
        expected=2.0,
        low=0.0,
        high=6.0,
        surprise=8.0,
        negative_share=0.6,
        mentions=50,
        platforms=("mastodon",),
        reach=10,
        reasons=("30 negative in 60 min where 0–6 are usual",),
    )
    return Found(at, finding)


def course(
    *each: Found,
    answering: Answering | None = None,
    until: int = 24 * 60,
    rule: AlertRule = DEFAULT_RULE,
    touched: tuple[str, ...] = (),
) -> tuple[Happened, ...]:
    return happen(
        each,
        brand_id=1,
        query_id=2,
        rulings={NEGATIVE_VOLUME: Ruling(rule), SILENCE: Ruling(AlertRule("q", signal=SILENCE))},
        staff=STAFF,
        answering=answering or Answering(),
        until=NOON + minutes(until),
        touched=lambda finding: touched,
    )


def test_a_spike_is_one_incident_with_one_page_when_it_is_answered_in_time() -> None:
    (one,) = course(found(0), found(60, "ended"))
    assert [(page.person, page.number) for page in one.pages] == [("ines", 0)]
    assert one.acknowledged_at == NOON + minutes(5)
    assert one.spike_ended_at == NOON + minutes(60)
    assert (one.status, one.resolved_at) == (Status.RESOLVED, NOON + minutes(180))


def test_what_nobody_answers_goes_on_to_the_backup_and_round_again() -> None:
    (one,) = course(found(0), answering=NOBODY, until=300)
    assert [page.person for page in one.pages][:4] == ["ines", "ines", "omar", "ines"]
    assert len(one.pages) == 9
    assert one.status is Status.OPEN


def test_an_answer_off_hours_takes_longer() -> None:
    late = replace(found(0), at=NOON + minutes(600))
    (one,) = course(late)
    assert one.acknowledged_at == NOON + minutes(615)


def test_what_does_not_page_interrupts_nobody() -> None:
    (one,) = course(found(0, severity=Severity.SEV3))
    assert (one.pages, one.status) == ((), Status.OPEN)


def test_a_second_spike_joins_what_is_open_and_reopens_what_was_just_closed() -> None:
    (one,) = course(
        found(0), found(60, "ended"), found(90), found(120, "ended"), found(300), until=400
    )
    kinds = [decision.kind for _, _, decision in one.findings]
    assert kinds == ["open", "join", "join", "join", "join"]
    assert [page.why for page in one.pages] == ["it opened", "it came back"]


def test_long_after_it_is_another_incident() -> None:
    first, second = course(found(0), found(60, "ended"), found(1000), until=1100)
    assert first.status is Status.RESOLVED
    assert second.opened_at == NOON + minutes(1000)


def test_worse_pages_again() -> None:
    (one,) = course(found(0), found(30, "grew", Severity.SEV1))
    assert [page.why for page in one.pages] == ["it opened", "it became worse"]
    assert one.severity is Severity.SEV1


def test_the_page_goes_to_whom_it_would_have_gone_then() -> None:
    turns = Rota(
        "primary", "UTC", ("ines", "omar"), datetime(2026, 3, 4, tzinfo=UTC), timedelta(days=1)
    )
    staff = Staff(rotas={"primary": turns}, people=("ines", "omar"))
    pages = [
        happen(
            [replace(found(0), at=NOON + timedelta(days=day))],
            brand_id=1,
            query_id=2,
            rulings={NEGATIVE_VOLUME: Ruling()},
            staff=staff,
            answering=Answering(hours=Hours()),
            until=NOON + timedelta(days=day, hours=1),
        )[0].pages[0]
        for day in range(2)
    ]
    assert [page.person for page in pages] == ["ines", "omar"]


def test_it_is_json_with_times_as_text() -> None:
    (one,) = course(found(0))
    told = one.to_json()
    assert told["opened_at"] == "2026-03-04T12:00:00+00:00"
    assert told["pages"][0]["person"] == "ines"
    assert told["alerts"][0]["decision"] == "open"


def test_what_a_rule_does_not_want_opens_nothing() -> None:
    assert course(found(0), rule=AlertRule("news only", platforms=("news",))) == ()
    assert course(found(0), rule=AlertRule("red", red_line=True)) == ()
    assert len(course(found(0), rule=AlertRule("red", red_line=True), touched=("fire",))) == 1


def test_a_rule_s_quiet_hours_move_the_page_to_the_morning() -> None:
    quiet = AlertRule("nights", quiet=Hours(time(22), time(7), days=(0, 1, 2, 3, 4, 5, 6)))
    at_midnight = found(12 * 60)
    (one,) = course(at_midnight, rule=quiet, until=36 * 60)
    assert [page.at for page in one.pages][:1] == [NOON + minutes(19 * 60)]


def test_a_rule_that_lowers_a_severity_pages_nobody() -> None:
    lower = AlertRule("calm", severities={Severity.SEV2: Severity.SEV3})
    (one,) = course(found(0), rule=lower)
    assert (one.severity, one.pages) == (Severity.SEV3, ())


def test_two_signals_of_a_query_are_one_incident_that_ends_with_the_last_of_them() -> None:
    (one,) = course(
        found(0),
        found(5, signal=SILENCE),
        found(60, "ended"),
        found(90, "ended", signal=SILENCE),
        until=100,
    )
    assert one.spike_ended_at == NOON + minutes(90)
    assert len(one.pages) == 1
    assert [finding.signal for _, finding, _ in one.findings] == [NEGATIVE_VOLUME, SILENCE, SILENCE]
