"""What ``groundswell listen "Name"`` sets up: a brand, its queries and every keyless source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from service.store.brands import find_brand
from service.store.engine import Session
from service.workspace.apply import apply_changes, plan
from service.workspace.diff import Change, Diff
from service.workspace.keyless import feed_source, keyless_sources
from service.workspace.model import BrandModel, Workspace
from service.workspace.presets import brand_query, with_preset_queries
from service.workspace.values import slug_of


@dataclass(frozen=True, slots=True)
class Listening:
    """What was set up: the brand's slug, the names of its sources, and what that changed."""

    slug: str
    sources: tuple[str, ...]
    diff: Diff


def listen_to(
    session: Session,
    name: str,
    *,
    competitors: Sequence[str] = (),
    handles: Sequence[str] = (),
    feeds: Sequence[str] = (),
    now: datetime,
) -> Listening:
    """Set up listening to a name; again with the same name changes nothing.

    A brand of this name that is there already keeps its voice, policy, channel and whatever
    somebody wrote into its queries: competitors, handles and sources are added to it.
    """
    slug = slug_of(name)
    stored = find_brand(session, slug)
    known = (stored.handles, stored.competitors) if stored else ((), ())
    brand = BrandModel(
        name=stored.name if stored else name,
        slug=slug,
        handles=list(dict.fromkeys([*known[0], *handles])),
        competitors=list(dict.fromkeys([*known[1], *competitors])),
    )
    sources = [*keyless_sources(name, also=brand.competitors), *map(feed_source, feeds)]
    workspace = with_preset_queries(Workspace(brand=[brand], source=sources))
    diff = Diff(
        tuple(
            part
            for change in plan(session, workspace).changes
            if (part := _kept(change, untouched=brand_query(brand.name, known[0]))) is not None
        )
    )
    apply_changes(session, diff, now=now)
    return Listening(slug, tuple(source.name for source in sources), diff)


def _kept(change: Change, *, untouched: str) -> Change | None:
    """The part of a change that overwrites nothing that a person may have set."""
    if change.sign == "+":
        return change
    allowed = {
        "brand": {"handles", "competitors", "enabled"},
        "source": {"settings", "keep_cursor", "enabled"},
        "query": {"enabled"},
    }.get(change.kind, set())
    if change.kind == "query" and change.before.get("text") == untouched:
        # Made by an earlier call: new handles belong into it.
        allowed = {"text", "enabled"}
    fields = {name: value for name, value in change.fields.items() if name in allowed}
    return replace(change, fields=fields) if fields else None
