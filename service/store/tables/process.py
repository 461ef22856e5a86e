"""About the service itself: the heartbeats of its jobs, and requests already answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from service.store.base import Base


class HeartbeatRow(Base):
    """When a job last ran; a job that stops beating is a blind spot of our own."""

    __tablename__ = "heartbeats"

    job: Mapped[str] = mapped_column(String(40), primary_key=True)
    beat_at: Mapped[datetime]
    failed_at: Mapped[datetime | None]
    last_error: Mapped[str | None]


class IdempotencyRow(Base):
    """The answer given to a POST with an Idempotency-Key; a repeat gets the same answer."""

    __tablename__ = "idempotency_keys"

    caller: Mapped[str] = mapped_column(String(80), primary_key=True)
    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    request_hash: Mapped[str] = mapped_column(String(64))
    status: Mapped[int]
    body: Mapped[dict[str, Any]]
    created_at: Mapped[datetime] = mapped_column(index=True)
