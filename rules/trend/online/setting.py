"""Every number the detector goes by, frozen; docs/detection.md says why each is what it is."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import NamedTuple

WINDOWS = (5, 15, 30, 60)
"""Minutes. How far the newest counts stand out is asked over each of them."""

RATES = (
    (2.6, 0.03),
    (1.6, 0.07),
    (1.3, 0.14),
    (1.1, 0.26),
    (0.95, 0.36),
    (0.8, 0.53),
    (0.65, 0.77),
    (0.5, 1.00),
    (0.35, 1.31),
    (0.2, 2.03),
)
"""(bar, false alarms per series-week) of five labelled series and eleven disturbed copies of each
together (benchmarks/detection.py). A series with bursts pays more, a calm one less."""


class OnlineSettings(NamedTuple):
    """``history_days``: days whose same hour says what is usual, ``around`` half hours each side.

    ``floor``: the spread is never below so many Poisson standard deviations, taken of what is usual
    now or of ``daily`` times what is usual in the whole day, if that is more.
    ``widen``: with no history the band is so many times as wide, narrowing until ``young`` seconds
    are known. ``least``: below this nothing is an alarm. ``record``: an alarm comes as near as this
    to the highest so far. ``record_halves``: seconds in which a record is half forgotten.
    ``usual_from``: what was reached on so many of the last 14 days is no alarm. ``early``: at the
    start the bar is higher by that part, falling to nothing after ``settled`` seconds.
    ``quiet``: seconds of calm that end a spike, ``calm``: what part of the bar is calm.
    ``growth``: a running spike is told again at so many times the score it was told with.
    ``bar``: all bars are multiplied by this; see ``scaled``.
    """

    history_days: int = 7
    around: int = 5
    floor: float = 3.0
    daily: float = 0.4
    widen: float = 3.0
    young: int = 3 * 86_400
    least: float = 4.0
    record: float = 0.5
    early: float = 1.0
    settled: int = 7 * 86_400
    record_halves: int = 56 * 86_400
    usual_from: int = 3
    quiet: int = 12 * 3_600
    calm: float = 0.25
    growth: float = 3.0
    bar: float = 0.95


DEFAULT = OnlineSettings()


def scaled(settings: OnlineSettings, *, per_week: float) -> OnlineSettings:
    """The settings whose bar is expected to give that many false alarms per series and week.

    Between the measured rates a straight line of logarithms. Raises ValueError beyond them.
    """
    if not RATES[0][1] <= per_week <= RATES[-1][1]:
        raise ValueError(
            f"{per_week} false alarms per week: known from {RATES[0][1]} to {RATES[-1][1]}"
        )
    for (higher, fewer), (lower, more) in pairwise(RATES):
        if fewer <= per_week <= more:
            share = math.log(per_week / fewer) / math.log(more / fewer)
            bar = higher * (lower / higher) ** share
            break
    return settings._replace(bar=bar)
