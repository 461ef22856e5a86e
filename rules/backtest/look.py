"""A query's findings over a span of history: what live detection would have said, minute by minute.

The detector is the live one, called at the moments at which live detection calls it; minutes at
which it would certainly say and remember nothing are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from rules.backtest.ahead import Ahead
from rules.trend import DetectorSettings, DetectorState, Finding, Series, from_minute, observe
from rules.trend.counts import to_minute

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Look:
    """One query's history and what is listened to in it. ``series`` holds the whole span and what
    the baseline needs before. ``wanted``: which findings meet the rule's conditions."""

    brand_id: int
    query_id: int
    name: str
    series: Series
    settings: DetectorSettings
    wanted: Callable[[Finding], bool] = lambda finding: True


@dataclass(frozen=True, slots=True)
class Found:
    """That the detector said something at ``at``."""

    at: datetime
    finding: Finding


def findings(look: Look, *, since: datetime, until: datetime) -> Iterator[Found]:
    """In order of time, from ``since`` up to ``until``; the state at ``since`` is a calm one."""
    state = DetectorState()
    minute, last = to_minute(since), to_minute(until)
    ahead = Ahead(look.series, look.settings, first=minute, last=max(minute, last))
    while (minute := ahead.next(minute, state)) < last:
        now = from_minute(minute)
        series = _heard(look.series, before=minute)
        state, finding = observe(state, series, now=now, settings=look.settings, wanted=look.wanted)
        if finding is not None:
            yield Found(now, finding)
        minute += 1


def _heard(series: Series, *, before: int) -> Series:
    """Without the platforms that nobody had heard of by then: live would not name them."""
    if all(lane.since <= series.since or lane.since < before for lane in series.lanes.values()):
        return series
    known = {
        name: lane
        for name, lane in series.lanes.items()
        if lane.since <= series.since or lane.since < before
    }
    return replace(series, lanes=known)
