"""From expected false pages to a bar, and a budget shared out."""

from __future__ import annotations

import itertools

import pytest

from rules.incident import share_out
from rules.incident.sensitivity import LEAST_RATE, MOST_RATE, RATES, USUAL_RATE, bar_for


def test_the_bar_goes_through_what_was_measured() -> None:
    assert bar_for(USUAL_RATE) == 1.0
    for bar, rate in RATES:
        assert bar_for(rate * USUAL_RATE) == pytest.approx(bar)


def test_fewer_false_pages_never_ask_for_less() -> None:
    rates = [LEAST_RATE * (MOST_RATE / LEAST_RATE) ** (n / 40) for n in range(41)]
    bars = [bar_for(rate) for rate in rates]
    assert all(fewer >= more for fewer, more in itertools.pairwise(bars))
    assert bars[0] > RATES[0][0]
    assert bars[-1] > 0


def test_a_budget_is_shared_by_those_without_a_number_of_their_own() -> None:
    assert share_out(2.0, own=[None, 0.5, None]) == 0.75
    assert share_out(2.0, own=[0.5]) == USUAL_RATE
    assert share_out(1000.0, own=[None]) == MOST_RATE


def test_numbers_of_their_own_that_use_the_budget_up_do_not_deafen_the_others() -> None:
    assert share_out(1.0, own=[5.0, None]) == LEAST_RATE
