"""How bad a spike is, and why: never by tone alone.

A severity needs volume beyond the band, an absolute number of negative mentions and a multiple of
what is expected; those that page need evidence as well: a negative share that rose, several
platforms, or a wide reach.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rules.severity import Severity
from rules.trend.baseline import Usual
from rules.trend.finding import DetectorSettings
from rules.trend.series import Window


@dataclass(frozen=True, slots=True)
class Measured:
    """One window: what was counted in it and what is usual."""

    start: int
    end: int
    counted: Window
    usual: Usual
    usual_share: float
    left_out: tuple[str, ...] = ()
    doubtful: bool = False

    @property
    def surprise(self) -> float:
        return self.usual.surprise(self.counted.negative)

    @property
    def share(self) -> float:
        return self.counted.negative / self.counted.mentions if self.counted.mentions else 0.0


def rate(measured: Measured, *, settings: DetectorSettings) -> Severity | None:
    """The worst rung of the ladder that is reached; None: no spike. What is doubtful is for review
    at most, so it pages nobody, and nothing at all below that."""
    negative = measured.counted.negative
    points = evidence(measured, settings=settings)
    for rung in settings.ladder:
        if (
            measured.surprise >= rung.surprise
            and negative >= rung.negative
            and negative >= rung.times * measured.usual.expected
            and points >= rung.evidence
        ):
            break
    else:
        return None
    if not measured.doubtful:
        return rung.severity
    return settings.doubtful if rung.severity <= settings.doubtful else None


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


def explain(measured: Measured, *, settings: DetectorSettings) -> tuple[str, ...]:
    """The reasons in words and numbers, the weightiest first."""
    counted = measured.counted
    low, high = measured.usual.band(settings.back_in_band)
    where = "at this hour" if measured.usual.seasonal else "so far"
    reasons = [
        f"{counted.negative} negative in {in_words(measured.end - measured.start)} where "
        f"{round(low)}–{round(high)} are usual {where}",
        f"{measured.share:.0%} of all {counted.mentions} mentions were negative, "
        f"usually {measured.usual_share:.0%}",
        _platforms(counted.platforms),
    ]
    if counted.reach:
        reasons.append(f"up to {counted.reach:,} people could have seen them")
    if not measured.usual.seasonal:
        reasons.append(
            f"only {in_words(measured.usual.known)} of history: what is usual is a wide guess"
        )
    if measured.doubtful:
        reasons.append("hardly anything was posted before: the posts may only begin now")
    if measured.left_out:
        reasons.append(f"not counted, heard too short a time: {', '.join(measured.left_out)}")
    return tuple(reasons)


def _platforms(platforms: Sequence[str]) -> str:
    named = ", ".join(name for name in platforms if name)
    if len(platforms) == 1:
        return f"on one platform ({named})" if named else "on one platform"
    return f"on {len(platforms)} platforms ({named})"


def in_words(minutes: int) -> str:
    """60 and fewer in minutes, more in hours, from three days on in days."""
    if minutes <= 60:
        return f"{minutes} min"
    if minutes < 3 * 24 * 60:
        return f"{minutes // 60} h" + (f" {minutes % 60} min" if minutes % 60 else "")
    return f"{minutes // (24 * 60)} days"
