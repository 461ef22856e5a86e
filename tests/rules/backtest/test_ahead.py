"""What is left out is what the detector would have passed over, over weeks of history."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from rules.backtest import Look, findings
from rules.trend import (
    SETTINGS,
    SIGNALS,
    DetectorSettings,
    DetectorState,
    Finding,
    Point,
    Series,
    observe,
)
from tests.builders import NOON, minutes

DEFAULTS = DetectorSettings()
BEGAN = NOON - timedelta(days=20)
EAGER = DEFAULTS.changed(
    ladder=tuple(replace(rung, surprise=rung.surprise / 2) for rung in DEFAULTS.ladder)
)


def busy(seed: int, *, rate: float, days: int = 3) -> list[Point]:
    """Weeks of posts with a daily rhythm and a few fires from NOON on."""
    dice = random.Random(seed)
    points = []
    for number in range((20 + days) * 1440):
        at = BEGAN + minutes(number)
        usual = rate * (0.3 if at.hour < 8 else 1.0)
        hot = at >= NOON and number % 1100 < 45
        bad = sum(dice.random() < usual / 8 for _ in range(8)) * (6 if hot else 1)
        if bad or dice.random() < rate:
            platform, weight = dice.choice(("a", "b", "c")), 100 * bad + dice.randrange(60)
            points.append(Point(at, bad + dice.randrange(3), bad, 1000 * bad, platform, weight))
    return points


def every_minute(series: Series, settings: DetectorSettings, *, days: int) -> list[object]:
    state, out = DetectorState(), list[tuple[object, Finding]]()
    for number in range(days * 1440):
        now = NOON + minutes(number)
        state, finding = observe(state, series, now=now, settings=settings)
        if finding is not None:
            out.append((now, finding))
    return list(out)


@pytest.mark.parametrize("settings", [DEFAULTS, EAGER], ids=["default", "eager"])
@pytest.mark.parametrize("rate", [0.01, 0.15])
def test_a_busy_history_gives_what_looking_every_minute_gives(
    rate: float, settings: DetectorSettings
) -> None:
    gaps = [(NOON - timedelta(days=4, hours=1), NOON - timedelta(days=4))]
    gaps.append((NOON + minutes(1200), NOON + minutes(1290)))
    series = Series.build(busy(int(rate * 100), rate=rate), since=BEGAN, gaps=gaps)
    one = Look(brand_id=1, query_id=1, name="acme", series=series, settings=settings)
    found = findings(one, since=NOON, until=NOON + timedelta(days=3))
    told = [(each.at, each.finding) for each in found]
    assert told == every_minute(series, settings, days=3)
    assert told


def test_a_platform_of_a_new_source_is_looked_at_minute_by_minute() -> None:
    points = busy(3, rate=0.1)
    late = {"c": NOON + minutes(300)}
    points = [one for one in points if one.platform != "c" or one.minute >= late["c"]]
    series = Series.build(points, since=BEGAN, platform_since=late)
    one = Look(brand_id=1, query_id=1, name="acme", series=series, settings=DEFAULTS)
    found = list(findings(one, since=NOON, until=NOON + timedelta(days=1)))
    before = Series.build([p for p in points if p.platform != "c"], since=BEGAN)
    early = every_minute(before, DEFAULTS, days=1)
    end = late["c"]
    assert [(f.at, f.finding) for f in found if f.at <= end] == [
        each
        for each in early
        if each[0] <= end  # type: ignore[index]
    ]


def with_a_silence_and_a_fire(points: list[Point]) -> list[Point]:
    """Nothing is heard from the second hour on for seven hours, and much an hour later."""
    dark = (NOON + minutes(120), NOON + minutes(540))
    fire = [Point(NOON + minutes(600 + n), 5, 5, 9_000, "a", 2_500) for n in range(40)]
    return [*fire, *(one for one in points if not dark[0] <= one.minute < dark[1])]


@pytest.mark.parametrize("signal", [name for name in SIGNALS if name != DEFAULTS.signal])
def test_of_no_signal_a_finding_is_passed_over(signal: str) -> None:
    settings = SETTINGS[signal]
    points = busy(11, rate=0.3, days=1)
    series = Series.build(with_a_silence_and_a_fire(points), since=BEGAN)
    one = Look(brand_id=1, query_id=1, name="acme", series=series, settings=settings)
    found = findings(one, since=NOON, until=NOON + timedelta(days=1))
    told = [(each.at, each.finding) for each in found]
    assert told == every_minute(series, settings, days=1)
    assert told


def test_what_was_not_wanted_is_asked_about_in_every_minute() -> None:
    series = Series.build(with_a_silence_and_a_fire(busy(15, rate=0.15, days=1)), since=BEGAN)
    late = NOON + minutes(635)
    one = Look(
        brand_id=1,
        query_id=1,
        name="acme",
        series=series,
        settings=DEFAULTS,
        wanted=lambda finding: finding.window_end >= late,
    )
    found = list(findings(one, since=NOON, until=NOON + timedelta(hours=12)))
    *refused, told = [each for each in found if each.at <= late]
    assert refused
    assert told.at == late
    assert told.finding.kind == "started"
