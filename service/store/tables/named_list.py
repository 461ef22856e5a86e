"""Named lists: parts of queries that several queries share."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from service.store.base import Base


class NamedListRow(Base):
    """What ``{{name}}`` stands for in queries: of one brand, or of all where there is no brand."""

    __tablename__ = "query_lists"
    __table_args__ = (
        UniqueConstraint("brand_id", "name"),
        # For a unique constraint no two NULLs are the same.
        Index(
            "uq_query_lists_shared_name",
            "name",
            unique=True,
            sqlite_where=sql("brand_id IS NULL"),
            postgresql_where=sql("brand_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    brand_id: Mapped[int | None] = mapped_column(ForeignKey("brands.id"))
    name: Mapped[str] = mapped_column(String(80))
    text: Mapped[str]
    enabled: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
