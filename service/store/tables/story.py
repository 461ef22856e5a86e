"""The stories that are being told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from service.store.base import Base, Big


class StoryRow(Base):
    """What is remembered of one story of a brand while it is told; gone when it is over.

    ``story``: the identity of its first mention, as matches.story says it. ``turn`` grows with
    every batch that tells the brand's stories: what is new since a turn was written after it.
    ``pace``: how fast it is told, as rules.story.Pace tells it.
    """

    __tablename__ = "stories"
    __table_args__ = (Index(None, "brand_id", "turn"),)

    brand_id: Mapped[int] = mapped_column(ForeignKey("brands.id"), primary_key=True)
    story: Mapped[str] = mapped_column(String(600), primary_key=True)
    turn: Mapped[int] = mapped_column(Big)
    text: Mapped[str] = mapped_column(String(16))
    words: Mapped[list[Any]]
    links: Mapped[list[Any]]
    pace: Mapped[dict[str, Any]] = mapped_column(default=dict)
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
