"""Brands and their queries."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from service.store.base import Base


class BrandRow(Base):
    """Whose reputation is watched. ``voice`` is what rules.response.Voice is made from, ``topics``
    what rules.topic.Topic are, ``priority`` what rules.score.PriorityWeights are; ``aspects``:
    whether the built-in aspects are listened for."""

    __tablename__ = "brands"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(default="")
    handles: Mapped[list[Any]]
    competitors: Mapped[list[Any]]
    red_lines: Mapped[list[Any]]
    # Words that mean something else for it, with their tone from -4 to 4.
    words: Mapped[dict[str, Any]] = mapped_column(default=dict)
    voice: Mapped[dict[str, Any]]
    topics: Mapped[list[Any]] = mapped_column(default=list)
    aspects: Mapped[bool] = mapped_column(default=True)
    priority: Mapped[dict[str, Any]] = mapped_column(default=dict)
    policy: Mapped[str | None] = mapped_column(String(80))
    channel: Mapped[str | None] = mapped_column(String(120))
    demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    archived_at: Mapped[datetime | None]


class QueryRow(Base):
    """A saved Boolean search. ``version`` grows with every change of what is asked: of the text, or
    of a list that it names. ``examples``: ``must_match`` and ``must_not_match``, what is known of
    each text by name."""

    __tablename__ = "queries"
    __table_args__ = (UniqueConstraint("brand_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    brand_id: Mapped[int] = mapped_column(ForeignKey("brands.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(20))
    text: Mapped[str]
    examples: Mapped[dict[str, Any]] = mapped_column(default=dict)
    version: Mapped[int] = mapped_column(default=1)
    enabled: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
