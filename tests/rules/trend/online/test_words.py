"""Reasons in words and numbers."""

from __future__ import annotations

import pytest

from rules.trend.online import kernel as of
from rules.trend.online.words import in_words, reason


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


def row(**told: float) -> list[float]:
    """What is said of a row, by the names of the columns; as on the sixth day at 14 o'clock."""
    columns = [float("nan")] * of.COLUMNS
    usual = {
        "SAID": of.STARTED,
        "LENGTH": 900,
        "COUNTED": 1_412,
        "WINDOW_LOW": 80.4,
        "WINDOW_HIGH": 160.2,
        "SURPRISE": 12.34,
        "BEST": 20,
        "KNOWN": 6 * 86_400,
        "SINCE": 0,
        "BY_HOUR": 1,
    }
    for name, value in {**usual, **told}.items():
        columns[getattr(of, name)] = value
    return columns


def test_a_start_says_how_many_where_how_many_are_usual_and_what_was_highest() -> None:
    assert reason(row(), young=86_400) == (
        "1,412 in 15 min where 80–160 are usual at this hour; "
        "12.3 spreads above the usual, 62% of the highest before"
    )


@pytest.mark.parametrize(
    ("best", "told"),
    [
        (0.7, "12.3 spreads above the usual, and nothing was high before"),
        (8.0, "12.3 spreads above the usual, more than ever before (8.0)"),
    ],
)
def test_what_was_highest_before_is_told_as_it_was(best: float, told: str) -> None:
    assert reason(row(BEST=best), young=86_400).endswith(told)


def test_growth_says_since_when() -> None:
    grown = reason(row(SAID=of.GREW, SINCE=3_600), young=86_400)
    assert "; grew since the alarm 1 h before; " in grown


def test_a_young_series_says_that_it_guesses() -> None:
    told = reason(row(BY_HOUR=0, KNOWN=5 * 3_600), young=3 * 86_400)
    assert "are usual so far" in told
    assert told.endswith("only 5 h of history: what is usual is a wide guess")


def test_an_end_says_how_long_it_was_and_nothing_else_says_nothing() -> None:
    over = reason(row(SAID=of.ENDED, SINCE=7_200), young=86_400)
    assert over == "back to what is usual; it lasted 2 h"
    assert reason(row(SAID=of.NOTHING), young=86_400) == ""
