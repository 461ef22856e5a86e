"""Incidents, their append-only timelines and the verdicts on them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from service.store.base import Base


class IncidentRow(Base):
    """What people work on. ``policy`` is the escalation policy as it was when this opened.

    ``escalate_at`` and ``resolve_at`` are deadlines that a tick acts on. ``revision`` grows with
    every change: pages and messages that show an older one are stale.
    """

    __tablename__ = "incidents"

    id: Mapped[int] = mapped_column(primary_key=True)
    brand_id: Mapped[int] = mapped_column(ForeignKey("brands.id"), index=True)
    query_id: Mapped[int] = mapped_column(ForeignKey("queries.id"))
    title: Mapped[str]
    status: Mapped[str] = mapped_column(String(20), index=True)
    severity: Mapped[int]
    revision: Mapped[int] = mapped_column(default=1)
    policy: Mapped[dict[str, Any]]
    escalation_step: Mapped[int] = mapped_column(default=0)
    escalate_at: Mapped[datetime | None] = mapped_column(index=True)
    resolve_at: Mapped[datetime | None] = mapped_column(index=True)
    first_mention_at: Mapped[datetime | None]
    opened_at: Mapped[datetime] = mapped_column(index=True)
    spike_ended_at: Mapped[datetime | None]
    acknowledged_at: Mapped[datetime | None]
    acknowledged_by: Mapped[str | None]
    resolved_at: Mapped[datetime | None]
    resolved_by: Mapped[str | None]
    paged_at: Mapped[datetime | None]
    suggestion: Mapped[dict[str, Any] | None]


class TimelineRow(Base):
    """One entry of an incident's history; ``hash`` covers the entry and the hash before it."""

    __tablename__ = "timeline"
    __table_args__ = (UniqueConstraint("incident_id", "seq"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(ForeignKey("incidents.id"))
    seq: Mapped[int]
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(40))
    actor: Mapped[str]
    text: Mapped[str]
    data: Mapped[dict[str, Any]]
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class VerdictRow(Base):
    """What the person on call says of an incident's alerts; the newest of a person counts.

    ``verdict``: real, duplicate, not-us, already-known, too-late, too-low.
    """

    __tablename__ = "verdicts"

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(ForeignKey("incidents.id"), index=True)
    verdict: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(default="")
    given_by: Mapped[str]
    given_at: Mapped[datetime]
