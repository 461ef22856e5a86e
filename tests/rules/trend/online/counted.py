"""Series of counts as the tests need them: a day's rhythm, chance, and what is put on top."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

START = 1_767_225_600.0
"""1 January 2026, seconds since 1970."""

DAY = 86_400
HOUR = 3_600


def times(days: float, *, every: int = 300, start: float = START) -> NDArray[np.float64]:
    return start + every * np.arange(int(days * DAY / every), dtype=np.float64)


def rhythm(
    when: NDArray[np.float64], *, mean: float, swing: float = 0.8, seed: int = 1
) -> NDArray[np.float64]:
    """Poisson counts round ``mean`` a row, least at 4 o'clock and most at 16."""
    expected = mean * (1 + swing * np.sin(2 * np.pi * (when / DAY - 10 / 24)))
    return np.random.default_rng(seed).poisson(expected).astype(np.float64)


def at(when: NDArray[np.float64], *, day: float, hours: float) -> NDArray[np.bool_]:
    """The rows of so many hours from that day (and part of it) on."""
    begin = when[0] + day * DAY
    return (when >= begin) & (when < begin + hours * HOUR)
