"""Alert rules as the doors show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from service.errors import NotFound
from service.store.tables import AlertRuleRow, BrandRow


@dataclass(frozen=True, slots=True)
class AlertRuleView:
    """One rule, in use or not. Without a brand it is shared by all. ``body``: what
    ``rules.incident.AlertRule`` is made from."""

    id: int
    brand_id: int | None
    brand_slug: str | None
    name: str
    body: Mapping[str, Any]
    version: int
    enabled: bool
    created_at: datetime
    updated_at: datetime


def alert_rule_views(
    session: Session, *, brand_id: int | None = None, brands: frozenset[int] | None = None
) -> list[AlertRuleView]:
    """All rules by brand and name, the shared ones first, those out of use too.

    ``brand_id``: only what may hold for that brand. ``brands``: only what may hold for those.
    """
    statement = _RULES.order_by(
        AlertRuleRow.brand_id.is_not(None), BrandRow.slug, AlertRuleRow.name
    )
    if brand_id is not None:
        brands = frozenset({brand_id}) if brands is None else brands & {brand_id}
    if brands is not None:
        shared = AlertRuleRow.brand_id.is_(None)
        statement = statement.where(or_(shared, AlertRuleRow.brand_id.in_(sorted(brands))))
    return [_view(row, slug=slug) for row, slug in session.execute(statement)]


def alert_rule_view(
    session: Session, rule_id: int, *, brands: frozenset[int] | None = None
) -> AlertRuleView:
    """One rule. Raises NotFound, also for one of a brand outside ``brands``."""
    found = session.execute(_RULES.where(AlertRuleRow.id == rule_id)).one_or_none()
    hidden = (
        found is not None
        and brands is not None
        and found[0].brand_id is not None
        and found[0].brand_id not in brands
    )
    if found is None or hidden:
        raise NotFound(f"there is no alert rule {rule_id}")
    return _view(found[0], slug=found[1])


_RULES = select(AlertRuleRow, BrandRow.slug).outerjoin(
    BrandRow, BrandRow.id == AlertRuleRow.brand_id
)


def _view(row: AlertRuleRow, *, slug: str | None) -> AlertRuleView:
    return AlertRuleView(
        id=row.id,
        brand_id=row.brand_id,
        brand_slug=slug,
        name=row.name,
        body=dict(row.body),
        version=row.version,
        enabled=row.enabled,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
