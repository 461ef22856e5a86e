"""A span's posts and what the store says of each; the same heard again in another store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import func, insert, select

from rules.mention import Mention
from service.store.engine import Session
from service.store.mentions import MatchValues, mention_of
from service.store.search.missed import kept_rejects
from service.store.search.scan import first_seen_in
from service.store.sources import get_source
from service.store.tables import BlindSpotRow, BrandRow, MatchRow, MentionRow, QueryRow, SourceRow
from service.store.workspace import query_key

CHUNK: Final = 500
ORDINARY_TIER: Final = 2
"""Of a mention that no source is known to have shown."""

_MATCH: Final = tuple(
    name for name in MatchValues.__dataclass_fields__ if name in MatchRow.__table__.c
)

_QUERIES: Final = (
    select(QueryRow, BrandRow.slug)
    .join(BrandRow, BrandRow.id == QueryRow.brand_id)
    .order_by(QueryRow.id)
)


@dataclass(frozen=True, slots=True)
class Post:
    """``matches``: what the store says of it, by the key of the query; none of a reject."""

    mention: Mention
    tier: int
    source: str
    matches: Mapping[str, MatchValues] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Past:
    """``posts`` in the order of their collection; ``hearing``: the rows of the sources and of their
    blind spots."""

    posts: Sequence[Post]
    hearing: Sequence[tuple[Any, Sequence[Mapping[str, Any]]]]


def read_past(session: Session, *, since: datetime, until: datetime) -> Past:
    """What was posted from ``since`` up to ``until``, with the fetched posts that matched nothing,
    as far as they are kept whole. Matches of queries that are not in use are left out."""
    keys: dict[int, str] = {}
    for query, slug in session.execute(_QUERIES):
        if query.enabled:
            keys[query.id] = query_key(slug, query.name)
    posts = [*_stored(session, keys, since=since, until=until)]
    posts += _rejected(session, since=since, until=until)
    posts.sort(key=lambda post: (post.mention.collected_at, post.mention.id))
    hearing = [(table, _rows(session, table)) for table in (SourceRow, BlindSpotRow)]
    return Past(posts, hearing)


def count_posts(session: Session, *, since: datetime, until: datetime) -> int:
    """How many stored mentions that is."""
    span = (MentionRow.effective_at >= since, MentionRow.effective_at < until)
    return session.scalar(select(func.count()).select_from(MentionRow).where(*span)) or 0


def _stored(
    session: Session, keys: Mapping[int, str], *, since: datetime, until: datetime
) -> Iterator[Post]:
    ids = list(
        session.scalars(
            select(MentionRow.id)
            .where(MentionRow.effective_at >= since, MentionRow.effective_at < until)
            .order_by(MentionRow.id)
        )
    )
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        told: dict[int, dict[str, MatchValues]] = {}
        for row in session.scalars(
            select(MatchRow).where(MatchRow.mention_id.in_(part), MatchRow.query_id.in_(keys))
        ):
            values = MatchValues(**{name: getattr(row, name) for name in _MATCH})
            told.setdefault(row.mention_id, {})[keys[row.query_id]] = values
        seen = first_seen_in(session, part)
        for stored in session.scalars(
            select(MentionRow).where(MentionRow.id.in_(part)).order_by(MentionRow.id)
        ):
            source = seen.get(stored.id)
            yield Post(
                mention_of(stored),
                source.tier if source else ORDINARY_TIER,
                source.name if source else "",
                told.get(stored.id, {}),
            )


def _rejected(session: Session, *, since: datetime, until: datetime) -> Iterator[Post]:
    for kept in kept_rejects(session, since=since):
        mention = kept.mention
        whole = kept.row.facts is not None and not kept.is_cut
        if not whole or mention.id != kept.row.identity:
            continue
        if since <= mention.effective_at < until:
            source_id = kept.row.source_id
            tier = ORDINARY_TIER if source_id is None else get_source(session, source_id).tier
            yield Post(mention, tier, kept.row.source_name or "")


def _rows(session: Session, table: Any) -> list[Mapping[str, Any]]:
    columns = table.__table__.c
    return [
        {column.key: getattr(row, column.key) for column in columns}
        for row in session.scalars(select(table).order_by(table.id))
    ]


def hear(session: Session, past: Past) -> None:
    """Into another store: what was listened to, since when, and when nothing could be heard."""
    for table, rows in past.hearing:
        if rows:
            session.execute(insert(table), [dict(row) for row in rows])


def query_ids(session: Session) -> dict[str, tuple[int, int]]:
    """The ids of query and brand in this store, by the key of the query."""
    return {
        query_key(slug, query.name): (query.id, query.brand_id)
        for query, slug in session.execute(_QUERIES)
    }
