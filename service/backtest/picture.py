"""The course of one query over a backtest's span, beside what was usual: what a chart shows."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from rules.trend.spike import measure
from service.backtest.history import SETTINGS, QueryHistory

MOST_STEPS: Final = 200
"""More than this no screen shows apart."""

LENGTHS: Final = tuple(timedelta(hours=hours) for hours in (1, 2, 3, 4, 6, 8, 12, 24))


@dataclass(frozen=True, slots=True)
class Step:
    """What was counted from ``at`` on, and between which counts of negative mentions it would have
    been usual; None where nothing can be said of that."""

    at: datetime
    mentions: int
    negative: int
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Picture:
    """Steps of ``minutes`` each, in order of time."""

    query: str
    minutes: int
    steps: tuple[Step, ...]

    def to_json(self) -> dict[str, Any]:
        facts = asdict(self)
        for step in facts["steps"]:
            step["at"] = step["at"].isoformat().replace("+00:00", "Z")
        return facts


def picture(one: QueryHistory, *, since: datetime, until: datetime) -> Picture:
    """Each step from what was known before it, as detection compares; the last may be cut off."""
    length = next((each for each in LENGTHS if (until - since) / each <= MOST_STEPS), LENGTHS[-1])
    begin = since.replace(minute=0, second=0, microsecond=0)
    steps = []
    while begin < until:
        steps.append(_step(one, begin=begin, length=length))
        begin += length
    return Picture(one.query.name, int(length / timedelta(minutes=1)), tuple(steps))


def _step(one: QueryHistory, *, begin: datetime, length: timedelta) -> Step:
    counted = one.series.count(begin, begin + length)
    start, minutes = int(begin.timestamp() // 60), int(length.total_seconds() // 60)
    usual = measure(one.series, start=start, end=start + minutes, settings=SETTINGS)[:1]
    low, high = usual[0].usual.band(SETTINGS.back_in_band) if usual else (None, None)
    return Step(
        begin,
        counted.mentions,
        counted.negative,
        None if low is None else round(low, 2),
        None if high is None else round(high, 2),
    )
