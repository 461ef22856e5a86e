"""What a replay listens for: the brands of a file, or those of the live store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from service.store import corrections
from service.store import workspace as store
from service.store.brands import list_brands
from service.store.engine import Session, Store
from service.store.relevance_examples import learn, learned_from
from service.workspace.apply import apply
from service.workspace.model import Workspace

Prepare = Callable[[Session, datetime], None]


def from_workspace(workspace: Workspace) -> Prepare:
    """Brands, queries, people, rotas and policies of a file; its sources are not polled."""
    without = workspace.model_copy(update={"source": []})

    def prepare(session: Session, now: datetime) -> None:
        apply(session, without, now=now)

    return prepare


def from_store(live: Store) -> Prepare:
    """Everything the live store listens for and has learned, as it stands now."""
    with live.read() as session:
        things = store.read_all(session)
        brands = list_brands(session)
        taught = {brand.slug: learned_from(session, brand.id) for brand in brands}
        corrected = {brand.slug: corrections.learned_from(session, brand.id) for brand in brands}

    def prepare(session: Session, now: datetime) -> None:
        for kind in ("person", "rota", "policy", "brand", "list", "query", "alerts", "alert"):
            for key, fields in things[kind].items():
                store.write(session, kind, key, fields, now=now)
        for brand in list_brands(session):
            for each in taught.get(brand.slug, ()):
                learn(
                    session,
                    brand_id=brand.id,
                    features=each.features,
                    us=each.us,
                    by="replay",
                    now=now,
                )
            for one in corrected.get(brand.slug, ()):
                corrections.give(
                    session,
                    brand_id=brand.id,
                    mention_id=None,
                    features=one.features,
                    label=one.label,
                    by="replay",
                    now=now,
                )

    return prepare
