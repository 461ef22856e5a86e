"""Storing mentions: once each, with their matches and sightings, and found by their words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from types import MappingProxyType
from typing import Any, cast

from sqlalchemy import Table, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from rules.mention import Author, Engagement, Mention
from rules.query import Document
from service.errors import NotFound
from service.store.dialect import dialect_of, insert_in, insert_or
from service.store.search import index
from service.store.search.words import words_of
from service.store.tables import MatchRow, MatchTopicRow, MentionRow, RejectRow, SightingRow

CHUNK = 500
"""Rows per statement: SQLite takes 32,766 variables in one, PostgreSQL 65,535."""

# Made once, of tables instead of entities: a batch is often one or two mentions, and SQLAlchemy
# takes longer to put these together than SQLite to run them. ``__table__`` is typed as
# anything one can select from; that of a mapped class is a Table.
_INSERT_MATCHES = insert(cast(Table, MatchRow.__table__))
_INSERT_TOPICS = insert(cast(Table, MatchTopicRow.__table__))
_FORGET_REJECTS = delete(cast(Table, RejectRow.__table__)).where(
    RejectRow.__table__.c.identity.in_(bindparam("identities", expanding=True))
)


@cache
def _insert_new(dialect: str) -> Any:
    table = MentionRow.__table__
    return (
        insert_in(dialect, table)
        .on_conflict_do_nothing(index_elements=["identity"])
        .returning(table.c.id, table.c.identity)
    )


_ENGAGEMENT = ("likes", "shares", "comments", "views", "rating")


@dataclass(frozen=True, slots=True)
class TopicValues:
    """That a mention speaks of a topic; the fields are those of MatchTopicRow."""

    topic: str
    polarity: float
    label: str
    places: list[Any]


@dataclass(frozen=True, slots=True)
class MatchValues:
    """One match of a mention, ready to be stored; the fields are those of MatchRow."""

    query_id: int
    brand_id: int
    query_version: int
    score_version: str
    spans: list[Any]
    relevance: float
    polarity: float
    label: str
    priority: float
    explanation: dict[str, Any]
    intent: str | None = None
    story: str | None = None
    topics: tuple[TopicValues, ...] = ()


def known_identities(session: Session, identities: Collection[str]) -> set[str]:
    """Which of these mentions are stored already."""
    found: set[str] = set()
    wanted = sorted(identities)
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        found.update(
            session.scalars(select(MentionRow.identity).where(MentionRow.identity.in_(part)))
        )
    return found


def save_new(
    session: Session,
    mentions: Iterable[Mention],
    *,
    words: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, int]:
    """Store mentions; returns those that were new, identity to id: ``save_matches`` is for these.

    Each is in the index of words from then on; ``words`` are what ``words_of`` gives, by identity,
    of those of whom it is known already. One that somebody else stored in the meantime is
    left as it is, its matches too.
    """
    index.take_over(session)
    by_identity = {mention.id: mention for mention in mentions}
    added: dict[str, int] = {}
    identities = sorted(by_identity)
    for start in range(0, len(identities), CHUNK):
        rows = [_row(key, by_identity[key]) for key in identities[start : start + CHUNK]]
        for mention_id, key in session.execute(_insert_new(dialect_of(session)), rows):
            added[key] = mention_id
    index.write(
        session,
        [
            (added[key], words.get(key) or words_of(Document.of(by_identity[key])))
            for key in sorted(added)
        ],
    )
    if added:
        _forget_rejects(session, added)
    return added


def save_matches(session: Session, matches: Iterable[tuple[int, Mention, MatchValues]]) -> None:
    """The matches of mentions that were just stored; the ids are theirs."""
    given = list(matches)
    if given:
        session.execute(_INSERT_MATCHES, [_match_row(*one) for one in given])
    _save_topics(session, given)


def add_matches(session: Session, matches: Sequence[tuple[int, Mention, MatchValues]]) -> set[int]:
    """Matches of mentions that are stored already; the ids of those to whom it was new."""
    rows = [_match_row(mention_id, mention, values) for mention_id, mention, values in matches]
    fresh: set[int] = set()
    for start in range(0, len(rows), CHUNK):
        added = insert_or(session, MatchRow).on_conflict_do_nothing().returning(MatchRow.mention_id)
        fresh.update(session.scalars(added, rows[start : start + CHUNK]))
    _save_topics(session, [one for one in matches if one[0] in fresh])
    return fresh


def stories_of(
    session: Session, mention_ids: Sequence[int], *, brand_id: int
) -> dict[int, str | None]:
    """Those of the mentions that the brand has a match of, with the story they tell for it."""
    found: dict[int, str | None] = {}
    for start in range(0, len(mention_ids), CHUNK):
        part = mention_ids[start : start + CHUNK]
        rows = session.execute(
            select(MatchRow.mention_id, MatchRow.story).where(
                MatchRow.mention_id.in_(part), MatchRow.brand_id == brand_id
            )
        )
        for mention_id, story in rows:
            found[mention_id] = story or found.get(mention_id)
    return found


def see_again(
    session: Session, mentions: Sequence[Mention], *, source_id: int | None, now: datetime
) -> None:
    """Note that a source shows these stored mentions, and what their engagement is now."""
    by_identity = {mention.id: mention for mention in mentions}
    identities = sorted(by_identity)
    sightings: list[dict[str, Any]] = []
    for start in range(0, len(identities), CHUNK):
        part = identities[start : start + CHUNK]
        columns = [getattr(MentionRow, name) for name in _ENGAGEMENT]
        stored = session.execute(
            select(MentionRow.id, MentionRow.identity, *columns).where(
                MentionRow.identity.in_(part)
            )
        )
        for mention_id, key, *counts in stored:
            if source_id is not None:
                sightings.append({"mention_id": mention_id, "source_id": source_id, "seen_at": now})
            told = {
                name: value
                for name, before in zip(_ENGAGEMENT, counts, strict=True)
                if (value := getattr(by_identity[key].engagement, name)) not in (None, before)
            }
            if told:
                session.execute(update(MentionRow).where(MentionRow.id == mention_id).values(told))
    if sightings:
        session.execute(insert_or(session, SightingRow).on_conflict_do_nothing(), sightings)


def get_mention(session: Session, mention_id: int) -> Mention:
    """One stored mention. Raises NotFound."""
    row = session.get(MentionRow, mention_id)
    if row is None:
        raise NotFound(f"there is no mention {mention_id}")
    return mention_of(row)


def spans_for(session: Session, mention_id: int, *, brand_id: int) -> list[Any] | None:
    """Where the queries of a brand found their words in a mention; None: none of them matched."""
    found = session.scalars(
        select(MatchRow.spans)
        .where(MatchRow.mention_id == mention_id, MatchRow.brand_id == brand_id)
        .order_by(MatchRow.query_id)
    ).all()
    return [span for spans in found for span in spans] if found else None


def mention_of(row: MentionRow) -> Mention:
    """The mention that a row holds."""
    return mention_without_raw(row, raw=row.raw)


def mention_without_raw(row: Any, *, raw: Mapping[str, Any] = MappingProxyType({})) -> Mention:
    """The mention that a row holds, or one with the columns of a row but for ``raw``: what the
    platform said is long, and no query asks for it."""
    return Mention(
        platform=row.platform,
        text=row.text,
        collected_at=row.collected_at,
        native_id=row.native_id,
        url=row.url,
        title=row.title,
        lang=row.lang,
        kind=row.kind,
        country=row.country,
        published_at=row.published_at,
        author=author_of(row),
        engagement=engagement_of(row),
        parent_id=row.parent_id,
        raw=raw,
    )


def author_of(row: Any) -> Author:
    return Author(
        handle=row.author_handle,
        name=row.author_name,
        followers=row.author_followers,
        verified=row.author_verified,
        created_at=row.author_created_at,
        customer_value=row.author_customer_value,
    )


def engagement_of(row: Any) -> Engagement:
    return Engagement(
        likes=row.likes,
        shares=row.shares,
        comments=row.comments,
        views=row.views,
        rating=row.rating,
    )


def stream_mentions(
    session: Session, *, since: datetime | None = None, until: datetime | None = None
) -> list[Mention]:
    """Stored mentions of a span of time, its ends included, in the order of their collection."""
    statement = select(MentionRow).order_by(MentionRow.collected_at, MentionRow.id)
    if since is not None:
        statement = statement.where(MentionRow.effective_at >= since)
    if until is not None:
        statement = statement.where(MentionRow.effective_at <= until)
    return [mention_of(row) for row in session.scalars(statement)]


def _save_topics(session: Session, matches: Iterable[tuple[int, Mention, MatchValues]]) -> None:
    rows = [
        {
            "mention_id": mention_id,
            "query_id": values.query_id,
            "topic": one.topic,
            "brand_id": values.brand_id,
            "effective_at": mention.effective_at,
            "polarity": one.polarity,
            "label": one.label,
            "places": one.places,
        }
        for mention_id, mention, values in matches
        for one in values.topics
    ]
    if rows:
        session.execute(_INSERT_TOPICS, rows)


def _forget_rejects(session: Session, identities: Collection[str]) -> None:
    wanted = sorted(identities)
    for start in range(0, len(wanted), CHUNK):
        session.execute(_FORGET_REJECTS, {"identities": wanted[start : start + CHUNK]})


def _row(key: str, mention: Mention) -> dict[str, Any]:
    author, engagement = mention.author, mention.engagement
    return {
        "identity": key,
        "platform": mention.platform,
        "native_id": mention.native_id,
        "url": mention.url,
        "title": mention.title,
        "text": mention.text,
        "lang": mention.lang,
        "kind": mention.kind,
        "country": mention.country,
        "author_handle": author.handle,
        "author_name": author.name,
        "author_followers": author.followers,
        "author_verified": author.verified,
        "author_created_at": author.created_at,
        "author_customer_value": author.customer_value,
        "likes": engagement.likes,
        "shares": engagement.shares,
        "comments": engagement.comments,
        "views": engagement.views,
        "rating": engagement.rating,
        "parent_id": mention.parent_id,
        "raw": dict(mention.raw),
        "published_at": mention.published_at,
        "collected_at": mention.collected_at,
        "effective_at": mention.effective_at,
    }


def _match_row(mention_id: int, mention: Mention, values: MatchValues) -> dict[str, Any]:
    return {
        "mention_id": mention_id,
        "query_id": values.query_id,
        "brand_id": values.brand_id,
        "platform": mention.platform,
        "effective_at": mention.effective_at,
        "query_version": values.query_version,
        "score_version": values.score_version,
        "spans": values.spans,
        "relevance": values.relevance,
        "polarity": values.polarity,
        "label": values.label,
        "priority": values.priority,
        "explanation": values.explanation,
        "intent": values.intent,
        "story": values.story,
    }
