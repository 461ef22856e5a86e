"""A query's series as the detectors read it: minute rollups, blind spots, and since when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, or_, select

from rules.trend import Block, Point, Series, from_minute
from service.store.engine import Session
from service.store.tables import BlindSpotRow, QueryRow, RollupRow, SourceRow

MARGIN = timedelta(hours=6)
"""Read beyond the history's length: the oldest day's windows begin before it."""

# Made once, of tables instead of entities: these run again and again, and SQLAlchemy takes longer
# to put one together than SQLite to answer it.
_rollups, _queries, _sources = (row.__table__.c for row in (RollupRow, QueryRow, SourceRow))
_MINUTES = select(
    _rollups.bucket,
    _rollups.platform,
    _rollups.mentions,
    _rollups.negative,
    _rollups.negative_reach,
).where(
    _rollups.query_id == bindparam("query_id"),
    _rollups.grain == "minute",
    _rollups.bucket >= bindparam("since"),
    _rollups.bucket <= bindparam("until"),
)
_BEGAN = select(
    _queries.created_at,
    select(func.min(_rollups.bucket))
    .where(_rollups.query_id == bindparam("query_id"), _rollups.grain == "minute")
    .scalar_subquery(),
).where(_queries.id == bindparam("query_id"))
_SOURCES = select(_sources.id, _sources.created_at).where(_sources.enabled.is_(True))
_NEGATIVE = (
    select(_rollups.query_id, func.sum(_rollups.negative))
    .where(
        _rollups.query_id.in_(bindparam("ids", expanding=True)),
        _rollups.grain == "minute",
        _rollups.bucket >= bindparam("since"),
        _rollups.bucket <= bindparam("until"),
    )
    .group_by(_rollups.query_id)
)


def read_series(session: Session, query_id: int, *, now: datetime, days: int = 28) -> Series:
    """What is known of a query up to ``now``; see ``known_series``."""
    start = now - timedelta(days=days) - MARGIN
    block = Block.build(read_points(session, query_id, since=start, until=now))
    return known_series(session, query_id, block, start=start, now=now)


def known_series(
    session: Session, query_id: int, block: Block, *, start: datetime, now: datetime
) -> Series:
    """``block``, the query's minutes from ``start`` to ``now``, with what is known about them.

    ``since``: its first counted minute, or, where that is earlier, when it and its first source
    had both been set up: silence from then on is a real zero. A gap is a span in which *every*
    enabled source was blind: while one can hear, a spike can be seen, if with fewer voices.
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
        gaps=blind_to_all(session, [row.id for row in sources], start=start, now=now),
        platform_since={
            name: at for name, at in seen.items() if at < newest and at > max(since, start)
        },
    )


def read_points(
    session: Session, query_id: int, *, since: datetime, until: datetime
) -> list[Point]:
    """A query's counts of the minutes from ``since`` to ``until``, both included."""
    return [
        Point(minute=bucket, mentions=mentions, negative=negative, reach=reach, platform=platform)
        for bucket, platform, mentions, negative, reach in session.execute(
            _MINUTES, {"query_id": query_id, "since": since, "until": until}
        )
    ]


def blind_to_all(
    session: Session, source_ids: Sequence[int], *, start: datetime, now: datetime
) -> list[tuple[datetime, datetime]]:
    """Spans in which none of the sources could be heard, in order; open ones end at ``now``."""
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
    blind, opened = 0, start
    for at, turn in sorted(turns):
        if blind == len(source_ids) and turn < 0:
            gaps.append((opened, at))
        blind += turn
        opened = at
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


def count_negative(
    session: Session, query_ids: Sequence[int], *, now: datetime, length: timedelta
) -> dict[int, int]:
    """Negative mentions of the last ``length`` by query, queries without any left out: at least as
    many as a detector would see. The ids are named because the rollups' key begins with them."""
    counts = session.execute(
        _NEGATIVE,
        {"ids": query_ids, "since": now - length - timedelta(minutes=1), "until": now},
    )
    return {query_id: int(negative) for query_id, negative in counts if negative}
