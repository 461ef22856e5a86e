"""What this very series does on several days is no spike, however far it is from the usual.

A bot's burst every other morning, a campaign twice a week: the median does not see them, and a
spread that would cover them would hide much else. So a spike must stand out more than what was
reached on three of the last fourteen days, at whatever hour.
"""

from __future__ import annotations

from collections.abc import Sequence

from rules.trend.baseline import DAY, Judged, add_window, chance, median, sums
from rules.trend.finding import DetectorSettings
from rules.trend.series import Series


def often(
    series: Series,
    judged: Judged,
    *,
    start: int,
    end: int,
    unit: float,
    settings: DetectorSettings,
) -> float:
    """How far windows of this length stood out on ``often_from`` of ``often_days`` days, each above
    the median of its time of day, see ``stands_out``. 0 where too few days are known."""
    length, step = end - start, settings.often_step
    # The windows of a day end before the one that is judged begins. The oldest comes first.
    known = (start - length - judged.since) // DAY
    days = max(0, min(settings.often_days, known))
    if days < settings.often_from:
        return 0.0
    ends = range(start - days * DAY + step, start + 1, step)
    counts = (
        [_known(series, judged, at - length, at, settings) for at in ends]
        if series.gaps
        else list(sums(judged, ends, length, settings))
    )
    slots = DAY // step
    tops = [0.0] * days
    for slot in range(slots):
        told = counts[slot::slots]
        middle = _middle(told)
        by_chance = chance(middle, unit=unit)
        for day, count in enumerate(told):
            if count is not None and (count - middle) > tops[day] * by_chance:
                tops[day] = (count - middle) / by_chance
    return sorted(tops)[-settings.often_from]


def stands_out(count: float, middle: float, *, unit: float) -> float:
    """By how many standard deviations of chance."""
    return (count - middle) / chance(middle, unit=unit)


def _middle(counts: Sequence[float | None]) -> float:
    known = sorted(count for count in counts if count is not None)
    return median(known) if known else 0.0


def _known(
    series: Series, judged: Judged, start: int, end: int, settings: DetectorSettings
) -> float | None:
    samples: list[float] = []
    add_window(samples, series, judged, start, end, settings)
    return samples[0] if samples else None
