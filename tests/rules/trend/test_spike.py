"""What starts a spike, what makes it worse, what ends it, and what is none."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.severity import Severity
from rules.trend import (
    DetectorSettings,
    DetectorState,
    Finding,
    Point,
    Series,
    expected_band,
    observe,
)
from tests.builders import NOON, minutes

DAYS = timedelta(days=14)
FIRE = {"mastodon": 2, "reddit": 1, "news": 1}
"""Negative mentions a minute, on three platforms."""


def usual(
    *, until: datetime, length: timedelta = DAYS, every: int = 10, platform: str = "mastodon"
) -> list[Point]:
    """A mention every ``every`` minutes, one in five of them negative."""
    count = int(length / minutes(every))
    return [
        Point(until - minutes(every * (n + 1)), 1, int(n % 5 == 0), 50 * int(n % 5 == 0), platform)
        for n in range(count)
    ]


def fire(*, start: datetime, length: int, rates: Mapping[str, int] = FIRE) -> list[Point]:
    """Negative mentions every minute for ``length`` minutes."""
    return [
        Point(start + minutes(n), rate, rate, 100 * rate, name)
        for n in range(length)
        for name, rate in rates.items()
    ]


def a_series(points: Iterable[Point], **changes: object) -> Series:
    facts: dict[str, object] = {"since": NOON - DAYS, **changes}
    return Series.build(points, **facts)  # type: ignore[arg-type]


def watch(
    series: Series, *, start: datetime, length: int, state: DetectorState | None = None
) -> list[tuple[datetime, Finding]]:
    """Everything found when looking once a minute."""
    state = state or DetectorState()
    found = []
    for n in range(length):
        state, finding = observe(state, series, now=start + minutes(n))
        if finding is not None:
            found.append((start + minutes(n), finding))
    return found


def test_a_firestorm_starts_one_spike_and_tells_why_in_numbers() -> None:
    series = a_series([*usual(until=NOON), *fire(start=NOON, length=20)])
    found = watch(series, start=NOON, length=21)
    assert found[0][1].kind == "started"
    assert [one.kind for _, one in found[1:]] == ["grew"] * (len(found) - 1)
    last = found[-1][1]
    assert last.severity is Severity.SEV1
    assert last.platforms == ("mastodon", "news", "reddit")
    assert last.reasons[0].startswith(f"{last.observed} negative in 3 h where 0–")
    assert found[0][1].reasons[0].startswith(f"{found[0][1].observed} negative in 60 min where")
    assert "usual at this hour" in last.reasons[0]
    assert last.reasons[1].endswith("usually 20%")
    assert last.reasons[2] == "on 3 platforms (mastodon, news, reddit)"


def test_a_firestorm_pages_within_ten_minutes() -> None:
    series = a_series([*usual(until=NOON), *fire(start=NOON, length=20)])
    paging = [at for at, one in watch(series, start=NOON, length=21) if one.severity.pages]
    assert paging[0] - NOON <= minutes(10)


def test_usual_talk_is_no_spike() -> None:
    series = a_series(usual(until=NOON + timedelta(hours=6), length=DAYS + timedelta(hours=6)))
    assert watch(series, start=NOON, length=360) == []


def test_the_daily_rush_is_no_spike() -> None:
    rush = [
        point
        for day in range(15)
        for point in fire(start=NOON - timedelta(days=day), length=60, rates={"mastodon": 1})
    ]
    series = a_series([*usual(until=NOON), *rush])
    assert watch(series, start=NOON, length=120) == []


def test_a_few_angry_posts_never_page_however_unusual() -> None:
    series = a_series(
        [*usual(until=NOON, every=300), *fire(start=NOON, length=3, rates={"mastodon": 6})]
    )
    found = watch(series, start=NOON, length=30)
    assert found
    assert not any(one.severity.pages for _, one in found)


def test_more_talk_of_the_usual_tone_on_one_platform_does_not_page() -> None:
    busy = [
        Point(NOON + minutes(n), 5, 1, 0, "mastodon") for n in range(60)
    ]  # one in five negative, as ever
    found = watch(a_series([*usual(until=NOON), *busy]), start=NOON, length=70)
    assert found
    assert not any(one.severity.pages for _, one in found)


def test_a_spike_that_stays_as_bad_is_told_once() -> None:
    series = a_series([*usual(until=NOON), *fire(start=NOON, length=240)])
    found = watch(series, start=NOON, length=240)
    severities = [one.severity for _, one in found]
    assert severities == sorted(set(severities), reverse=True)
    assert found[-1][0] < NOON + minutes(60)


def test_a_spike_ends_once_it_was_back_in_the_band_for_a_while() -> None:
    after = usual(until=NOON + timedelta(hours=12), length=timedelta(hours=11))
    series = a_series([*usual(until=NOON), *fire(start=NOON, length=60), *after])
    found = watch(series, start=NOON, length=12 * 60)
    assert [one.kind for _, one in found].count("ended") == 1
    ended_at, ended = found[-1]
    assert ended.kind == "ended"
    # The last three-hour window that holds the fire, and an hour of calm after it.
    assert timedelta(hours=3) < ended_at - NOON < timedelta(hours=5, minutes=30)
    assert ended.reasons[0] == "back to what is usual for 60 min"


def test_a_blind_spot_is_not_calm_and_does_not_end_a_spike() -> None:
    series = a_series(
        [*usual(until=NOON), *fire(start=NOON, length=60)],
        gaps=[(NOON + minutes(60), NOON + timedelta(hours=12))],
    )
    found = watch(series, start=NOON, length=12 * 60)
    assert "ended" not in [one.kind for _, one in found]


def test_a_blind_spot_is_not_counted_as_zero_in_what_is_usual() -> None:
    busy = usual(until=NOON + minutes(90), length=DAYS, every=1)
    gaps = [
        (NOON - timedelta(days=day, hours=4), NOON - timedelta(days=day) + timedelta(hours=4))
        for day in range(1, 10)
    ]
    blind = [p for p in busy if not any(a <= p.minute < b for a, b in gaps)]
    band = expected_band(a_series(blind, gaps=gaps), start=NOON, end=NOON + minutes(60))
    assert band[0][2] == pytest.approx(12, abs=2)
    without = expected_band(a_series(blind), start=NOON, end=NOON + minutes(60))
    assert without[0][2] < 3


def test_it_is_usable_after_the_first_hour_with_a_wide_band() -> None:
    began = NOON - minutes(80)
    points = [*usual(until=NOON, length=minutes(80), every=2), *fire(start=NOON, length=70)]
    series = a_series(points, since=began)
    found = watch(series, start=began, length=150)
    assert found
    assert any("of history" in reason for reason in found[0][1].reasons)
    old = a_series([*usual(until=NOON, every=2), *fire(start=NOON, length=70)], since=NOON - DAYS)
    assert watch(old, start=NOON, length=40)[0][0] < found[0][0]


def test_the_first_posts_of_a_new_query_are_a_cold_start_not_a_crisis() -> None:
    strays = [Point(NOON - timedelta(days=day), 1, 0, 0, "twitter") for day in (1, 2, 3)]
    flood = [Point(NOON + minutes(n), 2, 1, 0, "twitter") for n in range(24 * 60)]
    series = a_series([*strays, *flood], since=NOON - timedelta(days=3))
    found = watch(series, start=NOON, length=24 * 60)
    assert [one.severity for _, one in found if one.kind != "ended"][-1:] == [Severity.SEV3]
    assert "the posts may only begin now" in " ".join(found[0][1].reasons)
    assert not any(one.severity.pages for _, one in found)


def test_a_quiet_young_query_whose_tone_turns_can_page() -> None:
    quiet = [
        Point(NOON - timedelta(minutes=30 * n), 1, int(n % 10 == 0), 0, "twitter")
        for n in range(1, 4 * 48)
    ]
    began = NOON - timedelta(days=4)
    turned = [Point(NOON + minutes(n), 4, 4, 0, "twitter") for n in range(30)]
    assert any(
        one.severity.pages
        for _, one in watch(a_series([*quiet, *turned], since=began), start=NOON, length=31)
    )
    same_tone = [Point(NOON + minutes(n), 12, 4, 0, "twitter") for n in range(30)]
    found = watch(a_series([*quiet, *same_tone], since=began), start=NOON, length=31)
    assert found
    assert not any(one.severity.pages for _, one in found)


def test_silence_that_was_listened_to_for_weeks_is_a_baseline() -> None:
    series = a_series(fire(start=NOON, length=30), since=NOON - DAYS)
    assert any(one.severity.pages for _, one in watch(series, start=NOON, length=31))


def test_a_new_source_on_a_new_platform_is_not_a_spike() -> None:
    loud = usual(until=NOON + timedelta(hours=3), length=timedelta(hours=4), every=1, platform="x")
    points = [*usual(until=NOON + timedelta(hours=3), length=DAYS), *loud]
    began = {"x": NOON - timedelta(hours=1)}
    assert watch(a_series(points, platform_since=began), start=NOON, length=180) == []
    assert watch(a_series(points), start=NOON, length=180) != []


def test_a_fire_on_known_platforms_is_seen_beside_a_new_one() -> None:
    loud = usual(until=NOON + minutes(30), length=timedelta(hours=2), every=1, platform="x")
    points = [*usual(until=NOON), *loud, *fire(start=NOON, length=30)]
    series = a_series(points, platform_since={"x": NOON - timedelta(hours=2)})
    found = watch(series, start=NOON, length=31)
    assert found[-1][1].severity.pages
    assert found[-1][1].reasons[-1] == "not counted, heard too short a time: x"


def test_what_is_still_running_when_first_heard_of_is_found() -> None:
    series = a_series([*usual(until=NOON), *fire(start=NOON, length=20)])
    _, finding = observe(DetectorState(), series, now=NOON + minutes(20))
    assert finding is not None
    assert finding.kind == "started"


def test_what_was_over_long_ago_is_never_found() -> None:
    then = NOON - timedelta(days=2)
    series = a_series([*usual(until=NOON), *fire(start=then, length=60)])
    assert observe(DetectorState(), series, now=NOON) == (DetectorState(), None)


def test_the_same_facts_and_moments_give_the_same_bytes() -> None:
    points = [*usual(until=NOON), *fire(start=NOON, length=45)]
    tellings = [
        json.dumps(
            [one.to_json() for _, one in watch(a_series(order), start=NOON, length=60)],
            sort_keys=True,
        )
        for order in (points, points[::-1])
    ]
    assert tellings[0] == tellings[1] != "[]"


def test_a_finding_and_a_state_survive_json() -> None:
    series = a_series([*usual(until=NOON), *fire(start=NOON, length=20)])
    state, finding = observe(DetectorState(), series, now=NOON + minutes(20))
    assert finding is not None
    assert Finding.from_json(json.loads(json.dumps(finding.to_json()))) == finding
    assert DetectorState.from_json(json.loads(json.dumps(state.to_json()))) == state
    assert state.active


def test_the_band_of_the_hours_is_around_what_is_usual() -> None:
    series = a_series(usual(until=NOON + timedelta(hours=5), every=2))
    band = expected_band(series, start=NOON, end=NOON + timedelta(hours=5))
    assert [hour for hour, *_ in band] == [NOON + timedelta(hours=n) for n in range(5)]
    for _, low, expected, high in band:
        assert 0 <= low < expected < high
        assert expected == pytest.approx(6, abs=1)


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(st.integers(-4000, 400), st.integers(1, 9), st.sampled_from(["a", "b"])),
        max_size=80,
    ),
    st.integers(0, 240),
    st.sampled_from([0, 30]),
)
def test_nothing_at_or_after_now_is_read(
    extra: list[tuple[int, int, str]], at: int, seconds: int
) -> None:
    """What the whole series says of a moment, the series cut off there says as well."""
    now = NOON + minutes(at) + timedelta(seconds=seconds)
    points = [
        *usual(until=NOON),
        *(Point(NOON + minutes(n), count, count, 0, name) for n, count, name in extra),
    ]
    gap = (NOON + minutes(at - 400), NOON + minutes(at + 400))
    for gaps in ([], [gap]):
        whole = a_series(points, gaps=gaps)
        cut = a_series(
            [p for p in points if p.minute < now.replace(second=0)],
            gaps=[(start, min(end, now)) for start, end in gaps],
        )
        for state in (DetectorState(), DetectorState(started=1, severity=4)):
            assert observe(state, whole, now=now) == observe(state, cut, now=now)


@settings(max_examples=25)
@given(st.lists(st.tuples(st.integers(0, 200), st.integers(1, 5)), max_size=30))
def test_looking_less_often_than_every_minute_misses_only_time(
    extra: list[tuple[int, int]],
) -> None:
    """A quiet detector's state does not depend on how often it has looked before."""
    series = a_series([Point(NOON + minutes(n), c, c, 0, "a") for n, c in extra])
    state = DetectorState()
    for n in range(0, 240, 7):
        after, finding = observe(state, series, now=NOON + minutes(n))
        fresh = observe(DetectorState(), series, now=NOON + minutes(n))
        if not state.active:
            assert (after, finding) == fresh
        state = after


def test_the_ladder_goes_from_worst_to_least() -> None:
    ladder = DetectorSettings().ladder
    assert [rung.severity for rung in ladder] == sorted(Severity)
    for worse, better in itertools.pairwise(ladder):
        assert worse.surprise >= better.surprise
        assert worse.least >= better.least
        assert worse.evidence >= better.evidence
