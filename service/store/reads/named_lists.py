"""Named lists as the doors show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from service.errors import NotFound
from service.store.tables import BrandRow, NamedListRow


@dataclass(frozen=True, slots=True)
class NamedListView:
    """One list, in use or not. Without a brand it is shared by all."""

    id: int
    brand_id: int | None
    brand_slug: str | None
    name: str
    text: str
    enabled: bool
    created_at: datetime
    updated_at: datetime


def list_views(
    session: Session, *, brand_id: int | None = None, brands: frozenset[int] | None = None
) -> list[NamedListView]:
    """All lists by brand and name, the shared ones first, those out of use too.

    ``brand_id``: only what a query of that brand may name. ``brands``: only what those may name.
    """
    statement = (
        select(NamedListRow, BrandRow.slug)
        .outerjoin(BrandRow, BrandRow.id == NamedListRow.brand_id)
        .order_by(NamedListRow.brand_id.is_not(None), BrandRow.slug, NamedListRow.name)
    )
    if brand_id is not None:
        brands = frozenset({brand_id}) if brands is None else brands & {brand_id}
    if brands is not None:
        shared = NamedListRow.brand_id.is_(None)
        statement = statement.where(or_(shared, NamedListRow.brand_id.in_(sorted(brands))))
    return [_view(row, slug=slug) for row, slug in session.execute(statement)]


def list_view(
    session: Session, list_id: int, *, brands: frozenset[int] | None = None
) -> NamedListView:
    """One list. Raises NotFound, also for one of a brand outside ``brands``."""
    found = session.execute(
        select(NamedListRow, BrandRow.slug)
        .outerjoin(BrandRow, BrandRow.id == NamedListRow.brand_id)
        .where(NamedListRow.id == list_id)
    ).one_or_none()
    hidden = (
        found is not None
        and brands is not None
        and found[0].brand_id is not None
        and found[0].brand_id not in brands
    )
    if found is None or hidden:
        raise NotFound(f"there is no list {list_id}")
    return _view(found[0], slug=found[1])


def _view(row: NamedListRow, *, slug: str | None) -> NamedListView:
    return NamedListView(
        id=row.id,
        brand_id=row.brand_id,
        brand_slug=slug,
        name=row.name,
        text=row.text,
        enabled=row.enabled,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
