"""How bad a spike is, and why: never by tone alone.

A severity needs volume beyond the band, an absolute number of mentions and a multiple of what is
expected; those that page need evidence as well: a negative share that rose, several platforms, or a
wide reach. And what is reached on several days is no spike (rules.trend.often).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rules.severity import Severity
from rules.trend.baseline import Usual
from rules.trend.finding import DetectorSettings, Rung
from rules.trend.often import stands_out
from rules.trend.series import Window
from rules.trend.signal import NEGATIVE_SHARE, SILENCE, Signal
from rules.trend.silence import missing


@dataclass(frozen=True, slots=True)
class Measured:
    """One window: what was counted in it and what is usual.

    ``often``: how far such windows stand out on several of the last days, worked out when asked.
    ``heard``: the last minute with a mention before the window's end, None for none.
    """

    start: int
    end: int
    what: Signal
    counted: Window
    usual: Usual
    usual_share: float
    left_out: tuple[str, ...] = ()
    doubtful: bool = False
    often: Callable[[], float] = lambda: 0.0
    heard: int | None = None

    @property
    def value(self) -> int:
        """What the signal compares with the usual."""
        return self.counted.sum(self.what.column)

    @property
    def surprise(self) -> float:
        if self.what.name == SILENCE:
            return missing(self.value, lowest=self.usual.lowest)
        return self.usual.surprise(self.value)

    @property
    def share(self) -> float:
        return self.counted.negative / self.counted.mentions if self.counted.mentions else 0.0


def rate(measured: Measured, *, settings: DetectorSettings) -> Severity | None:
    """The worst rung of the ladder that is reached; None: no spike. What is doubtful is for review
    at most, so it pages nobody, and nothing at all below that. See also ``happens_often``."""
    if measured.what.name == SILENCE and (measured.doubtful or not measured.usual.seasonal):
        return None
    if measured.what.name == NEGATIVE_SHARE and not share_rose(measured, settings=settings):
        return None
    points = evidence(measured, settings=settings)
    for rung in settings.ladder:
        if points >= rung.evidence and _reaches(measured, rung):
            break
    else:
        return None
    if not measured.doubtful:
        return rung.severity
    return settings.doubtful if rung.severity <= settings.doubtful else None


def happens_often(measured: Measured, *, settings: DetectorSettings) -> bool:
    """Whether as much was reached on several of the last days: then it is no spike. The dearest
    question, so it is asked last."""
    if not settings.often_from:
        return False
    far = stands_out(measured.value, measured.usual.expected, unit=measured.usual.unit)
    return far < settings.often_share * measured.often()


def _reaches(measured: Measured, rung: Rung) -> bool:
    if measured.surprise < rung.surprise:
        return False
    if measured.what.name == SILENCE:
        return measured.value <= rung.times * measured.usual.lowest
    return (
        measured.counted.sum(measured.what.counted) >= measured.what.enough(rung.least)
        and measured.value >= rung.times * measured.usual.expected
    )


def evidence(measured: Measured, *, settings: DetectorSettings) -> int:
    """Points: a risen negative share (two where it is also most of what is said), several
    platforms, a wide reach."""
    risen = share_rose(measured, settings=settings)
    return (
        risen
        + (risen and measured.share >= 0.5)
        + (len(measured.counted.platforms) >= settings.wide_platforms)
        + (measured.counted.reach >= settings.wide_reach)
    )


def share_rose(measured: Measured, *, settings: DetectorSettings) -> bool:
    return (
        measured.share >= settings.share_least
        and measured.share >= measured.usual_share + settings.share_rise
    )
