"""What pages cost, and what they bought."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from rules.backtest import Bill, Happened, Known, bill, compare
from rules.backtest.bill import is_real
from rules.incident import Verdict
from rules.oncall import Hours
from rules.severity import Severity
from tests.builders import NOON, minutes
from tests.rules.backtest.test_course import course, found

WEEKS = timedelta(days=14)


def cost(incidents: tuple[Happened, ...], *known: Known) -> Bill:
    return bill(incidents, known=known, hours=Hours(), since=NOON - WEEKS, until=NOON + WEEKS)


def a_known(minute: int = 0, *, real: bool | None = True, alerted: datetime | None = None) -> Known:
    at = NOON + minutes(minute)
    return Known(1, "Acme: fire", at, at + minutes(60), alerted_at=alerted, real=real)


def test_pages_are_counted_per_week_and_person_in_and_off_hours() -> None:
    told = cost(course(found(0), found(60, "ended"), found(1000), until=1100))
    assert (told.weeks, told.incidents, told.paging, told.pages) == (4, 2, 2, 3)
    assert told.pages_per_week == 0.75
    # At night the first page is answered only after the second.
    assert told.off_hours == 2
    assert told.per_person == {"ines": 3}


def test_what_people_judged_gives_the_precision() -> None:
    told = cost(
        course(found(0), found(60, "ended"), found(3000), until=3100),
        a_known(0),
        a_known(3000, real=False),
    )
    assert (told.judged, told.real, told.precision) == (2, 1, 0.5)


def test_without_verdicts_there_is_no_precision() -> None:
    assert cost(course(found(0))).precision is None


def test_a_known_incident_is_caught_so_many_minutes_earlier() -> None:
    told = cost(course(found(0)), a_known(-10, alerted=NOON + minutes(25)))
    (one,) = told.caught
    assert (one.minutes, one.paged_at) == (25, NOON)
    assert told.missed == ()


def test_one_that_opened_without_paging_is_missed_and_that_it_opened_is_told() -> None:
    (one,) = cost(course(found(0, severity=Severity.SEV3)), a_known()).missed
    assert (one.opened_at, one.paged_at) == (NOON, None)


def test_false_alarms_of_the_past_are_not_to_be_caught() -> None:
    told = cost((), a_known(real=False))
    assert (told.caught, told.missed) == ((), ())


def test_what_began_before_the_span_is_not_asked_for() -> None:
    assert cost((), a_known(-60 * 24 * 30)).missed == ()


def test_it_is_json() -> None:
    told = cost(course(found(0)), a_known()).to_json()
    assert told["caught"][0]["paged_at"] == NOON.isoformat()
    assert told["pages_per_week"] == 0.25


@pytest.mark.parametrize(
    ("verdict", "real"),
    [
        (Verdict.REAL, True),
        (Verdict.TOO_LATE, True),
        (Verdict.TOO_LOW, True),
        (Verdict.NOT_US, False),
        (Verdict.ALREADY_KNOWN, False),
        (Verdict.DUPLICATE, False),
    ],
)
def test_what_a_verdict_says_of_a_page(verdict: Verdict, real: bool) -> None:
    assert is_real(verdict) is real


def test_the_same_rules_differ_in_nothing() -> None:
    one = course(found(0), found(60, "ended"))
    assert not compare(one, old=one).changed


def test_what_only_one_of_two_rule_sets_finds_is_told() -> None:
    new = course(found(0), found(60, "ended"), found(3000), until=3100)
    old = course(found(5), found(60, "ended"))
    told = compare(new, old=old)
    assert [(a.opened_at, b.opened_at) for a, b in told.both] == [(NOON, NOON + minutes(5))]
    assert [one.opened_at for one in told.only_new] == [NOON + minutes(3000)]
    assert told.changed
    assert compare(old, old=new).only_old == told.only_new
