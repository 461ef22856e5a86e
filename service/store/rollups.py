"""Counts per query, platform and minute, with their hours and days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy.orm import Session

from service.store.dialect import dialect_of, insert_in
from service.store.tables import RollupRow

GRAINS = ("minute", "hour", "day")
COUNTS = (
    "mentions",
    "negative",
    "neutral",
    "positive",
    "reach",
    "negative_reach",
    "engagement",
    "negative_engagement",
    "organic",
    "priority",
)

HUNDREDTHS = 100
"""``organic`` and ``priority`` are sums of parts of one, kept as whole numbers."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What one match adds: to which query and platform, when, and the counts."""

    query_id: int
    platform: str
    at: datetime
    counts: Mapping[str, int]

    def weighed(self, *, priority: float, weight: float = 1.0) -> Counted:
        """With the mention's priority, 0 to 1, and what it weighs as a copy, 0 to 1."""
        organic = round(self.counts.get("organic", 0) * weight)
        told = {"organic": organic, "priority": round(HUNDREDTHS * priority)}
        return replace(self, counts={**self.counts, **told})


def bucket(moment: datetime, grain: str) -> datetime:
    """The start of the minute, hour or day (UTC) that holds the moment."""
    moment = moment.replace(second=0, microsecond=0)
    if grain == "minute":
        return moment
    moment = moment.replace(minute=0)
    return moment if grain == "hour" else moment.replace(hour=0)


def add(session: Session, counted: Iterable[Counted]) -> None:
    """Add to the counts, all grains at once, in the order of the keys (two writers on PostgreSQL
    must not wait for each other in a circle)."""
    sums: dict[tuple[int, str, datetime, str], dict[str, int]] = {}
    for one in counted:
        for grain in GRAINS:
            key = (one.query_id, grain, bucket(one.at, grain), one.platform)
            row = sums.setdefault(key, dict.fromkeys(COUNTS, 0))
            for name, count in one.counts.items():
                row[name] += count
    if not sums:
        return
    rows: list[dict[str, Any]] = [
        {"query_id": key[0], "grain": key[1], "bucket": key[2], "platform": key[3], **counts}
        for key, counts in sorted(sums.items())
    ]
    session.execute(_upsert(dialect_of(session)), rows)


@cache
def _upsert(dialect: str) -> Any:
    """Made once: SQLAlchemy takes longer to put it together than SQLite to run it."""
    table = RollupRow.__table__
    insert = insert_in(dialect, table)
    return insert.on_conflict_do_update(
        index_elements=["query_id", "grain", "bucket", "platform"],
        set_={name: table.c[name] + insert.excluded[name] for name in COUNTS},
    )
