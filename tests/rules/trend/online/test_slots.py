"""Rows into slots: gaps, distances, sums."""

from __future__ import annotations

import pytest

from rules.trend.online import memory as of
from rules.trend.online.memory import Memory, fresh
from rules.trend.online.slots import advance, counted


def rows(*told: tuple[float, float]) -> Memory:
    """A memory after rows of (minutes, count)."""
    memory = fresh()
    for minutes, count in told:
        advance(memory, minutes * 60.0, count)
        memory.told[of.LAST] = minutes * 60.0
        memory.told[of.ROWS] += 1
    return memory


def test_a_window_counts_the_newest_rows() -> None:
    memory = rows(*((5 * n, n) for n in range(20)))
    assert counted(memory, 5) == (19, 1)
    assert counted(memory, 15) == (17 + 18 + 19, 1)
    assert counted(memory, 60) == (sum(range(8, 20)), 1)


def test_missing_rows_are_unknown() -> None:
    memory = rows((0, 1), (5, 1), (10, 1), (25, 1), (30, 1))
    assert counted(memory, 5) == (1, 1)
    assert counted(memory, 15) == (2, pytest.approx(2 / 3))
    assert counted(memory, 30) == (4, pytest.approx(4 / 6))


def test_two_rows_of_one_time_are_added_up() -> None:
    memory = rows((0, 1), (5, 1), (10, 2), (10, 3), (15, 1))
    assert counted(memory, 15) == (7, 1)


def test_rows_closer_than_a_minute_are_added_up_by_minute() -> None:
    memory = rows(*((n / 6, 1) for n in range(120)))
    assert counted(memory, 5) == (30, 1)


def test_a_first_gap_is_not_taken_for_the_usual_distance() -> None:
    memory = rows((0, 1), (60, 1), *((60 + 5 * n, 1) for n in range(1, 10)))
    assert memory.told[of.STEP] == 300
    assert counted(memory, 30) == (6, 1)


def test_rows_that_come_farther_apart_for_good_are_no_gaps() -> None:
    memory = rows(*((5 * n, 1) for n in range(12)), *((60 + 15 * n, 3) for n in range(20)))
    assert memory.told[of.STEP] == 900
    assert counted(memory, 60) == (12, 1)


def test_a_row_of_a_day_is_the_shortest_window_there_is() -> None:
    memory = rows(*((1440 * n, 100 + n) for n in range(10)))
    assert counted(memory, 5) == counted(memory, 60) == (109, 1)
