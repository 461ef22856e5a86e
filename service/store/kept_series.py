"""A query's series read again and again: only what changed since the last time is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, bindparam, or_, select

from rules.trend import Block, Point, Series, Signal
from rules.trend.signal import Counter
from service.store.engine import Session
from service.store.series import MARGIN, USUAL, counter, known_series, read_points
from service.store.tables import RollupRow

HOUR, DAY, MINUTE = timedelta(hours=1), timedelta(days=1), timedelta(minutes=1)

FORGET = timedelta(hours=6)
"""A query not asked for in this long is forgotten: most are quiet most of the time."""


class Part(NamedTuple):
    """A span of which a block is kept: a whole past day (UTC), or an hour of today."""

    begin: datetime
    length: timedelta


Sums = tuple[tuple[str, int, int, int, int], ...]
"""Mentions, negative, reach and the signal's counter by platform, in order of the platforms: what a
part adds up to."""


@dataclass(slots=True)
class Kept:
    asked_at: datetime
    parts: dict[Part, tuple[Sums, Block]] = field(default_factory=dict)


class KeptSeries:
    """``read_series`` for a caller who asks about the same queries all the time.

    Called as ``read_series`` is, with the same answers, late arrivals included. Minutes, hours and
    days are counted in one transaction and counts only grow: where a day's or an hour's sums are
    what they were, so are its minutes. For one thread.
    """

    def __init__(self) -> None:
        self._kept: dict[tuple[int, Counter], Kept] = {}

    def __call__(
        self,
        session: Session,
        query_id: int,
        *,
        now: datetime,
        days: int,
        signal: Signal = USUAL,
    ) -> Series:
        start, reads = now - timedelta(days=days) - MARGIN, signal.reads
        kept = self._kept.setdefault((query_id, reads), Kept(now))
        kept.asked_at = now
        told = _sums(session, query_id, reads, start=start, now=now)
        stale = [part for part, sums in told.items() if kept.parts.get(part, (None,))[0] != sums]
        kept.parts = {part: one for part, one in kept.parts.items() if part in told}
        kept.parts |= _read(session, query_id, reads, stale, told)
        self._forget(now)
        whole = Block.join([kept.parts[part][1] for part in sorted(kept.parts)])
        first, after = -int(-start.timestamp() // 60), int(now.timestamp() // 60) + 1
        minutes = whole.total.minutes
        if minutes and (minutes[0] < first or minutes[-1] >= after):
            whole = whole.between(first, after)
        return known_series(session, query_id, whole, start=start, now=now, signal=signal)

    def _forget(self, now: datetime) -> None:
        for key in [key for key, one in self._kept.items() if now - one.asked_at > FORGET]:
            del self._kept[key]


_rollups = RollupRow.__table__.c


@cache
def _sums_of(reads: Counter) -> Select[Any]:
    return (
        select(
            _rollups.grain,
            _rollups.bucket,
            _rollups.platform,
            _rollups.mentions,
            _rollups.negative,
            _rollups.negative_reach,
            counter(reads),
        )
        .where(
            _rollups.query_id == bindparam("query_id"),
            or_(
                and_(
                    _rollups.grain == "day",
                    _rollups.bucket >= bindparam("first"),
                    _rollups.bucket < bindparam("today"),
                ),
                and_(
                    _rollups.grain == "hour",
                    _rollups.bucket >= bindparam("today"),
                    _rollups.bucket <= bindparam("now"),
                ),
            ),
        )
        .order_by(_rollups.bucket, _rollups.platform)
    )


def _sums(
    session: Session, query_id: int, reads: Counter, *, start: datetime, now: datetime
) -> dict[Part, Sums]:
    """What each part with mentions in it adds up to, in order of time."""
    told: dict[Part, Sums] = {}
    rows = session.execute(
        _sums_of(reads),
        {"query_id": query_id, "first": _midnight(start), "today": _midnight(now), "now": now},
    )
    for grain, bucket, *sums in rows:
        part = Part(bucket, DAY if grain == "day" else HOUR)
        told[part] = (*told.get(part, ()), tuple(sums))
    return told


def _read(
    session: Session,
    query_id: int,
    reads: Counter,
    parts: list[Part],
    told: Mapping[Part, Sums],
) -> dict[Part, tuple[Sums, Block]]:
    """The parts' minutes; parts that touch are read with one statement."""
    found: dict[Part, tuple[Sums, Block]] = {}
    for run in _runs(parts):
        end = run[-1].begin + run[-1].length
        points = sorted(
            read_points(session, query_id, since=run[0].begin, until=end - MINUTE, reads=reads),
            key=lambda point: point.minute,
        )
        at = 0
        for part in run:
            mine: list[Point] = []
            while at < len(points) and points[at].minute < part.begin + part.length:
                mine.append(points[at])
                at += 1
            found[part] = told[part], Block.build(mine)
    return found


def _runs(parts: list[Part]) -> Iterator[list[Part]]:
    run: list[Part] = []
    for part in parts:
        if run and run[-1].begin + run[-1].length != part.begin:
            yield run
            run = []
        run.append(part)
    if run:
        yield run


def _midnight(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
