"""Copies of a series as another brand, platform or beginning would have it.

A setting that only fits the rows at hand fails on these. The dice always fall the same way.
"""

from __future__ import annotations

import numpy as np

from spikes.labelled import Labelled

DAY = 288
"""Rows of five minutes."""

LATE = {
    "8 h late": 101,
    "2 days late": 2 * DAY + 61,
    "4 days late": 4 * DAY + 37,
    "8 days late": 8 * DAY + 7,
    "12 days late": 12 * DAY + 77,
}
"""Beginning so many rows later, at another hour each time."""


def disturbed(series: Labelled) -> dict[str, Labelled]:
    """The series as it is, and its copies, by what was done to them."""
    dice = np.random.default_rng(sum(series.name.encode()))
    counts = series.values
    whole = counts.astype(np.int64)
    rising = np.linspace(0.5, 1.5, counts.size)
    made = {
        "as it is": counts,
        "half the posts": dice.binomial(whole, 0.5),
        "a fifth of the posts": dice.binomial(whole, 0.2),
        "five times as many": counts * 5,
        "noisier": np.round(counts * np.exp(dice.normal(0, 0.3, counts.size))),
        "growing threefold": dice.poisson(counts * rising),
        "shrinking to a third": dice.poisson(counts * rising[::-1]),
    }
    copies = {how: series.counting(np.asarray(c, dtype=np.float64)) for how, c in made.items()}
    return copies | {how: series.without_first(rows) for how, rows in LATE.items()}
