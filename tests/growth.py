"""How time grows with the size of a thing, whatever the machine's load: no test of seconds."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

LINEAR = 40.0
"""Ten times as much takes ten times as long; were it quadratic, a hundred times."""

_TOO_SHORT = 0.005


def growth(run: Callable[[T], object], *, small: T, large: T) -> float:
    """How much longer ``run`` takes for the large one, in one run of the tests.

    Less than 5 ms counts as that: too short to compare.
    """
    return _seconds(run, large) / max(_seconds(run, small), _TOO_SHORT)


def _seconds(run: Callable[[T], object], what: T) -> float:
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        run(what)
        best = min(best, time.process_time() - start)
    return best
