"""Alert rules, and what was missed and entered by hand."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from service.store.base import Base


class AlertRuleRow(Base):
    """``body`` is what rules.incident.AlertRule is made from: of one brand, or of all where there
    is no brand. ``version`` grows with every change of it."""

    __tablename__ = "alert_rules"
    __table_args__ = (
        UniqueConstraint("brand_id", "name"),
        # For a unique constraint no two NULLs are the same.
        Index(
            "uq_alert_rules_shared_name",
            "name",
            unique=True,
            sqlite_where=sql("brand_id IS NULL"),
            postgresql_where=sql("brand_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    brand_id: Mapped[int | None] = mapped_column(ForeignKey("brands.id"))
    name: Mapped[str] = mapped_column(String(80))
    body: Mapped[dict[str, Any]]
    version: Mapped[int] = mapped_column(default=1)
    enabled: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class AlertingRow(Base):
    """What holds for the alerts of all brands together: one row, ``id`` 1, if anybody set it.

    ``page_budget``: expected false pages a week."""

    __tablename__ = "alerting"

    id: Mapped[int] = mapped_column(primary_key=True)
    page_budget: Mapped[float]
    updated_at: Mapped[datetime]


class MissedIncidentRow(Base):
    """Something that happened and that no alert told of, as a person entered it."""

    __tablename__ = "missed_incidents"

    id: Mapped[int] = mapped_column(primary_key=True)
    brand_id: Mapped[int] = mapped_column(ForeignKey("brands.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime]
    note: Mapped[str] = mapped_column(default="")
    entered_by: Mapped[str]
    entered_at: Mapped[datetime]
