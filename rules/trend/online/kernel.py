"""The detector itself: one row after the other, each judged by what came before it. Compiled."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from rules.trend.online import memory as of
from rules.trend.online import setting, slots, usual
from rules.trend.online.compiled import compiled, fingerprint, kept
from rules.trend.online.memory import Memory
from rules.trend.online.setting import WINDOWS, OnlineSettings
from rules.trend.online.slots import advance, counted, rows_in
from rules.trend.online.usual import HALF_HOUR, half_band, turn

Rows: TypeAlias = NDArray[np.float64]
Judge: TypeAlias = Callable[[Memory, OnlineSettings, Rows, Rows, Rows], None]

SIX_HOURS = 21_600.0
A_DAY = 86_400.0
LONGEST = 60.0 * WINDOWS[len(WINDOWS) - 1]
BELOW_ALARM = 0.4999
BACK = 1.0
"""Within a spread of the usual is calm, however low the bar."""

SMALLEST = 0.5
"""A window that does not stand out counts so many spreads, so that it cannot veto the others."""

# Columns of what is said of a row; NaN: not known.
LOW: Final = 0
HIGH: Final = 1
SCORE: Final = 2  # 0 to 1; from 0.5 on it is an alarm
SAID: Final = 3  # one of the four below
LENGTH: Final = 4  # seconds of the window that stands out most
COUNTED: Final = 5
WINDOW_LOW: Final = 6
WINDOW_HIGH: Final = 7
SURPRISE: Final = 8  # what the windows stand out by together, in spreads
BEST: Final = 9  # the record before
KNOWN: Final = 10  # seconds of history
SINCE: Final = 11  # seconds since the spike's first alarm
BY_HOUR: Final = 12  # 1: what is usual is of the same hour
NEWEST: Final = 13  # what the shortest window stands out by, in spreads
COLUMNS: Final = 14

NOTHING: Final = 0
STARTED: Final = 1
GREW: Final = 2
ENDED: Final = 3


@compiled
def _judge(
    memory: Memory,
    settings: OnlineSettings,
    when: float,
    value: float,
    said: NDArray[np.float64],
) -> None:
    told = memory.told
    for column in range(COLUMNS):
        said[column] = math.nan
    said[SCORE] = said[SAID] = 0.0
    half = int(when // HALF_HOUR)
    if told[of.ROWS] == 0:
        told[of.FIRST] = when
        told[of.HALF] = half
        told[of.BLOCK] = when // SIX_HOURS
        told[of.DAY] = when // A_DAY
    elif half != told[of.HALF]:
        turn(memory, half, when, settings)
    advance(memory, when, value)
    told[of.LAST] = when
    told[of.ROWS] += 1
    _remember(memory, settings, when)
    surprise = _surprise(memory, said)
    said[KNOWN] = when - told[of.FIRST]
    if surprise > 0:
        said[SURPRISE], said[BEST] = surprise, told[of.RECORD]
        _decide(memory, settings, when, surprise, said)
        told[of.BLOCK_BEST] = max(told[of.BLOCK_BEST], surprise)
        told[of.DAY_BEST] = max(told[of.DAY_BEST], surprise)


@compiled
def _surprise(memory: Memory, said: NDArray[np.float64]) -> float:
    """By how many spreads the windows stand out, as geometric mean; 0 where nothing is known."""
    windows, logs, most = 0, 0.0, -1.0
    for window in range(len(WINDOWS)):
        expected = memory.usual[window]
        if expected[of.SPREAD] == 0:
            continue
        middle = expected[of.MIDDLE]
        total, known = counted(memory, WINDOWS[window])
        # What was not heard is taken to be as usual.
        out = (total + middle * (1.0 - known) - middle) / expected[of.SPREAD]
        logs += math.log(max(out, SMALLEST))
        windows += 1
        if out > most:
            most = out
            wide = half_band(expected, 1)
            said[LENGTH] = rows_in(memory, WINDOWS[window]) * memory.told[of.STEP]
            said[COUNTED] = total
            said[WINDOW_LOW], said[WINDOW_HIGH] = max(0.0, middle - wide), middle + wide
            said[BY_HOUR] = 1.0 if expected[of.WIDE] == 1.0 else 0.0
        if window == 0:
            said[NEWEST] = out
            rows = rows_in(memory, WINDOWS[0])
            wide = half_band(expected, rows)
            said[LOW], said[HIGH] = max(0.0, middle / rows - wide), middle / rows + wide
    return math.exp(logs / windows) if windows else 0.0


@compiled
def _remember(memory: Memory, settings: OnlineSettings, when: float) -> None:
    """At the end of six hours their best score may become the record; at the end of a day, see
    what score was reached on several of the last ones."""
    told, days = memory.told, memory.days
    block, day = when // SIX_HOURS, when // A_DAY
    if block != told[of.BLOCK]:
        passed = (block - told[of.BLOCK]) * SIX_HOURS
        fading = 0.5 ** (passed / settings.record_halves)
        told[of.RECORD] = max(told[of.RECORD] * fading, told[of.BLOCK_BEST])
        told[of.BLOCK], told[of.BLOCK_BEST] = block, 0.0
    if day != told[of.DAY]:
        last = int(told[of.DAY])
        days[last % of.DAYS] = told[of.DAY_BEST]
        for skipped in range(max(last + 1, int(day) - of.DAYS), int(day)):
            days[skipped % of.DAYS] = 0.0
        told[of.DAY], told[of.DAY_BEST] = day, 0.0
        told[of.OFTEN] = _reached(days, settings.usual_from)


@compiled
def _reached(days: NDArray[np.float64], often: int) -> float:
    """The highest score that was reached on so many of the days."""
    best = 0.0
    for one in days:
        reached = 0
        for other in days:
            reached += other >= one
        if reached >= often:
            best = max(best, one)
    return best


@compiled
def _decide(
    memory: Memory,
    settings: OnlineSettings,
    when: float,
    surprise: float,
    said: NDArray[np.float64],
) -> None:
    """Started, grew, ended or nothing, and how near to an alarm it is."""
    told = memory.told
    settling = max(0.0, 1.0 - (when - told[of.FIRST]) / settings.settled)
    bar = settings.bar * (1.0 + settings.early * settling)
    bar *= max(settings.least, settings.record * told[of.RECORD], told[of.OFTEN])
    if told[of.RUNNING] == 1.0 and when - told[of.LOUD] > settings.quiet:
        told[of.RUNNING] = 0.0
        said[SAID], said[SINCE] = ENDED, told[of.LOUD] - told[of.STARTED]
    running = told[of.RUNNING] == 1.0
    asked = max(bar, settings.growth * told[of.PEAK]) if running else bar
    said[SCORE] = surprise / (asked + surprise)
    # The longer windows fill for an hour after a jump: that alone is no growth.
    filling = running and when - told[of.PEAKED] < LONGEST
    if surprise < asked or (filling and said[NEWEST] < settings.growth * told[of.NEWEST_PEAK]):
        said[SCORE] = min(said[SCORE], BELOW_ALARM)
        if filling:
            told[of.PEAK] = max(told[of.PEAK], surprise)
    else:
        said[SAID] = GREW if running else STARTED
        if not running:
            told[of.STARTED] = when
        told[of.RUNNING], told[of.PEAKED] = 1.0, when
        told[of.PEAK], told[of.NEWEST_PEAK] = surprise, said[NEWEST]
        said[SINCE] = when - told[of.STARTED]
    if told[of.RUNNING] == 1.0 and surprise >= max(BACK, settings.calm * bar):
        told[of.LOUD] = when


def _outermost(mark: str) -> Judge:
    """``mark`` changes with any function or number below, so that nothing old is kept."""

    @kept
    def judge_rows(
        memory: Memory,
        settings: OnlineSettings,
        times: NDArray[np.float64],
        values: NDArray[np.float64],
        said: NDArray[np.float64],
    ) -> None:
        if mark:
            for row in range(times.size):
                _judge(memory, settings, times[row], values[row], said[row])

    return judge_rows


judge_rows = _outermost(fingerprint(vars(of), vars(setting), vars(slots), vars(usual), globals()))
"""Rows in time order, ``times`` in seconds since 1970. Fills ``said``, a row of COLUMNS for each,
and takes the rows into memory."""
