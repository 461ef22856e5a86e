"""What is known of a query's past: its counts, what really happened, and what it cannot tell.

For backtests: whole spans at once, as the detectors would have read them minute by minute.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import BigInteger, Select, bindparam, cast, extract, func, select

from rules.incident import Verdict
from rules.trend import Block, Series, Signal
from rules.trend.counts import Counts
from rules.trend.signal import Counter
from service.store.engine import Session
from service.store.series import MARGIN, USUAL, counter, known_series
from service.store.tables import (
    IncidentRow,
    MatchRow,
    MentionRow,
    MissedIncidentRow,
    RollupRow,
    TimelineRow,
    VerdictRow,
)

LATE = timedelta(minutes=15)
"""A mention that was collected this long after it was posted was not there for a live look."""

Ints = npt.NDArray[np.int64]

_rollups = RollupRow.__table__.c


# Minutes are counted in the database: making a time of each row takes longer than all the rest.
@cache
def _minutes_of(reads: Counter) -> Select[Any]:
    return (
        select(
            cast(extract("epoch", _rollups.bucket), BigInteger),
            _rollups.platform,
            _rollups.mentions,
            _rollups.negative,
            _rollups.negative_reach,
            *([counter(reads)] if reads else []),
        )
        .where(
            _rollups.query_id == bindparam("query_id"),
            _rollups.grain == "minute",
            _rollups.bucket >= bindparam("since"),
            _rollups.bucket < bindparam("until"),
        )
        .order_by(_rollups.bucket)
    )


def read_whole(
    session: Session,
    query_id: int,
    *,
    since: datetime,
    until: datetime,
    days: int,
    signal: Signal = USUAL,
) -> Series:
    """The counts from ``since`` to ``until``, and of the ``days`` before that a look at ``since``
    compares with, as a signal sees them."""
    start = since - timedelta(days=days) - MARGIN
    block = _block(session, query_id, signal.reads, since=start, until=until)
    return known_series(session, query_id, block, start=start, now=until, signal=signal)


def _block(
    session: Session, query_id: int, reads: Counter, *, since: datetime, until: datetime
) -> Block:
    asked = {"query_id": query_id, "since": since, "until": until}
    rows = session.execute(_minutes_of(reads), asked).all()
    if not rows:
        return Block({}, Counts([], [], [], []))
    seconds, names, *told = zip(*rows, strict=True)
    minutes = _numbers(seconds) // 60
    columns = [_numbers(one) for one in told]
    places = {name: place for place, name in enumerate(sorted(set(names)))}
    platforms = _numbers([places[name] for name in names])
    lanes = {}
    for name, place in places.items():
        own = platforms == place
        lanes[name] = _counts(minutes[own], [column[own] for column in columns])
    return Block(lanes, _counts(minutes, columns))


def _counts(minutes: Ints, columns: Sequence[Ints]) -> Counts:
    """Of minutes in order; what was counted in one of them is added up."""
    first = np.flatnonzero(np.diff(minutes, prepend=minutes[0] - 1))
    sums = (np.add.reduceat(column, first).tolist() for column in columns)
    return Counts(minutes[first].tolist(), *sums)


def _numbers(told: Sequence[int]) -> Ints:
    return np.fromiter(told, dtype=np.int64, count=len(told))


@dataclass(frozen=True, slots=True)
class Remembered:
    """An incident of the store, or one that was missed and entered by hand (``query_id`` None).

    ``paged_at``: when the first page was written; ``verdict``: the newest one given.
    """

    query_id: int | None
    title: str
    began_at: datetime
    ended_at: datetime
    paged_at: datetime | None
    verdict: Verdict | None


def remembered(
    session: Session, brand_id: int, *, since: datetime, until: datetime
) -> list[Remembered]:
    """What happened to a brand in the span, in order of time."""
    rows = session.scalars(
        select(IncidentRow)
        .where(
            IncidentRow.brand_id == brand_id,
            IncidentRow.opened_at >= since,
            IncidentRow.opened_at < until,
        )
        .order_by(IncidentRow.opened_at, IncidentRow.id)
    ).all()
    ids = [row.id for row in rows]
    paged: Mapping[int, datetime] = _by_incident(
        session,
        select(TimelineRow.incident_id, func.min(TimelineRow.at))
        .where(TimelineRow.incident_id.in_(ids), TimelineRow.kind == "paged")
        .group_by(TimelineRow.incident_id),
    )
    verdicts: Mapping[int, str] = _by_incident(
        session,
        select(VerdictRow.incident_id, VerdictRow.verdict)
        .where(VerdictRow.incident_id.in_(ids))
        .order_by(VerdictRow.given_at, VerdictRow.id),
    )
    told = [
        Remembered(
            query_id=row.query_id,
            title=row.title,
            began_at=row.first_mention_at or row.opened_at,
            ended_at=row.spike_ended_at or row.resolved_at or until,
            paged_at=paged.get(row.id),
            verdict=Verdict(verdicts[row.id]) if row.id in verdicts else None,
        )
        for row in rows
    ]
    missed = session.scalars(
        select(MissedIncidentRow).where(
            MissedIncidentRow.brand_id == brand_id,
            MissedIncidentRow.began_at >= since,
            MissedIncidentRow.began_at < until,
        )
    )
    told += [
        Remembered(None, row.title, row.began_at, row.ended_at, None, Verdict.REAL)
        for row in missed
    ]
    return sorted(told, key=lambda one: (one.began_at, one.title))


@dataclass(frozen=True, slots=True)
class Shaky:
    """What of a query's history is not as a live look saw it.

    ``stored``: matches that are there, ``late``: those collected ``LATE`` after they were posted;
    ``versions``: how many were judged by which score rules.
    """

    stored: int
    late: int
    versions: Mapping[str, int]


def shaky(session: Session, query_id: int, *, since: datetime, until: datetime) -> Shaky:
    """Of the mentions posted in the span."""
    span = (
        MatchRow.query_id == query_id,
        MatchRow.effective_at >= since,
        MatchRow.effective_at < until,
    )
    judged = session.execute(
        select(MatchRow.score_version, func.count()).where(*span).group_by(MatchRow.score_version)
    )
    versions = {version: int(count) for version, count in judged}
    waited = extract("epoch", MentionRow.collected_at) - extract("epoch", MentionRow.effective_at)
    late = session.scalar(
        select(func.count())
        .select_from(MatchRow)
        .join(MentionRow, MentionRow.id == MatchRow.mention_id)
        .where(*span, waited > LATE.total_seconds())
    )
    return Shaky(sum(versions.values()), int(late or 0), dict(sorted(versions.items())))


def _by_incident(session: Session, statement: Any) -> dict[int, Any]:
    """The last row counts."""
    return {row[0]: row[1] for row in session.execute(statement)}
