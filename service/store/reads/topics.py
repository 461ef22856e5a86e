"""What people speak of when they speak of a brand: how often, in which tone, and what is new."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, cast

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from rules.mention import Mention
from rules.score import RELEVANT
from rules.story import Told
from rules.text import tokenise
from rules.topic.emerging import Emerging, Post, emerging
from service.store.mentions import mention_without_raw
from service.store.tables import MatchRow, MatchTopicRow, MentionRow, QueryRow

LABELS: Final = ("negative", "neutral", "positive", "unknown")

NEW: Final = timedelta(days=1)
USUAL: Final = timedelta(days=28)
"""Phrases of the last day are compared with those of the four weeks before it."""

LOOKS_NEW: Final = 1_500
LOOKS_USUAL: Final = 3_000
"""Mentions looked through: the newest of the day, and an even sample of the weeks before."""

READ: Final = 1_500
"""Characters of one text that are read for phrases."""


@dataclass(frozen=True, slots=True)
class TopicCount:
    """Of how many mentions a topic is, by label, and of how many it was in the span ``before``, of
    the same length."""

    topic: str
    mentions: int
    before: int
    negative: int
    neutral: int
    positive: int
    unknown: int


@dataclass(frozen=True, slots=True)
class EmergingPhrases:
    """``phrases``: the most surprising first. ``looked_at``: mentions of the day from ``since`` on,
    compared with ``compared_with`` mentions of the weeks before."""

    since: datetime
    looked_at: int
    compared_with: int
    phrases: tuple[Emerging, ...]


def topic_counts(
    session: Session, brand_id: int, *, roles: Sequence[str], since: datetime, until: datetime
) -> list[TopicCount]:
    """The topics of relevant mentions that queries of these roles found, the most frequent first.

    ``since`` <= effective_at < ``until``. A mention that two queries found counts once; in two
    labels, if it was judged so.
    """
    told = MatchTopicRow
    count = func.count(told.mention_id.distinct())
    before = _of(brand_id, roles, since=since - (until - since), until=since)
    now = _of(brand_id, roles, since=since, until=until)
    rows = session.execute(now.with_only_columns(told.topic, count).group_by(told.topic))
    mentions: dict[str, int] = {row[0]: row[1] for row in rows}
    rows = session.execute(before.with_only_columns(told.topic, count).group_by(told.topic))
    earlier: dict[str, int] = {row[0]: row[1] for row in rows}
    labels = {
        (topic, label): number
        for topic, label, number in session.execute(
            now.with_only_columns(told.topic, told.label, count).group_by(told.topic, told.label)
        )
    }
    found = [
        TopicCount(
            topic=topic,
            mentions=mentions.get(topic, 0),
            before=earlier.get(topic, 0),
            **{label: labels.get((topic, label), 0) for label in LABELS},
        )
        for topic in mentions.keys() | earlier.keys()
    ]
    return sorted(found, key=lambda one: (-one.mentions, -one.before, one.topic))


def emerging_phrases(
    session: Session,
    brand_id: int,
    *,
    roles: Sequence[str],
    ignore: frozenset[str],
    now: datetime,
) -> EmergingPhrases:
    """What is said of a brand in the day up to ``now`` and was not before. ``ignore``: folded words
    that all its mentions share, as its name."""
    since = now - NEW
    new = list(_posts(session, _matches(brand_id, roles, since, now), limit=LOOKS_NEW))
    usual = _matches(brand_id, roles, since - USUAL, since)
    stored = session.scalar(usual.with_only_columns(func.count(MatchRow.mention_id.distinct())))
    every = -(-int(stored or 0) // LOOKS_USUAL)
    sample = usual if every <= 1 else usual.where(MatchRow.mention_id % every == 0)
    before = list(_posts(session, sample, limit=2 * LOOKS_USUAL)) if new else []
    return EmergingPhrases(
        since=since,
        looked_at=len(new),
        compared_with=len(before),
        phrases=emerging(new, before, ignore=ignore),
    )


def _of(brand_id: int, roles: Sequence[str], *, since: datetime, until: datetime) -> Select[Any]:
    return (
        select(MatchTopicRow)
        .join(
            MatchRow,
            (MatchRow.mention_id == MatchTopicRow.mention_id)
            & (MatchRow.query_id == MatchTopicRow.query_id),
        )
        .join(QueryRow, QueryRow.id == MatchTopicRow.query_id)
        .where(
            MatchTopicRow.brand_id == brand_id,
            MatchTopicRow.effective_at >= since,
            MatchTopicRow.effective_at < until,
            MatchRow.relevance >= RELEVANT,
            QueryRow.role.in_(roles),
        )
    )


def _matches(brand_id: int, roles: Sequence[str], since: datetime, until: datetime) -> Select[Any]:
    found = (
        select(MatchRow.mention_id, MatchRow.label)
        .join(QueryRow, QueryRow.id == MatchRow.query_id)
        .where(
            MatchRow.brand_id == brand_id,
            MatchRow.effective_at >= since,
            MatchRow.effective_at < until,
            MatchRow.relevance >= RELEVANT,
            QueryRow.role.in_(roles),
        )
    )
    # Which columns are asked for changes on the way.
    return cast(Select[Any], found)


def _posts(session: Session, matches: Select[Any], *, limit: int) -> Iterator[Post]:
    """Each mention once, the newest first."""
    rows = session.execute(
        matches.order_by(MatchRow.effective_at.desc(), MatchRow.mention_id.desc()).limit(limit)
    )
    labels: dict[int, str] = {}
    for mention_id, label in rows:
        labels.setdefault(mention_id, label)
    ids = list(labels)
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        stored = {
            row.id: mention_without_raw(row)
            for row in session.execute(select(*_COLUMNS).where(MentionRow.id.in_(part)))
        }
        for mention_id in part:
            yield _post(mention_id, stored[mention_id], negative=labels[mention_id] == "negative")


_COLUMNS: Final = [each for each in MentionRow.__table__.columns if each.name != "raw"]


def _post(mention_id: int, mention: Mention, *, negative: bool) -> Post:
    told = Told.of(mention)
    return Post(
        mention=mention_id,
        author=told.author,
        text=told.text,
        fields=tuple(tokenise(text[:READ]) for text in (mention.title, mention.text) if text),
        negative=negative,
    )
