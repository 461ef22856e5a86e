"""Lengths of time in words."""

from __future__ import annotations

import pytest

from rules.trend.online.words import in_words


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (0, "0 min"),
        (300, "5 min"),
        (3_570, "1 h"),
        (3_600, "1 h"),
        (5_400, "1 h 30 min"),
        (40 * 3_600, "40 h"),
        (3 * 86_400, "3 days"),
        (3 * 86_400 + 7_200, "3 days 2 h"),
    ],
)
def test_lengths_of_time_are_told_in_two_units_at_most(seconds: float, told: str) -> None:
    assert in_words(seconds) == told
