"""A brand that is named on the command line."""

from __future__ import annotations

from service.cli.app import WrongInput
from service.store.brands import list_brands
from service.store.engine import Session
from service.workspace.problems import choose_from


def find_brand_id(session: Session, slug: str) -> int:
    """Raises WrongInput for a slug that no brand has."""
    known = {brand.slug: brand.id for brand in list_brands(session, archived=True)}
    if slug not in known:
        hint = choose_from(slug, known, empty="groundswell apply FILE adds one")
        raise WrongInput(f"there is no brand {slug!r}; {hint}")
    return known[slug]
