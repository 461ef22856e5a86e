"""Queries as the pipeline and the detectors need them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from service.store.tables import BrandRow, QueryRow

# Made once: asked at every tick.
_queries = QueryRow.__table__.c
_ACTIVE = (
    select(
        _queries.id,
        _queries.brand_id,
        _queries.name,
        _queries.role,
        _queries.text,
        _queries.version,
    )
    .join_from(QueryRow.__table__, BrandRow.__table__)
    .where(_queries.enabled.is_(True), BrandRow.__table__.c.archived_at.is_(None))
    .order_by(_queries.id)
)
_OF_ROLE = _ACTIVE.where(_queries.role == bindparam("role"))


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
    rows = session.execute(_ACTIVE if role is None else _OF_ROLE, {"role": role})
    return [QueryFacts(*row) for row in rows]


def examples_of(session: Session) -> dict[int, dict[str, Any]]:
    """Query -> the texts it is tested on, of enabled queries that have any."""
    rows = session.execute(select(QueryRow.id, QueryRow.examples).where(QueryRow.enabled.is_(True)))
    return {query_id: examples for query_id, examples in rows if any(examples.values())}


def raise_versions(session: Session, query_ids: Collection[int], *, now: datetime) -> None:
    """These queries ask something else from now on, though their own texts are what they were."""
    if query_ids:
        session.execute(
            update(QueryRow)
            .where(QueryRow.id.in_(sorted(query_ids)))
            .values(version=QueryRow.version + 1, updated_at=now)
        )
