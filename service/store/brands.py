"""Brands as the pipeline needs them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.errors import NotFound
from service.store.tables import BrandRow


@dataclass(frozen=True, slots=True)
class BrandFacts:
    """One brand as it is configured now. ``topics``: as rules.topic.Topic reads them."""

    id: int
    slug: str
    name: str
    description: str
    handles: tuple[str, ...]
    competitors: tuple[str, ...]
    red_lines: tuple[str, ...]
    words: dict[str, float]
    voice: dict[str, Any]
    topics: tuple[dict[str, Any], ...]
    aspects: bool
    priority: dict[str, Any]
    policy: str | None
    channel: str | None
    demo: bool
    archived: bool


def facts(row: BrandRow) -> BrandFacts:
    return BrandFacts(
        id=row.id,
        slug=row.slug,
        name=row.name,
        description=row.description,
        handles=tuple(row.handles),
        competitors=tuple(row.competitors),
        red_lines=tuple(row.red_lines),
        words=dict(row.words),
        voice=dict(row.voice),
        topics=tuple(row.topics),
        aspects=row.aspects,
        priority=dict(row.priority),
        policy=row.policy,
        channel=row.channel,
        demo=row.demo,
        archived=row.archived_at is not None,
    )


def list_brands(session: Session, *, archived: bool = False) -> list[BrandFacts]:
    """All brands by name; the archived ones only on request."""
    statement = select(BrandRow).order_by(BrandRow.name)
    if not archived:
        statement = statement.where(BrandRow.archived_at.is_(None))
    return [facts(row) for row in session.scalars(statement)]


def get_brand(session: Session, brand_id: int) -> BrandFacts:
    """One brand. Raises NotFound."""
    row = session.get(BrandRow, brand_id)
    if row is None:
        raise NotFound(f"there is no brand {brand_id}")
    return facts(row)


def brand_named(session: Session, slug: str) -> BrandFacts:
    """The brand of this slug. Raises NotFound."""
    brand = find_brand(session, slug)
    if brand is None:
        raise NotFound(f"there is no brand {slug!r}")
    return brand


def find_brand(session: Session, slug: str) -> BrandFacts | None:
    row = session.scalars(select(BrandRow).where(BrandRow.slug == slug)).one_or_none()
    return None if row is None else facts(row)
