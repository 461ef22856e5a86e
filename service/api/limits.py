"""Tokens limited to brands: what is of another brand does not exist for them, and what belongs to
no brand in particular (sources, rejects, tokens) is not theirs to see."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends

from service.deps import CallerDep, ReadDep
from service.errors import Forbidden, NotFound
from service.store import brands
from service.store.brands import BrandFacts
from service.store.engine import Session

Limit = frozenset[int] | None


def _limit(caller: CallerDep, session: ReadDep) -> Limit:
    if caller.brands is None:
        return None
    known = brands.list_brands(session, archived=True)
    return frozenset(brand.id for brand in known if caller.may_see(brand.slug))


LimitDep = Annotated[Limit, Depends(_limit)]
"""The brands the caller may see; None for all."""


def _all_brands(caller: CallerDep) -> None:
    if caller.brands is not None:
        raise _shared()


AllBrands = Depends(_all_brands)
"""In a route's dependencies: for callers who may see every brand."""


def brand_within(session: Session, brand_id: int, *, limit: Limit) -> BrandFacts:
    """The brand, if the caller may see it. Raises NotFound."""
    if limit is not None and brand_id not in limit:
        raise NotFound(f"there is no brand {brand_id}")
    return brands.get_brand(session, brand_id)


def brand_named_within(session: Session, slug: str, *, limit: Limit) -> BrandFacts:
    """The same by its slug. Raises NotFound."""
    brand = brands.brand_named(session, slug)
    if limit is not None and brand.id not in limit:
        raise NotFound(f"there is no brand {slug!r}")
    return brand


def may_change(brand_id: int | None, *, limit: Limit) -> None:
    """What belongs to no brand holds for all of them. Raises Forbidden."""
    if brand_id is None and limit is not None:
        raise _shared()


def _shared() -> Forbidden:
    return Forbidden(
        "this is shared by all brands, and the token is limited to some of them",
        code="brand-limited",
    )
