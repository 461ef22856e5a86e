"""Mentions, where they were seen, what they matched, and what matched nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from service.store.base import Base, Big


class MentionRow(Base):
    """One post, comment, article or review; ``identity`` makes storing it twice impossible."""

    __tablename__ = "mentions"

    id: Mapped[int] = mapped_column(Big, primary_key=True)
    identity: Mapped[str] = mapped_column(String(600), unique=True)
    platform: Mapped[str] = mapped_column(String(40))
    native_id: Mapped[str | None]
    url: Mapped[str | None]
    title: Mapped[str] = mapped_column(default="")
    text: Mapped[str]
    lang: Mapped[str | None] = mapped_column(String(35))
    kind: Mapped[str | None] = mapped_column(String(20))
    country: Mapped[str | None] = mapped_column(String(2))
    author_handle: Mapped[str | None]
    author_name: Mapped[str | None]
    author_followers: Mapped[int | None] = mapped_column(Big)
    author_verified: Mapped[bool | None]
    author_created_at: Mapped[datetime | None]
    author_customer_value: Mapped[float | None]
    likes: Mapped[int | None]
    shares: Mapped[int | None]
    comments: Mapped[int | None]
    views: Mapped[int | None] = mapped_column(Big)
    rating: Mapped[float | None]
    parent_id: Mapped[str | None]
    raw: Mapped[dict[str, Any]]
    published_at: Mapped[datetime | None]
    collected_at: Mapped[datetime]
    effective_at: Mapped[datetime] = mapped_column(index=True)


class SightingRow(Base):
    """That a source showed a mention: one article in three feeds has three."""

    __tablename__ = "sightings"

    mention_id: Mapped[int] = mapped_column(Big, ForeignKey("mentions.id"), primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"), primary_key=True)
    seen_at: Mapped[datetime]


class MatchRow(Base):
    """That a mention answers a query, where, and its three scores with their parts.

    ``spans``: [[field, start, end, term], …]. ``explanation``: {"relevance": [part, …], …} with
    part = {"rule", "what", "contribution", "span"}, and "opinion": who judged the polarity.
    ``brand_id``, ``platform`` and ``effective_at`` repeat what the joined rows say, for the
    indexes. ``intent`` None: judged before intents were. ``story``: the identity of the first
    mention that told it; None: not placed in any.
    """

    __tablename__ = "matches"
    __table_args__ = (
        Index(None, "brand_id", "effective_at", "mention_id"),
        Index(None, "query_id", "effective_at", "mention_id"),
        Index(None, "brand_id", "story"),
    )

    mention_id: Mapped[int] = mapped_column(Big, ForeignKey("mentions.id"), primary_key=True)
    query_id: Mapped[int] = mapped_column(ForeignKey("queries.id"), primary_key=True)
    brand_id: Mapped[int] = mapped_column(ForeignKey("brands.id"))
    platform: Mapped[str] = mapped_column(String(40))
    effective_at: Mapped[datetime]
    query_version: Mapped[int]
    score_version: Mapped[str] = mapped_column(String(120))
    spans: Mapped[list[Any]]
    relevance: Mapped[float]
    polarity: Mapped[float]
    label: Mapped[str] = mapped_column(String(10))
    priority: Mapped[float]
    explanation: Mapped[dict[str, Any]]
    intent: Mapped[str | None] = mapped_column(String(20))
    story: Mapped[str | None] = mapped_column(String(600))


class MatchTopicRow(Base):
    """That a mention speaks of a topic of the brand whose query it answers, and in which tone: that
    of the sentences that speak of it. ``places``: [[field, start, end], …]. ``brand_id``,
    ``effective_at`` repeat what the match says, for the index.
    """

    __tablename__ = "match_topics"
    __table_args__ = (
        ForeignKeyConstraint(
            ["mention_id", "query_id"], ["matches.mention_id", "matches.query_id"]
        ),
        Index(None, "brand_id", "effective_at", "topic", "label", "mention_id"),
    )

    mention_id: Mapped[int] = mapped_column(Big, primary_key=True)
    query_id: Mapped[int] = mapped_column(primary_key=True)
    topic: Mapped[str] = mapped_column(String(80), primary_key=True)
    brand_id: Mapped[int] = mapped_column(ForeignKey("brands.id"))
    effective_at: Mapped[datetime]
    polarity: Mapped[float]
    label: Mapped[str] = mapped_column(String(10))
    places: Mapped[list[Any]]


class RejectRow(Base):
    """A fetched post that no query matched, or an entry that could not be read; kept a while.

    ``reasons``: [{"query": name, "why": sentence}, …]. ``facts``: what else was known of the post,
    so that it can still become a mention; None where nobody kept it.
    """

    __tablename__ = "rejects"

    id: Mapped[int] = mapped_column(Big, primary_key=True)
    identity: Mapped[str] = mapped_column(String(600), unique=True)
    source_id: Mapped[int | None] = mapped_column(ForeignKey("sources.id"), index=True)
    platform: Mapped[str] = mapped_column(String(40))
    url: Mapped[str | None]
    title: Mapped[str] = mapped_column(default="")
    text: Mapped[str]
    reasons: Mapped[list[Any]]
    facts: Mapped[dict[str, Any] | None]
    collected_at: Mapped[datetime] = mapped_column(index=True)
