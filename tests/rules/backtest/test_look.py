"""Findings over history are those of looking every minute."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from rules.backtest import Look, findings
from rules.trend import DetectorSettings, DetectorState, Finding, Point, Series, observe
from tests.builders import NOON, minutes

DAYS = timedelta(days=10)
DEFAULTS = DetectorSettings()


def look(points: list[Point]) -> Look:
    series = Series.build(points, since=NOON - DAYS)
    return Look(brand_id=1, query_id=1, name="acme", series=series, settings=DEFAULTS)


def every_minute(one: Look, *, length: int) -> list[tuple[object, Finding]]:
    state = DetectorState()
    out: list[tuple[object, Finding]] = []
    for n in range(length):
        state, finding = observe(state, one.series, now=NOON + minutes(n), settings=one.settings)
        if finding is not None:
            out.append((NOON + minutes(n), finding))
    return out


@settings(max_examples=12)
@given(st.lists(st.tuples(st.integers(0, 400), st.integers(1, 8), st.integers(0, 8)), max_size=40))
def test_skipping_what_cannot_start_changes_nothing(
    counted: list[tuple[int, int, int]],
) -> None:
    points = [
        Point(NOON + minutes(at), mentions + negative, negative, 0, "mastodon")
        for at, mentions, negative in counted
    ]
    points += [Point(NOON - minutes(30 * n), 1, int(n % 4 == 0), 0, "mastodon") for n in range(400)]
    one = look(points)
    found = findings(one, since=NOON, until=NOON + minutes(500))
    assert [(each.at, each.finding) for each in found] == every_minute(one, length=500)


def test_a_quiet_history_has_none() -> None:
    assert list(findings(look([]), since=NOON, until=NOON + timedelta(days=90))) == []


def test_the_last_minute_is_not_looked_at_any_more() -> None:
    fire = [Point(NOON + minutes(n), 9, 9, 0, "mastodon") for n in range(30)]
    quiet = [Point(NOON - minutes(60 * n), 1, 0, 0, "mastodon") for n in range(200)]
    first = next(findings(look(fire + quiet), since=NOON, until=NOON + minutes(60)))
    assert list(findings(look(fire + quiet), since=NOON, until=first.at)) == []
