"""Alerts, and what each detector remembers between two looks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from service.store.base import Base


class DetectorStateRow(Base):
    """The state of one detector on one query: JSON that only rules.trend reads.

    ``revision`` makes two detectors that look at once take turns (conditional update).
    """

    __tablename__ = "detector_states"

    query_id: Mapped[int] = mapped_column(ForeignKey("queries.id"), primary_key=True)
    signal: Mapped[str] = mapped_column(String(40), primary_key=True)
    state: Mapped[dict[str, Any]]
    revision: Mapped[int] = mapped_column(default=0)
    observed_at: Mapped[datetime]


class AlertRow(Base):
    """One finding that something is wrong, what was decided about it, and by which versions.

    ``kind``: started, grew or ended. ``decision``: open, join or ignore.
    """

    __tablename__ = "alerts"
    __table_args__ = (
        UniqueConstraint("query_id", "signal", "kind", "window_end", "severity"),
        Index(None, "brand_id", "found_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    brand_id: Mapped[int] = mapped_column(ForeignKey("brands.id"))
    query_id: Mapped[int] = mapped_column(ForeignKey("queries.id"))
    incident_id: Mapped[int | None] = mapped_column(ForeignKey("incidents.id"), index=True)
    signal: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(10))
    severity: Mapped[int]
    window_start: Mapped[datetime]
    window_end: Mapped[datetime]
    found_at: Mapped[datetime]
    finding: Mapped[dict[str, Any]]
    decision: Mapped[str] = mapped_column(String(10))
    decision_reason: Mapped[str]
    versions: Mapped[dict[str, Any]]
