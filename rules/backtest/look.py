"""A query's findings over a span of history: what live detection would have said, minute by minute.

The detector is the live one, called at the moments at which live detection calls it. Minutes at
which nothing can start are left out as they are live: too few negative mentions in the longest
window, and no spike that runs.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from rules.trend import DetectorSettings, DetectorState, Finding, Series, from_minute, observe
from rules.trend.series import to_minute

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Look:
    """One query's history. ``series`` holds the whole span and what the baseline needs before."""

    brand_id: int
    query_id: int
    name: str
    series: Series
    settings: DetectorSettings


@dataclass(frozen=True, slots=True)
class Found:
    """That the detector said something at ``at``."""

    at: datetime
    finding: Finding


def findings(look: Look, *, since: datetime, until: datetime) -> Iterator[Found]:
    """In order of time, from ``since`` up to ``until``; the state at ``since`` is a calm one."""
    state = DetectorState()
    minute, last = to_minute(since), to_minute(until)
    while minute < last:
        if not state.active:
            following = _next_loud(look, minute)
            if following is None or following >= last:
                return
            minute = following
        now = from_minute(minute)
        state, finding = observe(state, look.series, now=now, settings=look.settings)
        if finding is not None:
            yield Found(now, finding)
        minute += 1


def _next_loud(look: Look, minute: int) -> int | None:
    """The first minute from here on at which the longest window holds enough to start anything."""
    lane = look.series.total
    longest = int(look.settings.longest / MINUTE)
    least = look.settings.min_negative
    low = bisect_left(lane.minutes, minute - longest)
    high = bisect_left(lane.minutes, minute)
    if lane.negative[high] - lane.negative[low] >= least:
        return minute
    for index in range(high, len(lane.minutes)):
        # A look at the minute after one that was counted is the first that can see it.
        end = lane.minutes[index] + 1
        start = bisect_left(lane.minutes, end - longest)
        if lane.negative[index + 1] - lane.negative[start] >= least:
            return end
    return None
