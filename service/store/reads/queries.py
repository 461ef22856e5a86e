"""Queries as the doors show them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.errors import NotFound
from service.store.tables import BrandRow, QueryRow, RollupRow


@dataclass(frozen=True, slots=True)
class QueryView:
    """One saved query, enabled or not. ``role``: brand, competitor, campaign or topic.

    ``examples`` are as they are kept: ``service.queries.examples`` reads them.
    """

    id: int
    brand_id: int
    brand_slug: str
    name: str
    role: str
    text: str
    examples: dict[str, Any]
    version: int
    enabled: bool
    created_at: datetime
    updated_at: datetime


def query_list(
    session: Session, *, brand_id: int | None = None, brands: frozenset[int] | None = None
) -> list[QueryView]:
    """All queries by brand and name, the disabled ones too."""
    statement = (
        select(QueryRow, BrandRow.slug)
        .join(BrandRow, BrandRow.id == QueryRow.brand_id)
        .order_by(BrandRow.slug, QueryRow.name)
    )
    if brand_id is not None:
        statement = statement.where(QueryRow.brand_id == brand_id)
    if brands is not None:
        statement = statement.where(QueryRow.brand_id.in_(sorted(brands)))
    return [_view(row, slug=slug) for row, slug in session.execute(statement)]


def query_view(
    session: Session, query_id: int, *, brands: frozenset[int] | None = None
) -> QueryView:
    """One query. Raises NotFound, also for one of a brand outside ``brands``."""
    found = session.execute(
        select(QueryRow, BrandRow.slug)
        .join(BrandRow, BrandRow.id == QueryRow.brand_id)
        .where(QueryRow.id == query_id)
    ).one_or_none()
    if found is None or (brands is not None and found[0].brand_id not in brands):
        raise NotFound(f"there is no query {query_id}")
    return _view(found[0], slug=found[1])


def count_matches(
    session: Session, query_ids: Collection[int], *, since: datetime
) -> dict[int, int]:
    """Mentions that each query matched since then, to the hour; queries without any left out."""
    hour = since.replace(minute=0, second=0, microsecond=0)
    found = session.execute(
        select(RollupRow.query_id, func.sum(RollupRow.mentions))
        .where(
            RollupRow.query_id.in_(sorted(query_ids)),
            RollupRow.grain == "hour",
            RollupRow.bucket >= hour,
        )
        .group_by(RollupRow.query_id)
    )
    return {query_id: int(count) for query_id, count in found}


def _view(row: QueryRow, *, slug: str) -> QueryView:
    return QueryView(
        id=row.id,
        brand_id=row.brand_id,
        brand_slug=slug,
        name=row.name,
        role=row.role,
        text=row.text,
        examples=dict(row.examples),
        version=row.version,
        enabled=row.enabled,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
