"""The first page: how every brand stands, and what deserves a look."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import Session

from rules.severity import Severity
from service.store.reads.mentions import MentionView, mention_page
from service.store.reads.series import floor_to
from service.store.tables import (
    BlindSpotRow,
    BrandRow,
    IncidentRow,
    MatchRow,
    QueryRow,
    RollupRow,
    SourceRow,
)

DAY: Final = timedelta(hours=24)
WEEK: Final = timedelta(days=7)
SPARKLINE_HOURS: Final = 48
HIGH_PRIORITY: Final = 0.6
NEWEST: Final = 8
NEWEST_READ: Final = 40
"""Mentions read to find so many that tell different stories."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What the brand's own queries (role brand) counted. A mention that answers two of them
    counts in both, as it does for the detectors."""

    mentions: int = 0
    negative: int = 0
    positive: int = 0


@dataclass(frozen=True, slots=True)
class BrandOverview:
    """How one brand stands now. ``share_of_voice`` is in [0, 1], None where neither the brand nor
    a competitor was mentioned or no competitor is listened to. ``sparkline`` are the mentions and
    negative ones per hour, oldest first, the last hour unfinished."""

    id: int
    slug: str
    name: str
    demo: bool
    last_day: Counts
    week_before: Counts
    share_of_voice: float | None
    open_incidents: int
    worst_severity: Severity | None
    sparkline: tuple[tuple[datetime, int, int], ...]
    last_mention_at: datetime | None


@dataclass(frozen=True, slots=True)
class Overview:
    """``newest``: the last mentions of high priority within the sparkline's span, one of each
    story."""

    at: datetime
    brands: tuple[BrandOverview, ...]
    source_count: int
    blind_source_count: int
    open_incident_count: int
    newest: tuple[MentionView, ...]


def overview(session: Session, *, now: datetime, brands: frozenset[int] | None = None) -> Overview:
    """How the brands that are not archived stand at ``now``, in a fixed number of queries."""
    statement = (
        select(BrandRow.id, BrandRow.slug, BrandRow.name, BrandRow.demo, _last_mention())
        .where(BrandRow.archived_at.is_(None))
        .order_by(BrandRow.name, BrandRow.id)
    )
    if brands is not None:
        statement = statement.where(BrandRow.id.in_(sorted(brands)))
    rows = session.execute(statement).all()
    brand_ids = [row[0] for row in rows]
    queries = _queries(session, brand_ids)
    query_ids = [query_id for of_brand in queries.values() for query_id, _ in of_brand]
    day = _counts(session, query_ids, start=now - DAY, end=now)
    before = _counts(session, query_ids, start=now - WEEK - DAY, end=now - WEEK)
    incidents = _open_incidents(session, brand_ids)
    sparklines = _sparklines(session, queries, now=now)
    shown = tuple(
        BrandOverview(
            id=brand_id,
            slug=slug,
            name=name,
            demo=demo,
            last_day=_total(day, _ids(queries[brand_id], role="brand")),
            week_before=_total(before, _ids(queries[brand_id], role="brand")),
            share_of_voice=_share(day, queries[brand_id]),
            open_incidents=incidents.get(brand_id, (0, None))[0],
            worst_severity=incidents.get(brand_id, (0, None))[1],
            sparkline=sparklines[brand_id],
            last_mention_at=last,
        )
        for brand_id, slug, name, demo, last in rows
    )
    sources, blind = _source_counts(session)
    newest = mention_page(
        session,
        min_priority=HIGH_PRIORITY,
        since=now - timedelta(hours=SPARKLINE_HOURS),
        limit=NEWEST_READ,
        brands=frozenset(brand_ids),
    )
    return Overview(
        at=now,
        brands=shown,
        source_count=sources,
        blind_source_count=blind,
        open_incident_count=sum(brand.open_incidents for brand in shown),
        newest=_one_of_each_story(newest.items)[:NEWEST],
    )


def _one_of_each_story(found: Sequence[MentionView]) -> tuple[MentionView, ...]:
    """Of mentions that tell the same the first in the list: the newest."""
    kept: dict[object, MentionView] = {}
    for view in found:
        match = view.top
        kept.setdefault((match.brand_id, match.story) if match.story else view.id, view)
    return tuple(kept.values())


_Queries = dict[int, list[tuple[int, str]]]


def _queries(session: Session, brand_ids: Collection[int]) -> _Queries:
    """Brand to its queries' ids and roles. Disabled ones too: what they counted happened."""
    found: _Queries = defaultdict(list)
    statement = select(QueryRow.brand_id, QueryRow.id, QueryRow.role)
    for brand_id, query_id, role in session.execute(
        statement.where(QueryRow.brand_id.in_(brand_ids))
    ):
        found[brand_id].append((query_id, role))
    return found


def _last_mention() -> ScalarSelect[datetime]:
    """One look into an index per brand, where a maximum per group would read every match."""
    return (
        select(func.max(MatchRow.effective_at))
        .where(MatchRow.brand_id == BrandRow.id)
        .scalar_subquery()
    )


def _counts(
    session: Session, query_ids: Collection[int], *, start: datetime, end: datetime
) -> dict[int, Counts]:
    statement = (
        select(
            RollupRow.query_id,
            func.sum(RollupRow.mentions),
            func.sum(RollupRow.negative),
            func.sum(RollupRow.positive),
        )
        .where(
            RollupRow.query_id.in_(query_ids),
            RollupRow.grain == "minute",
            RollupRow.bucket > start,
            RollupRow.bucket <= end,
        )
        .group_by(RollupRow.query_id)
    )
    return {
        query_id: Counts(int(mentions), int(negative), int(positive))
        for query_id, mentions, negative, positive in session.execute(statement)
    }


def _ids(queries: Collection[tuple[int, str]], *, role: str) -> list[int]:
    return [query_id for query_id, its_role in queries if its_role == role]


def _total(counts: dict[int, Counts], query_ids: Collection[int]) -> Counts:
    found = [counts[query_id] for query_id in query_ids if query_id in counts]
    return Counts(
        mentions=sum(count.mentions for count in found),
        negative=sum(count.negative for count in found),
        positive=sum(count.positive for count in found),
    )


def _share(counts: dict[int, Counts], queries: Collection[tuple[int, str]]) -> float | None:
    rivals = _ids(queries, role="competitor")
    ours = _total(counts, _ids(queries, role="brand")).mentions
    theirs = _total(counts, rivals).mentions
    if not rivals or ours + theirs == 0:
        return None
    return ours / (ours + theirs)


def _open_incidents(
    session: Session, brand_ids: Collection[int]
) -> dict[int, tuple[int, Severity | None]]:
    statement = (
        select(IncidentRow.brand_id, func.count(), func.min(IncidentRow.severity))
        .where(IncidentRow.brand_id.in_(brand_ids), IncidentRow.status != "resolved")
        .group_by(IncidentRow.brand_id)
    )
    return {
        brand_id: (count, Severity(worst)) for brand_id, count, worst in session.execute(statement)
    }


def _sparklines(
    session: Session, queries: _Queries, *, now: datetime
) -> dict[int, tuple[tuple[datetime, int, int], ...]]:
    last = floor_to(now, grain="hour")
    hours = [last - timedelta(hours=back) for back in reversed(range(SPARKLINE_HOURS))]
    owner = {
        query_id: brand_id
        for brand_id, of_brand in queries.items()
        for query_id in _ids(of_brand, role="brand")
    }
    statement = (
        select(
            RollupRow.query_id,
            RollupRow.bucket,
            func.sum(RollupRow.mentions),
            func.sum(RollupRow.negative),
        )
        .where(
            RollupRow.query_id.in_(owner),
            RollupRow.grain == "hour",
            RollupRow.bucket >= hours[0],
            RollupRow.bucket <= hours[-1],
        )
        .group_by(RollupRow.query_id, RollupRow.bucket)
    )
    mentions: dict[tuple[int, datetime], int] = defaultdict(int)
    negative: dict[tuple[int, datetime], int] = defaultdict(int)
    for query_id, bucket, counted, bad in session.execute(statement):
        mentions[owner[query_id], bucket] += int(counted)
        negative[owner[query_id], bucket] += int(bad)
    lines: dict[int, tuple[tuple[datetime, int, int], ...]] = defaultdict(
        lambda: tuple((hour, 0, 0) for hour in hours)
    )
    for brand_id in set(owner.values()):
        lines[brand_id] = tuple(
            (hour, mentions[brand_id, hour], negative[brand_id, hour]) for hour in hours
        )
    return lines


def _source_counts(session: Session) -> tuple[int, int]:
    """Enabled sources, and those of them that cannot be heard now."""
    enabled = SourceRow.enabled.is_(True)
    total = session.scalar(select(func.count()).select_from(SourceRow).where(enabled))
    blind = session.scalar(
        select(func.count(BlindSpotRow.source_id.distinct()))
        .join(SourceRow, SourceRow.id == BlindSpotRow.source_id)
        .where(BlindSpotRow.ended_at.is_(None), enabled)
    )
    return total or 0, blind or 0
