"""What is usual: the same time of day on past days, or, with little history, the time so far.

Median and median absolute deviation, so that yesterday's spike does not become what is usual;
1.4826 makes the deviation that of a normal distribution (Rousseeuw and Croux 1993). Counts are
never steadier than chance allows: the spread has a floor in Poisson standard deviations.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rules.trend.finding import DetectorSettings
from rules.trend.series import HOUR, Lane, Series
from rules.trend.signal import Column

DAY = 24 * 60
MAD_TO_SIGMA = 1.4826


@dataclass(frozen=True, slots=True)
class Judged:
    """What of a series is compared with what: these lanes, known from ``since`` on.

    ``left_out``: platforms heard for too short a time to say what is usual on them. ``doubtful``:
    what came before the posts really began is taken for a baseline. ``tone_known``: it was heard in
    enough different hours to say which tone is usual.
    """

    lanes: tuple[Lane, ...]
    since: int
    left_out: tuple[str, ...] = ()
    doubtful: bool = False
    tone_known: bool = False

    def sum(self, column: Column, start: int, end: int) -> int:
        return sum(lane.sum(column, start, end) for lane in self.lanes)


@dataclass(frozen=True, slots=True)
class Usual:
    """What is expected of a window. ``seasonal``: from the same time of day on ``days`` days;
    otherwise from ``known`` minutes of history, whatever their hour. ``unit``: what one mention
    adds. ``lowest``: what nine of ten windows reached."""

    expected: float
    spread: float
    seasonal: bool
    days: int
    known: int
    unit: float = 1.0
    lowest: float = 0.0

    def surprise(self, observed: int) -> float:
        return (observed - self.expected) / self.spread

    def band(self, width: float) -> tuple[float, float]:
        return max(0.0, self.expected - width * self.spread), self.expected + width * self.spread


def judge(
    series: Series, *, start: int, end: int, settings: DetectorSettings
) -> tuple[Judged, ...]:
    """What may be compared in a window, the better way first. Nothing from ``end`` on is read.

    A query younger than ``young_days`` is compared with the time since its posts really began: what
    came before may be strays, and its first flood only the start of listening. Comparing with the
    strays as well is doubtful, but better than saying nothing.
    """
    ways = [(series.since, False)]
    tone_known = True
    if end - series.since < settings.young_days * DAY:
        onset = series.onset(end=end, share=settings.stray_share)
        if onset > series.since:
            ways = [(onset, False), (series.since, True)]
            tone_known = _hours_heard(series, before=onset) >= settings.stray_hours
    return tuple(
        replace(
            _lanes(series, since, doubtful, start=start, end=end, settings=settings),
            tone_known=tone_known,
        )
        for since, doubtful in ways
    )


def _hours_heard(series: Series, *, before: int) -> int:
    """In how many different hours before that minute something was said."""
    minutes = series.total.minutes
    return len({minute // HOUR for minute in minutes[: bisect_left(minutes, before)]})


def _lanes(
    series: Series,
    since: int,
    doubtful: bool,
    *,
    start: int,
    end: int,
    settings: DetectorSettings,
) -> Judged:
    """A platform heard for less than ``settle`` is left out while older ones are there, so that
    a new source is not a spike."""
    if all(lane.since <= series.since for lane in series.lanes.values()):
        return Judged((series.total,), since, (), doubtful)
    old = {
        name: lane for name, lane in series.lanes.items() if start - lane.since >= settings.settle
    }
    chosen = old or dict(series.lanes)
    bad = {name: lane.sum(settings.what.counted, start, end) for name, lane in chosen.items()}
    weighty = [
        chosen[name].since for name, count in bad.items() if 5 * count >= sum(bad.values()) > 0
    ]
    return Judged(
        tuple(chosen.values()),
        max([since, *weighty]),
        tuple(sorted(name for name in series.lanes if name not in chosen)),
        doubtful,
    )


def usual(
    series: Series, judged: Judged, *, start: int, end: int, settings: DetectorSettings
) -> Usual | None:
    """What is expected between ``start`` and ``end``; None while too little is known."""
    length = end - start
    known = series.known(judged.since, start, since=judged.since)
    if known < max(settings.min_history, settings.min_lengths * length):
        return None
    unit = _unit(judged, end=start, settings=settings)
    samples, days = _same_time(series, judged, start=start, end=end, settings=settings)
    if days >= settings.season_min_days:
        middle, spread = _robust(samples, unit=unit, settings=settings)
        return Usual(middle, spread, True, days, known, unit, _lowest(samples, settings))
    samples = _so_far(series, judged, start=start, length=length, settings=settings)
    if not samples:
        return None
    middle, spread = _robust(samples, unit=unit, settings=settings)
    # With so little known the band covers at least whatever was seen, and is wider the less it is.
    spread = max(spread, (max(samples) - middle) / 3)
    wide = spread * wider(known, settings=settings)
    return Usual(middle, wide, False, days, known, unit, _lowest(samples, settings))


def wider(known: int, *, settings: DetectorSettings) -> float:
    """By how much a band is wider for want of history."""
    missing = max(0.0, 1 - known / (settings.season_min_days * DAY))
    return 1 + (settings.widen - 1) * missing


def _unit(judged: Judged, *, end: int, settings: DetectorSettings) -> float:
    """What one mention adds to the sum; where that differs much, the mean of what came before."""
    what = settings.what
    if what.unit is not None:
        return float(what.unit)
    start = max(judged.since, end - settings.history_days * DAY)
    many = judged.sum(what.counted, start, end)
    return max(1.0, judged.sum(what.column, start, end) / many) if many else 1.0


def _same_time(
    series: Series, judged: Judged, *, start: int, end: int, settings: DetectorSettings
) -> tuple[list[float], int]:
    """Counts of windows of the same length around this time of day, and of how many days."""
    samples: list[float] = []
    known: list[int] = []
    days = 0
    length = end - start
    # A shifted window must not reach into the one that is judged.
    shifts = [
        shift
        for shift in range(-settings.season_shift, settings.season_shift + 1, settings.season_step)
        if shift - DAY <= -length
    ]
    for day in range(1, settings.history_days + 1):
        before = len(samples), len(known)
        for moved in [end + shift - day * DAY for shift in shifts]:
            if series.gaps:
                add_window(samples, series, judged, moved - length, moved, settings)
            elif moved - length >= judged.since:
                known.append(moved)
        days += (len(samples), len(known)) > before
        if start - day * DAY + settings.season_shift < judged.since:
            break
    return samples or sums(judged, known, length, settings), days


def _so_far(
    series: Series, judged: Judged, *, start: int, length: int, settings: DetectorSettings
) -> list[float]:
    """Counts of overlapping windows going back from ``start``, at most ``season_min_days``."""
    samples: list[float] = []
    oldest = max(judged.since, start - settings.season_min_days * DAY)
    end = start
    while end - length >= oldest:
        add_window(samples, series, judged, end - length, end, settings)
        end -= max(1, length // 2)
    return samples


def add_window(
    samples: list[float],
    series: Series,
    judged: Judged,
    start: int,
    end: int,
    settings: DetectorSettings,
) -> None:
    """Add what a window counted, scaled up to the whole of it where part was a blind spot; nothing
    of one that is known too little."""
    if start < judged.since:
        return
    known = end - start
    if series.gaps:
        known = series.known(start, end, since=judged.since)
        if known < settings.min_known_share * (end - start):
            return
    samples.append(judged.sum(settings.what.column, start, end) * (end - start) / known)


def sums(
    judged: Judged, ends: Sequence[int], length: int, settings: DetectorSettings
) -> list[float]:
    """What the windows counted, where all of them are known. Hundreds are asked for at each look:
    so in one loop, and not by ``Judged.sum``."""
    told = [0.0] * len(ends)
    starts = [end - length for end in ends]
    for lane in judged.lanes:
        column: Sequence[int] = getattr(lane, settings.what.column)
        if not column:
            continue
        # Windows begin where others end: each minute is looked for once.
        minutes = lane.minutes
        before = {at: column[bisect_left(minutes, at)] for at in {*ends, *starts}}
        for place, (start, end) in enumerate(zip(starts, ends, strict=True)):
            told[place] += before[end] - before[start]
    return told


def _robust(
    samples: Sequence[float], *, unit: float, settings: DetectorSettings
) -> tuple[float, float]:
    """Median and spread. Counts of people have heavy tails that the median deviation does not
    see: the spread is no smaller than what nine of ten windows stayed below would have it be."""
    ordered = sorted(samples)
    middle = median(ordered)
    deviation = MAD_TO_SIGMA * median(sorted(abs(sample - middle) for sample in ordered))
    tail = (ordered[int(settings.tail * (len(ordered) - 1))] - middle) / settings.tail_sigma
    return middle, max(deviation, tail, settings.floor * chance(middle, unit=unit))


def chance(middle: float, *, unit: float) -> float:
    """The standard deviation of a sum to which mentions that come by chance add ``unit`` each
    (compound Poisson), as if one more than usual had come."""
    return math.sqrt(unit * (middle + unit))


def _lowest(samples: Sequence[float], settings: DetectorSettings) -> float:
    return sorted(samples)[len(samples) - 1 - int(settings.tail * (len(samples) - 1))]


def median(ordered: Sequence[float]) -> float:
    """Of values in order, at least one."""
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
