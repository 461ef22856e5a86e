"""Sources, and the spans in which one could not be heard."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from service.store.base import Base


class SourceRow(Base):
    """A configured place to listen. ``settings`` holds references to secrets, never secrets.

    ``state``: new, ok, failing (will be tried again), stopped (needs a person).
    """

    __tablename__ = "sources"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    connector: Mapped[str] = mapped_column(String(80))
    settings: Mapped[dict[str, Any]]
    every_seconds: Mapped[int]
    tier: Mapped[int] = mapped_column(default=2)
    enabled: Mapped[bool] = mapped_column(default=True)
    state: Mapped[str] = mapped_column(String(20), default="new")
    cursor: Mapped[dict[str, Any] | None]
    next_poll_at: Mapped[datetime] = mapped_column(index=True)
    leased_until: Mapped[datetime | None]
    last_polled_at: Mapped[datetime | None]
    last_success_at: Mapped[datetime | None]
    last_error: Mapped[str | None]
    notice: Mapped[str | None]
    failures: Mapped[int] = mapped_column(default=0)
    mention_count: Mapped[int] = mapped_column(default=0)
    left_out_count: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]


class BlindSpotRow(Base):
    """A span in which a source could not be heard; ``ended_at`` is None while it lasts."""

    __tablename__ = "blind_spots"
    __table_args__ = (Index(None, "source_id", "ended_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"))
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    reason: Mapped[str]
