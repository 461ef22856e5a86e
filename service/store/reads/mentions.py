"""Mentions as the doors show them: one row per mention, with everything it matched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from rules.mention import Author, Engagement
from service.errors import NotFound
from service.store.mentions import author_of, engagement_of
from service.store.reads.match_topics import TopicView, asks_for_topic, topics_of
from service.store.reads.page import Page, checked_limit, read_cursor, write_cursor
from service.store.reads.stories import story_sizes
from service.store.tables import (
    BrandRow,
    MatchRow,
    MentionRow,
    QueryRow,
    SightingRow,
    SourceRow,
)

_OPINION = "opinion"


@dataclass(frozen=True, slots=True)
class MatchView:
    """That the mention answers one query, where, and what it scored.

    ``spans``: (field, start, end, term). ``explanation``: {"relevance": [part, …], "polarity": …,
    "priority": …, "intent": …}, part = {"rule", "what", "contribution", "span"}; the parts of one
    score add up to it, those of the intent to its weight. ``opinion``: who judged the polarity and
    how sure, as rules.score.Opinion has it; None: scored before that was kept. ``intent`` None:
    judged before there were intents. ``story``: the identity of the first mention that told the
    same, of which ``story_size`` are stored for the brand; None: not placed in any.
    """

    query_id: int
    query_name: str
    query_role: str
    query_version: int
    brand_id: int
    brand_slug: str
    brand_name: str
    relevance: float
    polarity: float
    label: str
    priority: float
    score_version: str
    spans: tuple[tuple[str, int, int, str], ...]
    explanation: dict[str, Any]
    opinion: dict[str, Any] | None = None
    intent: str | None = None
    story: str | None = None
    story_size: int = 0
    topics: tuple[TopicView, ...] = ()


@dataclass(frozen=True, slots=True)
class SightingView:
    """That a source showed the mention, and when it was first seen there."""

    source_id: int
    source_name: str
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class MentionView:
    """One mention. ``url`` is None or an http(s) address; all text is the platform's own, so
    hostile. ``matches`` are by priority, highest first. ``sightings`` are filled for one mention,
    empty in a list."""

    id: int
    identity: str
    platform: str
    native_id: str | None
    url: str | None
    title: str
    text: str
    lang: str | None
    kind: str | None
    country: str | None
    author: Author
    engagement: Engagement
    parent_id: str | None
    published_at: datetime | None
    collected_at: datetime
    effective_at: datetime
    matches: tuple[MatchView, ...]
    sightings: tuple[SightingView, ...] = ()

    @property
    def top(self) -> MatchView:
        """The match of the highest priority; its scores stand for the mention in a list."""
        return self.matches[0]

    @property
    def reach(self) -> int:
        """How many could have seen it: views where told, else the author's followers."""
        return self.engagement.views or self.author.followers or 0


def mention_page(
    session: Session,
    *,
    brand_id: int | None = None,
    query_id: int | None = None,
    platform: str | None = None,
    label: str | None = None,
    intent: str | None = None,
    story: str | None = None,
    topic: str | None = None,
    words: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    min_priority: float | None = None,
    min_relevance: float | None = None,
    cursor: str | None = None,
    limit: int = 50,
    brands: frozenset[int] | None = None,
) -> Page[MentionView]:
    """Mentions, newest first; those that matched something for one of ``brands`` (None: any).

    Brand, query, label, intent, story, topic, priority and relevance are asked of one and the same
    match.
    Every word of ``words`` must stand in the title or the text, in any case. ``since`` <=
    effective_at < ``until``. Raises Invalid for a cursor or a limit that cannot be.
    """
    checked_limit(limit)
    asked = asked_of_match(
        brands=brands,
        brand_id=brand_id,
        query_id=query_id,
        label=label,
        intent=intent,
        story=story,
        topic=topic,
        min_priority=min_priority,
        min_relevance=min_relevance,
    )
    at: Any
    key: Any
    if brand_id is not None or query_id is not None:
        # Along the matches: of a brand that is seldom mentioned there are few to be read.
        at, key = MatchRow.effective_at, MatchRow.mention_id
        statement = select(at, key).where(*asked).distinct()
        if words:
            statement = statement.join(MentionRow, MentionRow.id == MatchRow.mention_id)
        its_platform = MatchRow.platform
    else:
        at, key = MentionRow.effective_at, MentionRow.id
        one = select(MatchRow.mention_id).where(MatchRow.mention_id == MentionRow.id, *asked)
        statement = select(at, key).where(one.exists())
        its_platform = MentionRow.platform
    if platform is not None:
        statement = statement.where(its_platform == platform)
    for word in (words or "").split():
        statement = statement.where(
            or_(
                MentionRow.title.icontains(word, autoescape=True),
                MentionRow.text.icontains(word, autoescape=True),
            )
        )
    if since is not None:
        statement = statement.where(at >= since)
    if until is not None:
        statement = statement.where(at < until)
    if cursor is not None:
        last_at, last_id = read_cursor(cursor)
        # The first condition is implied, and it is the one that an index can be entered by.
        statement = statement.where(at <= last_at, or_(at < last_at, key < last_id))
    places = session.execute(statement.order_by(at.desc(), key.desc()).limit(limit + 1)).all()
    shown = [mention_id for _, mention_id in places[:limit]]
    more = len(places) > limit
    return Page(
        items=mention_views(session, shown, brands=brands),
        next_cursor=write_cursor(places[limit - 1][0], shown[-1]) if more else None,
    )


def mention_views(
    session: Session, mention_ids: Sequence[int], *, brands: frozenset[int] | None = None
) -> tuple[MentionView, ...]:
    """These mentions in this order, with their matches for ``brands`` (None: any), if any."""
    rows = {
        row.id: row
        for row in session.scalars(select(MentionRow).where(MentionRow.id.in_(mention_ids)))
    }
    matches = _matches(session, mention_ids, brands=brands)
    return tuple(_view(rows[mention_id], matches[mention_id]) for mention_id in mention_ids)


def mention_view(
    session: Session, mention_id: int, *, brands: frozenset[int] | None = None
) -> MentionView:
    """One mention with its explanations and where it was seen.

    Raises NotFound, also for a mention that matched nothing for one of ``brands``.
    """
    row = session.get(MentionRow, mention_id) if abs(mention_id) < 2**63 else None
    matches = _matches(session, [mention_id], brands=brands)[mention_id] if row else ()
    if row is None or not matches:
        raise NotFound(f"there is no mention {mention_id}")
    seen = session.execute(
        select(SightingRow.source_id, SourceRow.name, SightingRow.seen_at)
        .join(SourceRow, SourceRow.id == SightingRow.source_id)
        .where(SightingRow.mention_id == mention_id)
        .order_by(SightingRow.seen_at, SightingRow.source_id)
    )
    sightings = tuple(SightingView(source_id=i, source_name=n, seen_at=at) for i, n, at in seen)
    return _view(row, matches, sightings=sightings)


def asked_of_match(
    *,
    brands: frozenset[int] | None = None,
    brand_id: int | None = None,
    query_id: int | None = None,
    label: str | None = None,
    intent: str | None = None,
    story: str | None = None,
    topic: str | None = None,
    min_priority: float | None = None,
    min_relevance: float | None = None,
) -> list[ColumnElement[bool]]:
    """What one match of a mention must be; nothing, if nothing is given."""
    asked: list[ColumnElement[bool]] = []
    if brands is not None:
        asked.append(MatchRow.brand_id.in_(sorted(brands)))
    if brand_id is not None:
        asked.append(MatchRow.brand_id == brand_id)
    if query_id is not None:
        asked.append(MatchRow.query_id == query_id)
    if label is not None:
        asked.append(MatchRow.label == label)
    if intent is not None:
        asked.append(MatchRow.intent == intent)
    if story is not None:
        asked.append(MatchRow.story == story)
    if topic is not None:
        asked.append(asks_for_topic(topic))
    if min_priority is not None:
        asked.append(MatchRow.priority >= min_priority)
    if min_relevance is not None:
        asked.append(MatchRow.relevance >= min_relevance)
    return asked


def _matches(
    session: Session, mention_ids: Sequence[int], *, brands: frozenset[int] | None
) -> dict[int, tuple[MatchView, ...]]:
    """The matches of these mentions in one query, by priority."""
    found: dict[int, list[MatchView]] = {mention_id: [] for mention_id in mention_ids}
    statement = (
        select(MatchRow, QueryRow.name, QueryRow.role, BrandRow.slug, BrandRow.name)
        .join(QueryRow, QueryRow.id == MatchRow.query_id)
        .join(BrandRow, BrandRow.id == MatchRow.brand_id)
        .where(MatchRow.mention_id.in_(mention_ids))
        .order_by(MatchRow.priority.desc(), MatchRow.query_id)
    )
    if brands is not None:
        statement = statement.where(MatchRow.brand_id.in_(sorted(brands)))
    topics = topics_of(session, mention_ids)
    for match, query_name, role, slug, brand_name in session.execute(statement):
        found[match.mention_id].append(
            MatchView(
                query_id=match.query_id,
                query_name=query_name,
                query_role=role,
                query_version=match.query_version,
                brand_id=match.brand_id,
                brand_slug=slug,
                brand_name=brand_name,
                relevance=match.relevance,
                polarity=match.polarity,
                label=match.label,
                priority=match.priority,
                score_version=match.score_version,
                spans=tuple((f, start, end, term) for f, start, end, term in match.spans),
                explanation={k: v for k, v in match.explanation.items() if k != _OPINION},
                opinion=match.explanation.get(_OPINION),
                intent=match.intent,
                story=match.story,
                topics=tuple(topics.get((match.mention_id, match.query_id), ())),
            )
        )
    sizes = story_sizes(
        session, {(view.brand_id, view.story) for views in found.values() for view in views}
    )
    found = {
        mention_id: [
            replace(view, story_size=sizes.get((view.brand_id, view.story or ""), 0))
            for view in views
        ]
        for mention_id, views in found.items()
    }
    return {mention_id: tuple(views) for mention_id, views in found.items()}


def _view(
    row: MentionRow, matches: Iterable[MatchView], *, sightings: tuple[SightingView, ...] = ()
) -> MentionView:
    return MentionView(
        id=row.id,
        identity=row.identity,
        platform=row.platform,
        native_id=row.native_id,
        url=row.url,
        title=row.title,
        text=row.text,
        lang=row.lang,
        kind=row.kind,
        country=row.country,
        author=author_of(row),
        engagement=engagement_of(row),
        parent_id=row.parent_id,
        published_at=row.published_at,
        collected_at=row.collected_at,
        effective_at=row.effective_at,
        matches=tuple(matches),
        sightings=sightings,
    )
