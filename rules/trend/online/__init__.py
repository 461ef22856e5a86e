"""A spike in a plain series of counts, row by row, in one pass and with memory that doesn't grow.

    setting    every number it goes by, and how the bar follows from a rate of false alarms
    memory     what it remembers of a series: arrays of fixed size, JSON-able, versioned
    slots      the newest rows: gaps, distances, sums of windows
    usual      median and deviation of the same hour on the last seven days
    kernel     the judgement: how far out, against what it was at most and often; hysteresis
    words      the reason, in words and numbers
    compiled   numba, and what it may keep on disk
    detector   CountsDetector: the door

Causal: what is said of a row depends on no later one. numba compiles it at the first call (some
seconds) and keeps that on disk, so nothing else of the service waits for it. May import nothing of
the rest of ``rules``.
"""

from rules.trend.online.detector import CountsDetector
from rules.trend.online.kernel import ENDED, GREW, HIGH, LOW, SAID, SCORE, STARTED
from rules.trend.online.setting import DEFAULT, OnlineSettings, scaled

__all__ = [
    "DEFAULT",
    "ENDED",
    "GREW",
    "HIGH",
    "LOW",
    "SAID",
    "SCORE",
    "STARTED",
    "CountsDetector",
    "OnlineSettings",
    "scaled",
]
