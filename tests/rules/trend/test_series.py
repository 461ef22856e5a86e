"""Sums of windows, what is known, and what is not the same as zero."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.trend import Point, Series
from rules.trend.counts import to_minute
from tests.builders import NOON, minutes


def test_a_window_counts_its_first_minute_and_not_its_last() -> None:
    series = Series.build(
        [Point(NOON, 3, 1, 10, "reddit"), Point(NOON + minutes(1), 5, 5, 100, "news")],
        since=NOON - minutes(60),
    )
    window = series.count(NOON, NOON + minutes(1))
    assert (window.mentions, window.negative, window.reach) == (3, 1, 10)
    assert window.platforms == ("reddit",)


def test_platforms_are_those_with_negative_mentions_the_most_first() -> None:
    series = Series.build(
        [Point(NOON, 3, 1, 0, "reddit"), Point(NOON, 9, 4, 0, "news"), Point(NOON, 9, 0, 0, "x")],
        since=NOON,
    )
    assert series.count(NOON, NOON + minutes(1)).platforms == ("news", "reddit")


def test_neither_blind_spots_nor_the_time_before_listening_are_known() -> None:
    series = Series.build(
        [],
        since=NOON,
        gaps=[
            (NOON + minutes(10), NOON + minutes(20)),
            (NOON + minutes(15), NOON + minutes(30)),
            (NOON + minutes(50), NOON + minutes(90)),
        ],
    )
    at = to_minute(NOON)
    assert series.known(at - 60, at) == 0
    assert series.known(at - 60, at + 60) == 60 - 20 - 10
    assert series.known(at + 10, at + 30) == 0
    assert series.known(at + 30, at + 50) == 20


def test_the_onset_is_the_first_hour_with_a_share_of_the_busiest_one() -> None:
    series = Series.build(
        [Point(NOON + minutes(60 * n), told, 0, 0, "a") for n, told in enumerate((1, 3, 0, 10))],
        since=NOON,
    )
    at = to_minute(NOON)
    assert series.onset(end=at + 120, share=0.2) == at
    assert series.onset(end=at + 240, share=0.2) == at + 60
    assert series.onset(end=at + 240, share=0.5) == at + 180


def test_a_naive_time_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        Series.build([], since=datetime(2026, 1, 1))  # noqa: DTZ001


@given(
    st.lists(st.tuples(st.integers(0, 300), st.integers(0, 5), st.sampled_from("ab")), max_size=40),
    st.integers(0, 300),
    st.integers(0, 300),
)
def test_a_window_is_the_sum_of_its_minutes(
    points: list[tuple[int, int, str]], one: int, other: int
) -> None:
    start, end = sorted((one, other))
    series = Series.build(
        [Point(NOON + minutes(at), n + 1, n, 2 * n, name) for at, n, name in points], since=NOON
    )
    inside = [n for at, n, _ in points if start <= at < end]
    window = series.count(NOON + minutes(start), NOON + minutes(end))
    assert window.negative == sum(inside)
    assert window.mentions == sum(inside) + len(inside)
    assert window.reach == 2 * sum(inside)
