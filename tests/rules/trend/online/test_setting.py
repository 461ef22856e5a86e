"""A rate of false alarms and the bar that follows from it."""

from __future__ import annotations

import pytest

from rules.trend.online import DEFAULT, scaled
from rules.trend.online.setting import RATES


@pytest.mark.parametrize("rate", [0, -1, 0.01, 50, float("nan")])
def test_a_rate_that_was_never_measured_is_refused(rate: float) -> None:
    with pytest.raises(ValueError, match=r"known from 0.03 to 2.03"):
        scaled(DEFAULT, per_week=rate)


def test_the_bar_falls_as_more_false_alarms_are_allowed() -> None:
    bars = [scaled(DEFAULT, per_week=rate).bar for rate in (0.03, 0.1, 0.3, 0.5, 1, 2)]
    assert bars == sorted(bars, reverse=True)
    assert len(set(bars)) == len(bars)


def test_what_was_measured_is_kept() -> None:
    for bar, rate in RATES:
        assert scaled(DEFAULT, per_week=rate).bar == pytest.approx(bar)


def test_the_frozen_setting_is_one_of_those_measured() -> None:
    assert DEFAULT.bar in dict(RATES)
