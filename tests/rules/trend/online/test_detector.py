"""What the detector makes of whole series."""

from __future__ import annotations

import json

import numpy as np
import pytest
from numpy.typing import NDArray

from rules.trend.online import (
    DEFAULT,
    ENDED,
    GREW,
    HIGH,
    LOW,
    SAID,
    SCORE,
    STARTED,
    CountsDetector,
    scaled,
)
from tests.rules.trend.online.counted import DAY, START, at, rhythm, times

Series = tuple[NDArray[np.float64], NDArray[np.float64]]


def findings(when: NDArray[np.float64], counts: NDArray[np.float64]) -> list[tuple[int, float]]:
    """(kind, days since the start), in order."""
    said = CountsDetector().judge(when, counts)[:, SAID]
    return [(int(said[row]), (when[row] - when[0]) / DAY) for row in np.flatnonzero(said)]


@pytest.fixture
def fortnight() -> Series:
    """Two weeks of 20 mentions in five minutes and a burst of an hour at noon of the 11th day."""
    when = times(14)
    counts = rhythm(when, mean=20)
    counts[at(when, day=10.5, hours=1)] += 400
    return when, counts


def test_a_burst_is_one_finding_and_its_end_is_another(fortnight: Series) -> None:
    started, ended = findings(*fortnight)
    assert started[0] == STARTED
    assert 10.5 <= started[1] < 10.51
    assert ended[0] == ENDED
    assert 11 < ended[1] < 11.1


def test_what_grows_threefold_is_told_again_and_what_only_lasts_is_not() -> None:
    when = times(14)
    counts = rhythm(when, mean=20)
    counts[at(when, day=10.5, hours=6)] += 300
    counts[at(when, day=10.65, hours=1)] += 3000
    assert [kind for kind, _ in findings(when, counts)] == [STARTED, GREW, ENDED]


@pytest.mark.parametrize("mean", [0.02, 0.5, 20, 50_000])
def test_the_days_rhythm_is_no_spike_from_nearly_nothing_to_ten_thousand_a_minute(
    mean: float,
) -> None:
    when = times(28)
    assert findings(when, rhythm(when, mean=mean)) == []


@pytest.mark.parametrize(("mean", "burst"), [(0.02, 12), (0.5, 25), (50_000, 150_000)])
def test_a_burst_is_found_at_every_size(mean: float, burst: float) -> None:
    when = times(14)
    counts = rhythm(when, mean=mean)
    counts[at(when, day=10.5, hours=1)] += burst
    kinds = findings(when, counts)
    assert kinds[0][0] == STARTED
    assert 10.5 <= kinds[0][1] < 10.55


@pytest.mark.parametrize("cut", [1, 200, 3_000, 3_030, 3_031, 3_500])
def test_what_is_said_of_a_row_depends_on_no_later_one(fortnight: Series, cut: int) -> None:
    when, counts = fortnight
    whole = CountsDetector().judge(when, counts)[:cut]
    np.testing.assert_array_equal(CountsDetector().judge(when[:cut], counts[:cut]), whole)


def test_pieces_kept_as_json_in_between_say_the_same_as_the_whole(fortnight: Series) -> None:
    when, counts = fortnight
    whole = CountsDetector().judge(when, counts)
    detector = CountsDetector()
    parts = []
    for piece in np.array_split(np.arange(when.size), 23):
        parts.append(detector.judge(when[piece], counts[piece]))
        remembered = json.loads(json.dumps(detector.to_json()))
        detector = CountsDetector(remembered=remembered)
    np.testing.assert_array_equal(np.concatenate(parts), whole)


def test_memory_does_not_grow(fortnight: Series) -> None:
    detector = CountsDetector()
    before = detector.size
    detector.judge(*fortnight)
    assert detector.size == before < 10_000


def test_a_blind_spot_is_no_silence_and_no_spike_after_it() -> None:
    when = times(14)
    counts = rhythm(when, mean=20)
    heard = ~at(when, day=9.3, hours=100)
    assert findings(when[heard], counts[heard]) == []
    blind = CountsDetector().judge(when[heard], counts[heard])[-1]
    silent = CountsDetector().judge(when, counts * heard)[-1]
    seen = CountsDetector().judge(when, counts)[-1]
    assert blind[HIGH] == pytest.approx(seen[HIGH], rel=0.2)
    assert silent[HIGH] < 0.6 * seen[HIGH]


def test_a_spike_in_the_first_rows_after_a_blind_spot_is_found() -> None:
    when = times(14)
    counts = rhythm(when, mean=20)
    counts[at(when, day=10.5, hours=1)] += 400
    heard = ~at(when, day=10.2, hours=0.3 * 24)
    kind, day = findings(when[heard], counts[heard])[0]
    assert kind == STARTED
    assert 10.5 <= day < 10.53


def test_bursts_that_come_every_day_become_usual() -> None:
    when = times(28)
    counts = rhythm(when, mean=5)
    hours = np.random.default_rng(3).integers(0, 22, 28)
    for day in range(4, 28):
        counts[at(when, day=day + hours[day] / 24, hours=0.5)] += 200
    started = [day for kind, day in findings(when, counts) if kind != ENDED]
    assert started[0] < 5
    assert len([day for day in started if day > 14]) <= 4


def test_a_burst_that_returns_after_two_calm_weeks_is_news() -> None:
    when = times(28)
    counts = rhythm(when, mean=5)
    for day in (4, 5, 6, 7, 8, 24):
        counts[at(when, day=day + 0.5, hours=0.5)] += 200
    started = [day for kind, day in findings(when, counts) if kind != ENDED]
    assert started[0] < 4.6
    assert 24.5 <= started[-1] < 24.6


def test_a_new_level_is_told_once_and_is_usual_a_week_later() -> None:
    when = times(28)
    counts = rhythm(when, mean=20)
    later = when >= when[0] + 14 * DAY
    counts[later] = rhythm(when, mean=100, seed=2)[later]
    kinds = [kind for kind, _ in findings(when, counts)]
    assert kinds == [STARTED, ENDED]
    last = CountsDetector().judge(when, counts)[-1]
    assert last[LOW] < 100 * (1 - 0.8 * 0.5) < last[HIGH]


def test_yesterdays_spike_does_not_widen_todays_band(fortnight: Series) -> None:
    when, counts = fortnight
    burst = CountsDetector().judge(when, counts)
    calm = CountsDetector().judge(when, rhythm(when, mean=20))
    day_after = at(when, day=11.5, hours=1)
    assert burst[day_after, HIGH].mean() == pytest.approx(calm[day_after, HIGH].mean(), rel=0.15)


def test_a_band_is_known_from_the_second_hour_on_and_wide_at_first() -> None:
    when = times(14)
    counts = rhythm(when, mean=20, swing=0)
    said = CountsDetector().judge(when, counts)
    known = ~np.isnan(said[:, LOW])
    assert not known[:6].any()
    assert known[24:].all()
    width = said[:, HIGH] - said[:, LOW]
    assert width[24] > 1.5 * width[-1]
    held = (counts >= said[:, LOW]) & (counts <= said[:, HIGH])
    assert held[known].mean() > 0.98


@pytest.mark.parametrize("every", [30, 60, 300, 3_600])
def test_the_distance_of_rows_does_not_matter(every: int) -> None:
    when = times(12, every=every)
    counts = rhythm(when, mean=20 * every / 300)
    counts[at(when, day=10.5, hours=1)] += 400 * every / 300
    started, *_ = findings(when, counts)
    assert started[0] == STARTED
    assert 10.5 <= started[1] < 10.55


def test_rows_a_few_seconds_off_are_no_gaps() -> None:
    when = times(14)
    counts = rhythm(when, mean=20)
    off = np.random.default_rng(5).uniform(-60, 60, when.size)
    straight = CountsDetector().judge(when, counts)
    crooked = CountsDetector().judge(when + off, counts)
    later = when > when[0] + 4 * DAY
    assert np.abs(crooked[later, HIGH] / straight[later, HIGH] - 1).mean() < 0.1
    assert findings(when + off, counts) == []


def test_fewer_false_alarms_a_week_mean_a_higher_bar(fortnight: Series) -> None:
    when, counts = fortnight
    before = at(when, day=0, hours=10.5 * 24)
    scores = [
        CountsDetector(scaled(DEFAULT, per_week=rate)).judge(when[before], counts[before])
        for rate in (0.05, 0.36, 2.0)
    ]
    high = [said[:, SCORE].max() for said in scores]
    assert high[0] < high[1] < high[2]


def test_a_score_of_a_half_is_an_alarm_and_nothing_else_is(fortnight: Series) -> None:
    said = CountsDetector().judge(*fortnight)
    raised = (said[:, SAID] == STARTED) | (said[:, SAID] == GREW)
    np.testing.assert_array_equal(said[:, SCORE] >= 0.5, raised)
    assert said[:, SCORE].min() >= 0
    assert said[:, SCORE].max() <= 1


@pytest.mark.parametrize(
    ("when", "counts"),
    [
        ([START, START - 1], [1, 1]),
        ([START, START + 300], [1, -1]),
        ([START, START + 300], [1, float("nan")]),
        ([START, float("inf")], [1, 1]),
        ([START], [1, 1]),
    ],
)
def test_what_is_no_series_is_refused(when: list[float], counts: list[float]) -> None:
    with pytest.raises(ValueError, match="times"):
        CountsDetector().judge(when, counts)


def test_rows_before_those_already_judged_are_refused() -> None:
    detector = CountsDetector()
    detector.judge([START], [1])
    with pytest.raises(ValueError, match="back"):
        detector.judge([START - 300], [1])


def test_the_reason_has_the_numbers_in_it(fortnight: Series) -> None:
    detector = CountsDetector()
    said = detector.judge(*fortnight)
    reasons = [reason for row in said.tolist() if (reason := detector.reason(row))]
    assert len(reasons) == 2
    assert " where " in reasons[0]
    assert "are usual at this hour" in reasons[0]
    assert reasons[1].startswith("back to what is usual; it lasted ")
