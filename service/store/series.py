"""A query's series as the detectors read it: minute rollups, blind spots, and since when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, bindparam, func, literal, or_, select

from rules.trend import (
    NEGATIVE_VOLUME,
    SIGNALS,
    Block,
    DetectorSettings,
    Point,
    Series,
    Signal,
    from_minute,
)
from rules.trend.signal import SILENCE, Counter
from service.store.engine import Session
from service.store.tables import BlindSpotRow, QueryRow, RollupRow, SourceRow

USUAL: Final = SIGNALS[NEGATIVE_VOLUME]
MARGIN = timedelta(hours=6)
"""Read beyond the history's length: the oldest day's windows begin before it."""

# Made once, of tables instead of entities: these run again and again, and SQLAlchemy takes longer
# to put one together than SQLite to answer it.
_rollups, _queries, _sources = (row.__table__.c for row in (RollupRow, QueryRow, SourceRow))


@cache
def minutes_of(reads: Counter) -> Select[Any]:
    """The minutes of a query from ``since`` to ``until``, with the counter that a signal reads."""
    return select(
        _rollups.bucket,
        _rollups.platform,
        _rollups.mentions,
        _rollups.negative,
        _rollups.negative_reach,
        counter(reads),
    ).where(
        _rollups.query_id == bindparam("query_id"),
        _rollups.grain == "minute",
        _rollups.bucket >= bindparam("since"),
        _rollups.bucket <= bindparam("until"),
    )


def counter(reads: Counter) -> ColumnElement[int]:
    """The column of the rollups that a signal reads beside the usual ones; 0 for none."""
    return _rollups[reads] if reads else literal(0)


_BEGAN = select(
    _queries.created_at,
    select(func.min(_rollups.bucket))
    .where(_rollups.query_id == bindparam("query_id"), _rollups.grain == "minute")
    .scalar_subquery(),
).where(_queries.id == bindparam("query_id"))
_SOURCES = select(_sources.id, _sources.created_at).where(_sources.enabled.is_(True))
_RECENT = (
    select(_rollups.query_id, func.sum(_rollups.mentions), func.sum(_rollups.negative))
    .where(
        _rollups.query_id.in_(bindparam("ids", expanding=True)),
        _rollups.grain == "minute",
        _rollups.bucket >= bindparam("since"),
        _rollups.bucket <= bindparam("until"),
    )
    .group_by(_rollups.query_id)
)


def read_series(
    session: Session, query_id: int, *, now: datetime, days: int = 28, signal: Signal = USUAL
) -> Series:
    """What is known of a query up to ``now``, as a signal sees it; see ``known_series``."""
    start = now - timedelta(days=days) - MARGIN
    points = read_points(session, query_id, since=start, until=now, reads=signal.reads)
    return known_series(session, query_id, Block.build(points), start=start, now=now, signal=signal)


def known_series(
    session: Session,
    query_id: int,
    block: Block,
    *,
    start: datetime,
    now: datetime,
    signal: Signal = USUAL,
) -> Series:
    """``block``, the query's minutes from ``start`` to ``now``, with what is known about them.

    ``since``: its first counted minute, or, where that is earlier, when it and its first source
    had both been set up: silence from then on is a real zero. A gap is a span in which *every*
    enabled source was blind: while one can hear, a spike can be seen, if with fewer voices. For
    silence it is one in which *any* was: what a deaf source leaves out is no silence.
    A platform whose first mention was posted before the newest source was added may have been
    brought by it: it is known from that mention on only, so that a new source is not a spike.
    """
    created, first = session.execute(_BEGAN, {"query_id": query_id}).one()
    sources = session.execute(_SOURCES).all()
    set_up = [row.created_at for row in sources]
    listening = max(created, min(set_up)) if set_up else created
    since = listening if first is None else min(first, listening)
    seen = {name: from_minute(counts.minutes[0]) for name, counts in block.platforms.items()}
    newest = max([created, *set_up])
    return Series.of(
        block,
        since=since,
        gaps=blind(
            session,
            [row.id for row in sources],
            start=start,
            now=now,
            least=1 if signal.name == SILENCE else len(sources),
        ),
        platform_since={
            name: at for name, at in seen.items() if at < newest and at > max(since, start)
        },
    )


def read_points(
    session: Session, query_id: int, *, since: datetime, until: datetime, reads: Counter = ""
) -> list[Point]:
    """A query's counts of the minutes from ``since`` to ``until``, both included."""
    asked = {"query_id": query_id, "since": since, "until": until}
    return [
        Point(bucket, mentions, negative, reach, platform, weight)
        for bucket, platform, mentions, negative, reach, weight in session.execute(
            minutes_of(reads), asked
        )
    ]


def blind(
    session: Session, source_ids: Sequence[int], *, start: datetime, now: datetime, least: int
) -> list[tuple[datetime, datetime]]:
    """Spans in which at least so many of the sources could not be heard, in order; open ones end
    at ``now``."""
    if not source_ids:
        return []
    rows = session.execute(
        select(BlindSpotRow.source_id, BlindSpotRow.started_at, BlindSpotRow.ended_at).where(
            BlindSpotRow.source_id.in_(source_ids),
            BlindSpotRow.started_at < now,
            or_(BlindSpotRow.ended_at.is_(None), BlindSpotRow.ended_at > start),
        )
    )
    # A sweep over the spots' ends: +1 where a source goes blind, -1 where it hears again.
    turns: list[tuple[datetime, int]] = []
    for spans in _by_source(rows.all(), now=now).values():
        for began, ended in spans:
            turns += [(began, 1), (ended, -1)]
    gaps: list[tuple[datetime, datetime]] = []
    deaf, opened = 0, start
    for at, turn in sorted(turns):
        if deaf < least <= deaf + turn:
            opened = at
        elif deaf + turn < least <= deaf:
            gaps.append((opened, at))
        deaf += turn
    return [(began, ended) for began, ended in gaps if ended > began]


def _by_source(
    rows: Sequence[tuple[int, datetime, datetime | None]], *, now: datetime
) -> dict[int, list[tuple[datetime, datetime]]]:
    """Each source's spots, merged where they overlap, so that none counts twice."""
    spans: dict[int, list[tuple[datetime, datetime]]] = {}
    for source_id, began, ended in sorted(rows, key=lambda row: (row[0], row[1])):
        end = min(ended or now, now)
        own = spans.setdefault(source_id, [])
        if own and began <= own[-1][1]:
            own[-1] = (own[-1][0], max(end, own[-1][1]))
        elif end > began:
            own.append((began, end))
    return spans


@dataclass(frozen=True, slots=True)
class Recent:
    """What was counted of a query a short while ago."""

    mentions: int = 0
    negative: int = 0

    def enough(self, settings: DetectorSettings) -> bool:
        """Whether a detector could start anything; silence starts where there is nothing."""
        if settings.signal == SILENCE:
            return True
        many = self.mentions if settings.what.counted == "mentions" else self.negative
        return many >= settings.least


def count_recent(
    session: Session, query_ids: Sequence[int], *, now: datetime, length: timedelta
) -> dict[int, Recent]:
    """What the last ``length`` counted by query, queries without any left out: at least as much as
    a detector would see. The ids are named because the rollups' key begins with them."""
    counts = session.execute(
        _RECENT,
        {"ids": query_ids, "since": now - length - timedelta(minutes=1), "until": now},
    )
    return {query_id: Recent(int(mentions), int(bad)) for query_id, mentions, bad in counts}
