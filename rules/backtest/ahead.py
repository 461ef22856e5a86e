"""Which minutes a backtest need not look at: what is usual, for thousands of minutes at once.

For a minute that is left out it is certain that the detector would have said nothing and that its
state would have stayed what it was; of whatever is not certain the detector itself is asked. The
arithmetic is that of ``rules.trend.baseline`` for a query that has its whole history. Of a running
spike every minute is looked at unless the signal is a plain number of mentions.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from rules.severity import Severity
from rules.trend import DetectorSettings, DetectorState, Series
from rules.trend.baseline import DAY, MAD_TO_SIGMA
from rules.trend.signal import NEGATIVE_SHARE, SILENCE, Column

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
        high, what = last + settings.season_shift, settings.what
        self._sums = _sums(series, what.column, self._low, high)
        # Of these there must be enough, and of these a share is taken.
        self._enough = _sums(series, what.counted, self._low, high)
        self._all = _sums(series, "mentions", self._low, high)
        self._plain = what.unit == 1 and what.name not in (NEGATIVE_SHARE, SILENCE)
        self._far = settings.season_shift < DAY - max(settings.windows)
        self._sure = self._certain(series, first, last, reach)
        self._first, self._last = first, last
        self._hot: tuple[int, Flags] = (0, np.zeros(0, dtype=np.bool_))

    def next(self, minute: int, state: DetectorState) -> int:
        """The first minute from ``minute`` on at which the detector must look; ``last`` if none."""
        chunk = SPIKE_CHUNK if state.active else CALM_CHUNK
        while minute < self._last:
            end = min(minute + chunk, self._last)
            if not state.active:
                told = self._calm(minute, end)
            elif self._plain and not state.waiting:
                told = self._spike(minute, end, state)
            else:
                return minute
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
            enough = self._are_enough(ends, length)
            loud |= must & enough
            rows = np.flatnonzero(enough & ~must)
            if len(rows):
                loud[rows] |= self._may_be_one(ends[rows], length)
        return loud

    def _are_enough(self, ends: Ints, length: int) -> Flags:
        """What the detector itself asks for before it looks at what is usual."""
        settings = self._settings
        if settings.signal == SILENCE:
            return np.ones(len(ends), dtype=np.bool_)
        told: Flags = self._of(self._enough, ends, length) >= settings.what.enough(settings.least)
        return told

    def _may_be_one(self, ends: Ints, length: int) -> Flags:
        """Whether a window may reach a rung, where what is usual is certain."""
        told = np.zeros(len(ends), dtype=np.bool_)
        counted = self._counted(ends, length)
        if self._settings.signal == NEGATIVE_SHARE:
            return self._share_rose(ends, counted, length)
        if self._settings.signal == SILENCE:
            told[self._stands_out(ends, counted, length, below=True)] = True
            return told
        rows = self._stands_out(ends, counted, length)
        if len(rows):
            middle, spread = self._usual(ends[rows], length)
            told[rows] = self._reaches(ends[rows], length, middle, spread, above=None)
        return told

    def _share_rose(self, ends: Ints, negative: Ints, length: int) -> Flags:
        settings = self._settings
        share = negative / np.maximum(1, self._of(self._all, ends, length))
        starts = ends - length
        days = starts[:, None] - np.arange(settings.history_days)[None, :] * DAY
        many = self._of(self._all, days, DAY)
        with np.errstate(divide="ignore", invalid="ignore"):
            shares = np.where(many > 0, self._of(self._sums, days, DAY) / many, np.nan)
        # A day without mentions has no share; where there are none at all the detector looks.
        heard = (many > 0).any(axis=1)
        usual = np.zeros(len(ends))
        usual[heard] = np.nanmedian(shares[heard], axis=1)
        told: Flags = (share >= settings.share_least - HAIR) & (
            share >= usual + settings.share_rise - HAIR
        )
        return told | ~heard

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
            must |= self._reaches(ends, length, middle, spread, above=state.severity)
        if state.calm_since is None:
            return must | calm
        return must | loud | (ends - state.calm_since >= settings.quiet_to_end)

    def _reaches(
        self, ends: Ints, length: int, middle: Floats, spread: Floats, *, above: int | None
    ) -> Flags:
        """Whether any rung may be reached; ``above``: only those worse than this severity."""
        counted, what = self._counted(ends, length), self._settings.what
        many = self._of(self._enough, ends, length)
        told = np.zeros(len(counted), dtype=np.bool_)
        for rung in self._settings.ladder:
            if above is not None and not rung.severity.worse_than(Severity(above)):
                continue
            told |= (
                (counted - middle >= (rung.surprise - HAIR) * spread)
                & (many >= what.enough(rung.least))
                & (counted >= rung.times * middle - HAIR)
            )
        return told

    def _stands_out(self, ends: Ints, counted: Ints, length: int, *, below: bool = False) -> Ints:
        """The rows whose count is above what nine of ten windows before stayed below, as every
        spike is, or ``below`` what nine of ten reached, as every silence is: told after a few
        windows for most."""
        rows = np.arange(len(ends))
        if not below and min(r.surprise for r in self._settings.ladder) < self._settings.tail_sigma:
            return rows
        most = len(self._moves) - 1 - int(self._settings.tail * (len(self._moves) - 1))
        beyond = np.zeros(len(ends), dtype=np.int64)
        for move in self._moves:
            then, now = self._counted(ends[rows] + move, length), counted[rows]
            beyond[rows] += then <= now if below else then > now
            rows = rows[beyond[rows] <= most]
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
        spread = np.maximum(MAD_TO_SIGMA * _middle(away), tail)
        if self._plain:
            # What one mention adds to other sums is left to the detector: its spread is wider.
            spread = np.maximum(spread, settings.floor * np.sqrt(middle + 1.0))
        return middle, spread

    def _counted(self, ends: Ints, length: int) -> Ints:
        return self._of(self._sums, ends, length)

    def _of(self, sums: Ints, ends: Ints, length: int) -> Ints:
        at = ends - self._low
        told: Ints = sums[at] - sums[at - length]
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


def _sums(series: Series, column: Column, low: int, high: int) -> Ints:
    """What was counted before each minute from ``low`` to ``high``."""
    minutes = np.asarray(series.total.minutes, dtype=np.int64)
    counts = np.asarray(getattr(series.total, column), dtype=np.int64)
    if not len(counts):
        return np.zeros(high + 1 - low, dtype=np.int64)
    told: Ints = counts[np.searchsorted(minutes, np.arange(low, high + 1))]
    return told


def _middle(ordered: Floats) -> Floats:
    half = ordered.shape[1] // 2
    if ordered.shape[1] % 2:
        return ordered[:, half].copy()
    told: Floats = (ordered[:, half - 1] + ordered[:, half]) / 2
    return told
