"""Counts over time."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.errors import Invalid
from service.store.tables import RollupRow

GRAINS: Final = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
}
MOST_POINTS: Final = 20_000

_COUNTS: Final = (
    "mentions",
    "negative",
    "neutral",
    "positive",
    "reach",
    "negative_reach",
    "engagement",
)


@dataclass(frozen=True, slots=True)
class SeriesPoint:
    """What one query counted in the bucket that begins at ``bucket`` (UTC), over all platforms."""

    query_id: int
    bucket: datetime
    mentions: int = 0
    negative: int = 0
    neutral: int = 0
    positive: int = 0
    reach: int = 0
    negative_reach: int = 0
    engagement: int = 0


def floor_to(moment: datetime, *, grain: str) -> datetime:
    """The beginning of the bucket that holds ``moment``. Raises Invalid for an unknown grain."""
    moment = moment.astimezone(UTC).replace(second=0, microsecond=0)
    if grain == "minute":
        return moment
    if grain == "hour":
        return moment.replace(minute=0)
    if grain == "day":
        return moment.replace(hour=0, minute=0)
    raise Invalid(f"grain must be one of {', '.join(GRAINS)}, not {grain!r}")


def query_series(
    session: Session,
    *,
    query_ids: Collection[int],
    since: datetime,
    until: datetime,
    grain: str = "hour",
    platform: str | None = None,
) -> list[SeriesPoint]:
    """Every bucket from the one that holds ``since`` up to ``until`` (not included), per query, by
    query and time; a bucket without mentions has zeros. Whether the sources could be heard then
    is told by the blind spots. Raises Invalid for a grain or a span that cannot be.
    """
    start = floor_to(since, grain=grain)
    width = GRAINS[grain]
    if until <= start:
        raise Invalid("until must come after since")
    if ((until - start) / width + 1) * max(len(query_ids), 1) > MOST_POINTS:
        raise Invalid(f"that would be more than {MOST_POINTS} points; take a coarser grain")
    sums = [func.sum(getattr(RollupRow, name)) for name in _COUNTS]
    statement = (
        select(RollupRow.query_id, RollupRow.bucket, *sums)
        .where(
            RollupRow.query_id.in_(query_ids),
            RollupRow.grain == grain,
            RollupRow.bucket >= start,
            RollupRow.bucket < until,
        )
        .group_by(RollupRow.query_id, RollupRow.bucket)
    )
    if platform is not None:
        statement = statement.where(RollupRow.platform == platform)
    counted = {
        (query_id, bucket): SeriesPoint(query_id, bucket, *(int(count) for count in counts))
        for query_id, bucket, *counts in session.execute(statement)
    }
    buckets = list(_buckets(start, until=until, width=width))
    return [
        counted.get((query_id, bucket)) or SeriesPoint(query_id, bucket)
        for query_id in sorted(set(query_ids))
        for bucket in buckets
    ]


def _buckets(start: datetime, *, until: datetime, width: timedelta) -> Iterator[datetime]:
    while start < until:
        yield start
        start += width
