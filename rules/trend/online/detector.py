"""One series, row by row: what the compiled kernel makes of it, with the memory that it needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from rules.trend.online import kernel, memory, words
from rules.trend.online.kernel import Rows, judge_rows
from rules.trend.online.setting import DEFAULT, OnlineSettings


class CountsDetector:
    """Judges the rows of one series of counts in time order, each by what came before it alone.

    Its memory does not grow. What it remembers can be kept as JSON and taken up again: the rows
    that follow are judged as if nothing had happened. Not to be used by two threads at once.
    """

    def __init__(
        self, settings: OnlineSettings = DEFAULT, *, remembered: Mapping[str, Any] | None = None
    ) -> None:
        """Raises ValueError for what was remembered by another version."""
        self.settings = settings
        self._memory = memory.fresh() if remembered is None else memory.from_json(remembered)

    def judge(self, times: Sequence[float] | Rows, values: Sequence[float] | Rows) -> Rows:
        """``times`` in seconds since 1970, none before the one before it; a row of
        ``kernel.COLUMNS`` for each. Raises ValueError for times that go back, and for counts that
        are negative or no numbers."""
        when = np.asarray(times, dtype=np.float64)
        counts = np.asarray(values, dtype=np.float64)
        if when.shape != counts.shape or when.ndim != 1:
            raise ValueError(f"{when.shape} times and {counts.shape} counts")
        if not (np.isfinite(when).all() and np.isfinite(counts).all() and (counts >= 0).all()):
            raise ValueError("times and counts are numbers, counts not below zero")
        told = self._memory.told
        newest = told[memory.LAST] if told[memory.ROWS] else -np.inf
        if when.size and (when[0] < newest or (np.diff(when) < 0).any()):
            raise ValueError("times that go back")
        said = np.empty((when.size, kernel.COLUMNS))
        judge_rows(self._memory, self.settings, when, counts, said)
        return said

    def reason(self, said: Sequence[float]) -> str:
        """In words, of one row that ``judge`` gave; empty where there is nothing to say."""
        return words.reason(said, young=self.settings.young)

    @property
    def size(self) -> int:
        """Bytes of memory that belong to this series."""
        return memory.size(self._memory)

    def to_json(self) -> dict[str, Any]:
        return memory.to_json(self._memory)
