"""Medians and what they are made of, against numpy."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rules.trend.online import memory as of
from rules.trend.online.usual import half_band, median_distance, put_in_order


@given(st.lists(st.integers(0, 1_000), min_size=2, max_size=90))
def test_median_and_deviation_are_those_of_numpy(counts: list[int]) -> None:
    samples = np.array(counts, dtype=np.float64)
    put_in_order(samples, len(counts))
    np.testing.assert_array_equal(samples, np.sort(counts))
    middle = float(np.median(counts))
    assert median_distance(samples, len(counts), middle) == np.median(np.abs(samples - middle))


def test_only_the_first_samples_count() -> None:
    samples = np.array([3.0, 1.0, 2.0, 900.0, 0.0])
    put_in_order(samples, 3)
    assert samples.tolist() == [1, 2, 3, 900, 0]
    assert median_distance(samples, 3, 2.0) == 1


def test_a_band_is_never_narrower_than_chance_and_wider_while_little_is_known() -> None:
    usual = np.zeros(of.USUAL)
    usual[of.MIDDLE], usual[of.WIDE] = 99.0, 1.0
    assert half_band(usual, 1) == 30
    usual[of.DEVIATION] = 40
    assert half_band(usual, 1) == 80
    usual[of.WIDE] = 3
    assert half_band(usual, 1) == 240
