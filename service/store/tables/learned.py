"""What people say of mentions: whether they are about the brand, and how they sound."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from service.store.base import Base, Big


class RelevanceExampleRow(Base):
    """One verdict on one mention of a brand: "about us" or "not us", until it is undone.

    ``features``: what rules.score gives for the mention, sorted. ``mention_id`` None: learned from
    a mention that is not in this store. ``incident_id``: given with an incident's verdict.
    """

    __tablename__ = "relevance_examples"
    __table_args__ = (
        Index(
            "uq_relevance_examples_holding",
            "brand_id",
            "mention_id",
            unique=True,
            sqlite_where=text("undone_at IS NULL"),
            postgresql_where=text("undone_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Big, primary_key=True)
    brand_id: Mapped[int] = mapped_column(ForeignKey("brands.id"))
    mention_id: Mapped[int | None] = mapped_column(Big, ForeignKey("mentions.id"), index=True)
    incident_id: Mapped[int | None] = mapped_column(ForeignKey("incidents.id"))
    features: Mapped[list[Any]]
    verdict: Mapped[str] = mapped_column(String(10))
    given_by: Mapped[str]
    given_at: Mapped[datetime]
    undone_by: Mapped[str | None]
    undone_at: Mapped[datetime | None]


class CorrectionRow(Base):
    """What a mention really sounds like for a brand, by who read it, until it is undone.

    ``features``: what rules.score gives for the mention, sorted. ``label``: negative, neutral or
    positive. ``mention_id`` None: learned from a mention that is not in this store.
    """

    __tablename__ = "corrections"
    __table_args__ = (
        Index(
            "uq_corrections_holding",
            "brand_id",
            "mention_id",
            unique=True,
            sqlite_where=text("undone_at IS NULL"),
            postgresql_where=text("undone_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Big, primary_key=True)
    brand_id: Mapped[int] = mapped_column(ForeignKey("brands.id"))
    mention_id: Mapped[int | None] = mapped_column(Big, ForeignKey("mentions.id"), index=True)
    features: Mapped[list[Any]]
    label: Mapped[str] = mapped_column(String(10))
    given_by: Mapped[str]
    given_at: Mapped[datetime]
    undone_by: Mapped[str | None]
    undone_at: Mapped[datetime | None]
