"""What is usual at this hour: median and deviation of the same hour on past days. Compiled."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from rules.trend.online import memory as of
from rules.trend.online.compiled import compiled
from rules.trend.online.memory import Memory
from rules.trend.online.setting import WINDOWS, OnlineSettings
from rules.trend.online.slots import counted

HALF_HOUR = 1_800.0
DAY_OF_HALVES = 48
LEAST_SAMPLES = 2
KNOWN_ENOUGH = 0.75
MAD_TO_SIGMA = 1.4826
"""Makes the median absolute deviation that of a normal distribution (Rousseeuw and Croux 1993)."""

BAND = 2.0
"""Deviations on each side of the expected count that are still usual."""

BAND_BY_CHANCE = 3.0
"""Poisson standard deviations that are usual whatever was seen."""


@compiled
def turn(memory: Memory, half: int, when: float, settings: OnlineSettings) -> None:
    """A new half hour begins: keep what the windows counted in the one before, look up what is
    usual in this one."""
    told, halves = memory.told, memory.halves
    last = int(told[of.HALF])
    for window in range(len(WINDOWS)):
        total, known = counted(memory, WINDOWS[window])
        halves[window, last % of.HALVES] = total / known if known >= KNOWN_ENOUGH else of.UNKNOWN
        for skipped in range(max(last + 1, half - of.HALVES + 1), half):
            halves[window, skipped % of.HALVES] = of.UNKNOWN
    told[of.HALF] = half
    longest = len(WINDOWS) - 1
    in_a_day = _mean(halves[longest], half)
    for window in range(len(WINDOWS)):
        share = WINDOWS[window] / WINDOWS[longest]
        _learn(memory, window, half, when - told[of.FIRST], in_a_day * share, settings)


@compiled
def _mean(halves: NDArray[np.float64], half: int) -> float:
    """Of a window over the last seven days."""
    total, count = 0.0, 0
    for back in range(1, 7 * DAY_OF_HALVES + 1):
        value = halves[(half - back) % of.HALVES]
        if value != of.UNKNOWN:
            total += value
            count += 1
    return total / count if count else 0.0


@compiled
def _learn(
    memory: Memory,
    window: int,
    half: int,
    known: float,
    in_a_day: float,
    settings: OnlineSettings,
) -> None:
    """``known``: seconds of history; while they are few, any hour says what is usual."""
    halves = memory.halves[window]
    young = known < settings.young
    samples = np.empty(of.HALVES)
    count = 0
    for day in range(1, settings.history_days + 1):
        for shift in range(-settings.around, settings.around + 1):
            count = _take(samples, count, halves, half - day * DAY_OF_HALVES + shift)
    if young:
        for back in range(1, 2 * DAY_OF_HALVES + 1):
            count = _take(samples, count, halves, half - back)
    usual = memory.usual[window]
    usual[of.SPREAD] = 0.0
    if count < LEAST_SAMPLES:
        return
    put_in_order(samples, count)
    middle = (samples[(count - 1) // 2] + samples[count // 2]) / 2
    deviation = MAD_TO_SIGMA * median_distance(samples, count, middle)
    wide = 1.0 + (settings.widen - 1.0) * max(0.0, 1.0 - known / settings.young)
    chance = settings.floor * math.sqrt(max(middle, settings.daily * in_a_day) + 1.0)
    usual[of.MIDDLE] = middle
    usual[of.SPREAD] = max(deviation, chance)
    usual[of.DEVIATION] = deviation
    usual[of.WIDE] = wide


@compiled
def half_band(usual: NDArray[np.float64], rows: int) -> float:
    """Half the width of what is usual in one of the ``rows`` of a window; 1 for all of it."""
    chance = BAND_BY_CHANCE * math.sqrt(usual[of.MIDDLE] / rows + 1.0)
    return float(usual[of.WIDE] * max(BAND * usual[of.DEVIATION] / rows, chance))


@compiled
def put_in_order(samples: NDArray[np.float64], count: int) -> None:
    """The first ``count``, a few dozen: by insertion, which takes less long, to compile as well,
    than anything cleverer."""
    for place in range(1, count):
        value = samples[place]
        lower = place
        while lower > 0 and samples[lower - 1] > value:
            samples[lower] = samples[lower - 1]
            lower -= 1
        samples[lower] = value


@compiled
def median_distance(ordered: NDArray[np.float64], count: int, middle: float) -> float:
    """The median of the distances from ``middle``: of what lies at both ends, always drop what is
    farther off, until half is left."""
    low, high = 0, count - 1
    farthest = 0.0
    dropped = 0.0
    for _ in range(count // 2 + 1):
        dropped = farthest
        below, above = middle - ordered[low], ordered[high] - middle
        if below > above:
            farthest = below
            low += 1
        else:
            farthest = above
            high -= 1
    return float(farthest if count % 2 else (farthest + dropped) / 2)


@compiled
def _take(samples: NDArray[np.float64], count: int, halves: NDArray[np.float64], half: int) -> int:
    """One more sample if that half hour is known; how many there are."""
    value = halves[half % of.HALVES]
    if value == of.UNKNOWN:
        return count
    samples[count] = value
    return count + 1
