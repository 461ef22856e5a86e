"""Which minutes a backtest need not look at: what is usual, for thousands of minutes at once.

For a minute that is left out it is certain that the detector would have said nothing and that its
state would have stayed what it was; of whatever is not certain the detector itself is asked. The
arithmetic is that of ``rules.trend.baseline`` for a query that has its whole history.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from rules.severity import Severity
from rules.trend import DetectorSettings, DetectorState, Series
from rules.trend.baseline import DAY, MAD_TO_SIGMA

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

CALM_CHUNK: Final = 1440
"""Minutes judged at once while nothing runs; half as many pass by at once while a spike does."""

SPIKE_CHUNK: Final = 240
HAIR: Final = 1e-6
"""What is this near to a bar is looked at."""


class Ahead:
    """Of one series and one setting, for looks from ``first`` up to ``last`` (minutes)."""

    def __init__(
        self, series: Series, settings: DetectorSettings, *, first: int, last: int
    ) -> None:
        self._settings = settings
        shifts = range(-settings.season_shift, settings.season_shift + 1, settings.season_step)
        days = range(1, settings.history_days + 1)
        self._moves: Ints = np.array([shift - day * DAY for day in days for shift in shifts])
        reach = settings.history_days * DAY + settings.season_shift + max(settings.windows)
        self._low = first - reach
        self._sums = _sums(series, first - reach, last + settings.season_shift)
        self._far = settings.season_shift < DAY - max(settings.windows)
        self._sure = self._certain(series, first, last, reach)
        self._first, self._last = first, last
        self._hot: tuple[int, Flags] = (0, np.zeros(0, dtype=np.bool_))

    def next(self, minute: int, state: DetectorState) -> int:
        """The first minute from ``minute`` on at which the detector must look; ``last`` if none."""
        chunk = SPIKE_CHUNK if state.active else CALM_CHUNK
        while minute < self._last:
            end = min(minute + chunk, self._last)
            told = self._spike(minute, end, state) if state.active else self._calm(minute, end)
            found = np.flatnonzero(told)
            if len(found):
                return minute + int(found[0])
            minute += len(told)
        return self._last

    def _calm(self, minute: int, end: int) -> Flags:
        """Where something may start, for one minute or more; the same day is asked about often."""
        begin, told = self._hot
        if not begin <= minute < begin + len(told):
            told = self._may_start(np.arange(minute, end))
            self._hot = minute, told
            begin = minute
        return told[minute - begin : end - begin]

    def _may_start(self, ends: Ints) -> Flags:
        must: Flags = ~self._sure[ends - self._first]
        loud = np.zeros(len(ends), dtype=np.bool_)
        for length in self._settings.windows:
            counted = self._counted(ends, length)
            enough = counted >= self._settings.min_negative
            must_here = must & enough
            rows = np.flatnonzero(enough & ~must)
            rows = rows[self._stands_out(ends[rows], counted[rows], length)]
            loud |= must_here
            if len(rows):
                middle, spread = self._usual(ends[rows], length)
                loud[rows] |= self._reaches(counted[rows], middle, spread, above=None)
        return loud

    def _spike(self, minute: int, end: int, state: DetectorState) -> Flags:
        """Where it may become worse, calm, loud again, or be over."""
        settings = self._settings
        ends = np.arange(minute, end)
        must: Flags = ~self._sure[ends - self._first]
        calm = np.ones(len(ends), dtype=np.bool_)
        loud = np.zeros(len(ends), dtype=np.bool_)
        for length in settings.windows:
            counted = self._counted(ends, length)
            middle, spread = self._usual(ends, length)
            surprise = (counted - middle) / spread
            calm &= surprise < settings.back_in_band + HAIR
            loud |= surprise > settings.back_in_band - HAIR
            must |= self._reaches(counted, middle, spread, above=state.severity)
        if state.calm_since is None:
            return must | calm
        return must | loud | (ends - state.calm_since >= settings.quiet_to_end)

    def _reaches(
        self, counted: Ints, middle: Floats, spread: Floats, *, above: int | None
    ) -> Flags:
        """Whether any rung may be reached; ``above``: only those worse than this severity."""
        told = np.zeros(len(counted), dtype=np.bool_)
        for rung in self._settings.ladder:
            if above is not None and not rung.severity.worse_than(Severity(above)):
                continue
            told |= (
                ((counted - middle) / spread >= rung.surprise - HAIR)
                & (counted >= rung.negative)
                & (counted >= rung.times * middle - HAIR)
            )
        return told

    def _stands_out(self, ends: Ints, counted: Ints, length: int) -> Ints:
        """The rows whose count is above what nine of ten windows before stayed below, as every
        spike is: told after a few windows for most."""
        rows = np.arange(len(ends))
        if min(rung.surprise for rung in self._settings.ladder) < self._settings.tail_sigma:
            return rows
        most = len(self._moves) - 1 - int(self._settings.tail * (len(self._moves) - 1))
        above = np.zeros(len(ends), dtype=np.int64)
        for move in self._moves:
            above[rows] += self._counted(ends[rows] + move, length) > counted[rows]
            rows = rows[above[rows] <= most]
            if not len(rows):
                break
        return rows

    def _usual(self, ends: Ints, length: int) -> tuple[Floats, Floats]:
        """Median and spread of the windows at the same time of day."""
        settings = self._settings
        samples = self._counted(ends[:, None] + self._moves[None, :], length).astype(np.float64)
        samples.sort(axis=1)
        middle = _middle(samples)
        away = np.abs(samples - middle[:, None])
        away.sort(axis=1)
        count = samples.shape[1]
        tail = (samples[:, int(settings.tail * (count - 1))] - middle) / settings.tail_sigma
        chance = settings.floor * np.sqrt(middle + 1.0)
        return middle, np.maximum(np.maximum(MAD_TO_SIGMA * _middle(away), tail), chance)

    def _counted(self, ends: Ints, length: int) -> Ints:
        at = ends - self._low
        told: Ints = self._sums[at] - self._sums[at - length]
        return told

    def _certain(self, series: Series, first: int, last: int, reach: int) -> Flags:
        """Where nothing but whole, known windows of all platforms is compared."""
        settings = self._settings
        sure = np.ones(max(0, last - first), dtype=np.bool_)
        began = max([series.since, *(lane.since for lane in series.lanes.values())])
        # From here on no platform is new, none is left out, and the query is not young.
        young = max(settings.young_days * DAY, reach, settings.settle + max(settings.windows))
        sure[: max(0, min(len(sure), began + young - first))] = False
        if not self._far or settings.season_min_days > settings.history_days:
            sure[:] = False
        width = max(settings.windows) + settings.season_shift
        for began, ended in series.gaps:
            for day in range(settings.history_days + 1):
                low = began + day * DAY - settings.season_shift - first
                high = ended + day * DAY + width - first
                sure[max(0, low) : max(0, high)] = False
        return sure


def _sums(series: Series, low: int, high: int) -> Ints:
    """Negative mentions before each minute from ``low`` to ``high``."""
    minutes = np.asarray(series.total.minutes, dtype=np.int64)
    counts = np.asarray(series.total.negative, dtype=np.int64)
    told: Ints = counts[np.searchsorted(minutes, np.arange(low, high + 1))]
    return told


def _middle(ordered: Floats) -> Floats:
    half = ordered.shape[1] // 2
    if ordered.shape[1] % 2:
        return ordered[:, half].copy()
    told: Floats = (ordered[:, half - 1] + ordered[:, half]) / 2
    return told
