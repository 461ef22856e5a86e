"""What each signal finds, what it leaves alone, and what it says."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import pytest

from rules.severity import Severity
from rules.trend import (
    SETTINGS,
    SIGNALS,
    DetectorSettings,
    DetectorState,
    Finding,
    MainStory,
    Point,
    Series,
    observe,
    with_story,
)
from tests.builders import NOON, minutes

DAYS = timedelta(days=16)
DEFAULTS = DetectorSettings()


def usual(*, every: int = 6, until: datetime = NOON, bad_in: int = 5) -> list[Point]:
    """A mention every few minutes on three platforms, one of ``bad_in`` negative, each negative
    one seen by a thousand people."""
    told = []
    for n in range(int((until - NOON + DAYS) / minutes(every))):
        bad = int(n % bad_in == 0)
        at = until - minutes(every * (n + 1))
        told.append(Point(at, 1, bad, 1000 * bad, ("a", "b", "c")[n % 3], 100 * bad))
    return told


def burst(
    mentions: int, bad: int, *, reach: int = 1000, weight: int = 100, at: datetime = NOON
) -> list[Point]:
    """In the half hour before ``at``, all of it on one platform."""
    told = []
    for n in range(max(mentions, bad)):
        negative = int(n < bad)
        told.append(
            Point(at - minutes(n % 30 + 1), 1, negative, reach * negative, "a", weight * negative)
        )
    return told


def look(signal: str, points: Iterable[Point], *, now: datetime = NOON) -> Finding | None:
    series = Series.build(points, since=NOON - DAYS)
    return observe(DetectorState(), series, now=now, settings=SETTINGS[signal])[1]


def first(signal: str, points: Iterable[Point], *, now: datetime = NOON) -> str:
    found = look(signal, points, now=now)
    assert found is not None
    assert found.signal == signal
    return found.reasons[0]


def test_every_signal_has_settings_and_words() -> None:
    assert list(SETTINGS) == list(SIGNALS)
    for name, settings in SETTINGS.items():
        assert settings.signal == name
        assert settings.what.headline
        assert settings.history_days == DEFAULTS.history_days


def test_more_talk_of_any_tone() -> None:
    points = [*usual(), *burst(90, 0)]
    assert (
        first("total_volume", points) == "100 mentions in 60 min where 0–20 are usual at this hour"
    )
    assert look("negative_volume", points) is None
    assert look("total_volume", usual()) is None


def test_a_share_that_rises_without_more_talk() -> None:
    turned = [
        Point(one.minute, 1, int(n % 10 < 9), 0, one.platform)
        if one.minute >= NOON - minutes(180)
        else one
        for n, one in enumerate(usual())
    ]
    found = look("negative_share", turned)
    assert found is not None
    assert found.reasons[0] == "90% of 30 mentions negative in 3 h where 0%–44% are usual"
    assert found.severity is Severity.SEV3
    assert look("negative_share", usual()) is None


def test_few_negative_posts_that_many_could_see() -> None:
    points = [*usual(), *burst(9, 9, reach=400_000)]
    assert first("negative_reach", points) == (
        "3,602,000 people who could have seen what is negative in 60 min where "
        "0–7,196 are usual at this hour"
    )
    found = look("negative_reach", points)
    assert found is not None
    assert found.reasons[1] == "from 11 negative mentions, where one adds 1,000 on average"
    assert found.severity.pages
    one_giant = [*usual(), *burst(1, 1, reach=4_000_000)]
    alone = look("negative_reach", one_giant)
    assert alone is None or not alone.severity.pages


def test_a_campaign_of_copies_weighs_little_and_people_weigh_all() -> None:
    copies = [*usual(), *burst(80, 80, weight=5)]
    assert look("negative_volume", copies) is not None
    assert look("organic_volume", copies) is None
    told = first("organic_volume", [*usual(), *burst(80, 80)])
    assert told.startswith("82 negative, copies by young accounts weighed down, in 60 min where")


def test_nothing_where_something_is_usual_is_silence_and_a_quiet_brand_is_not() -> None:
    until = NOON - minutes(180)
    assert first("silence", [*usual(until=until, every=5)]) == (
        "0 mentions in 3 h where 36–54 are usual at this hour"
    )
    found = look("silence", [*usual(until=until, every=5)])
    assert found is not None
    assert found.reasons[1] == "the last mention was 3 h 5 min before, and no source was blind"
    assert look("silence", usual(until=until, every=400)) is None
    assert look("silence", usual(every=5)) is None


def test_silence_in_a_blind_spot_is_none() -> None:
    gap = (NOON - minutes(200), NOON)
    series = Series.build(usual(until=gap[0], every=5), since=NOON - DAYS, gaps=[gap])
    settings = SETTINGS["silence"]
    assert observe(DetectorState(), series, now=NOON, settings=settings)[1] is None


def test_silence_ends_when_people_speak_again_though_long_windows_still_hold_it() -> None:
    dark = (NOON - minutes(400), NOON)
    series = Series.build(
        [p for p in usual(every=2, until=NOON + DAYS) if not dark[0] <= p.minute < dark[1]],
        since=NOON - DAYS,
    )
    state, found = DetectorState(), list[tuple[int, str]]()
    for minute in range(-300, 300, 10):
        now = NOON + minutes(minute)
        state, one = observe(state, series, now=now, settings=SETTINGS["silence"])
        if one is not None:
            found.append((minute, one.kind))
    assert [kind for _, kind in found if kind != "grew"] == ["started", "ended"]
    assert found[-1][0] <= 120


def test_what_happens_every_other_day_is_no_spike_whatever_the_hour() -> None:
    bursts = [
        point
        for day in range(1, 14)
        if day % 2
        for point in burst(80, 80, at=NOON - timedelta(days=day, hours=(day * 5) % 24))
    ]
    today = burst(70, 70)
    assert look("negative_volume", [*usual(), *today]) is not None
    assert look("negative_volume", [*usual(), *bursts, *today]) is None
    assert look("negative_volume", [*usual(), *bursts, *burst(100, 100)]) is not None


@pytest.mark.parametrize("wanted_from", [3, 20])
def test_what_was_not_wanted_is_asked_about_at_every_look_and_told_once(wanted_from: int) -> None:
    fire = [Point(NOON + minutes(n), 4, 4, 0, "a") for n in range(60)]
    series = Series.build([*usual(), *fire], since=NOON - DAYS)
    state, told, refused = DetectorState(), list[Finding](), list[Finding]()
    for minute in range(1, 60):
        now = NOON + minutes(minute)

        def wanted(finding: Finding) -> bool:
            return finding.window_end >= NOON + minutes(wanted_from)

        state, found = observe(state, series, now=now, wanted=wanted)
        if found is not None:
            (told if wanted(found) else refused).append(found)
    assert [one.kind for one in told] == ["started"] + ["grew"] * (len(told) - 1)
    severities = [one.severity for one in told]
    assert severities == sorted(set(severities), reverse=True)
    # Each severity that was refused is given once, not minute by minute.
    assert len({one.severity for one in refused}) == len(refused)
    if wanted_from == 20:
        assert refused
        assert told[0].window_end == NOON + minutes(20)


def test_nobody_is_told_that_what_nobody_wanted_is_over() -> None:
    fire = [Point(NOON + minutes(n), 4, 4, 0, "a") for n in range(30)]
    series = Series.build([*usual(), *fire], since=NOON - DAYS)
    state, found = DetectorState(), list[Finding]()
    for minute in range(1, 400):
        now = NOON + minutes(minute)
        state, one = observe(state, series, now=now, wanted=lambda finding: False)
        found += [one] if one is not None else []
    assert found
    assert {one.kind for one in found} == {"started"}
    assert state == DetectorState()


@pytest.mark.parametrize(
    ("mentions", "of", "told"),
    [(31, 50, "62% of 50 negative mentions tell one story"), (2, 3, None), (9, 50, None)],
)
def test_that_most_of_it_is_one_story_is_a_reason(mentions: int, of: int, told: str | None) -> None:
    found = look("negative_volume", [*usual(), *burst(60, 60)])
    assert found is not None
    reasons = with_story(found, MainStory(mentions, of)).reasons
    assert reasons == (found.reasons if told is None else (*found.reasons, told))
