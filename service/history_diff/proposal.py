"""A file of a workspace as a change of what is in use."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from service.backtest.rulesets import known_names
from service.replay.setup import Prepare
from service.store.brands import list_brands
from service.store.engine import Session
from service.workspace.apply import apply
from service.workspace.file import read
from service.workspace.model import Workspace


def proposal(session: Session, text: str, *, name: str) -> Prepare:
    """What ``groundswell apply`` would make of the file, but for its sources. ``session``: of the
    live store, whose brands, queries and policies it may name. Raises WorkspaceInvalid."""
    workspace = read(text, name=name, tested=False, known=known_names(session))
    slugs = {brand.name: brand.slug for brand in list_brands(session, archived=True)}
    changed = _by_slug(workspace, slugs).model_copy(update={"source": []})

    def prepare(scratch: Session, now: datetime) -> None:
        apply(scratch, changed, now=now)

    return prepare


def _by_slug(workspace: Workspace, slugs: dict[str, str]) -> Workspace:
    """A file may call a brand of the store by its name."""

    def with_slug(one: Any) -> Any:
        return one.model_copy(update={"brand": slugs.get(one.brand, one.brand)})

    told = {kind: getattr(workspace, kind) for kind in ("query", "list", "alert")}
    return workspace.model_copy(
        update={kind: [with_slug(one) for one in tables] for kind, tables in told.items()}
    )
