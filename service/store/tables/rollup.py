"""Counts per query, platform and minute, folded to hours and days in the same transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from service.store.base import Base, Big


class RollupRow(Base):
    """``grain``: minute, hour or day. ``negative`` counts relevant mentions labelled negative.

    ``organic``: the negative ones again, in hundredths, copies by young accounts weighed down
    (rules.story.lens). ``priority``: sum of the priorities, in hundredths.
    """

    __tablename__ = "rollups"

    query_id: Mapped[int] = mapped_column(ForeignKey("queries.id"), primary_key=True)
    grain: Mapped[str] = mapped_column(String(6), primary_key=True)
    bucket: Mapped[datetime] = mapped_column(primary_key=True)
    platform: Mapped[str] = mapped_column(String(40), primary_key=True)
    mentions: Mapped[int] = mapped_column(default=0)
    negative: Mapped[int] = mapped_column(default=0)
    neutral: Mapped[int] = mapped_column(default=0)
    positive: Mapped[int] = mapped_column(default=0)
    reach: Mapped[int] = mapped_column(Big, default=0)
    negative_reach: Mapped[int] = mapped_column(Big, default=0)
    engagement: Mapped[int] = mapped_column(Big, default=0)
    negative_engagement: Mapped[int] = mapped_column(Big, default=0)
    organic: Mapped[int] = mapped_column(Big, default=0)
    priority: Mapped[int] = mapped_column(Big, default=0)
