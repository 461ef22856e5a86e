"""Queries as the pipeline and the detectors need them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.store.tables import BrandRow, QueryRow


@dataclass(frozen=True, slots=True)
class QueryFacts:
    """One saved query as it is now. ``role``: brand, competitor, campaign or topic."""

    id: int
    brand_id: int
    name: str
    role: str
    text: str
    version: int


def list_active(session: Session, *, role: str | None = None) -> list[QueryFacts]:
    """The enabled queries of brands that are not archived, in the order of their ids."""
    statement = (
        select(QueryRow)
        .join(BrandRow, BrandRow.id == QueryRow.brand_id)
        .where(QueryRow.enabled.is_(True), BrandRow.archived_at.is_(None))
        .order_by(QueryRow.id)
    )
    if role is not None:
        statement = statement.where(QueryRow.role == role)
    return [
        QueryFacts(
            id=row.id,
            brand_id=row.brand_id,
            name=row.name,
            role=row.role,
            text=row.text,
            version=row.version,
        )
        for row in session.scalars(statement)
    ]
