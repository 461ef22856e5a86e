"""A file of a workspace, or other texts of queries and lists, as a change of what is in use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from rules.query import QuerySyntaxError, parse, parse_list
from service.backtest.rulesets import known_names
from service.queries.save import refuse
from service.replay.setup import Prepare
from service.store.brands import list_brands
from service.store.engine import Session
from service.store.named_lists import named_lists
from service.store.reads.named_lists import list_view
from service.store.reads.queries import query_view
from service.store.workspace import list_key, query_key
from service.workspace.apply import apply, apply_changes
from service.workspace.diff import Change, Diff
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


def new_texts(session: Session, *, queries: Mapping[int, str], lists: Mapping[int, str]) -> Prepare:
    """Other texts of these queries and lists, by their ids in the live store, of which ``session``
    is. Raises NotFound, and Invalid with the position of a mistake."""
    changes = []
    known = named_lists(session)
    renewed: dict[int | None, dict[str, str]] = {}
    for list_id, text in sorted(lists.items()):
        one = list_view(session, list_id)
        renewed.setdefault(one.brand_id, {})[one.name] = text
        fields = {"text": text}
        changes.append(Change("~", "list", list_key(one.brand_slug, one.name), fields))

    def of(brand_id: int | None) -> Mapping[str, str]:
        own = {} if brand_id is None else renewed.get(brand_id, {})
        return {**known.of(brand_id), **renewed.get(None, {}), **own}

    for brand_id, texts in renewed.items():
        for text in texts.values():
            _read(parse_list, text, of(brand_id))
    for query_id, text in sorted(queries.items()):
        query = query_view(session, query_id)
        _read(parse, text, of(query.brand_id))
        key = query_key(query.brand_slug, query.name)
        changes.append(Change("~", "query", key, {"text": text}))

    def prepare(scratch: Session, now: datetime) -> None:
        apply_changes(scratch, Diff(tuple(changes)), now=now)

    return prepare


def _read(read_as: Callable[..., object], text: str, lists: Mapping[str, str]) -> None:
    try:
        read_as(text, lists=lists)
    except QuerySyntaxError as error:
        refuse(error)


def _by_slug(workspace: Workspace, slugs: dict[str, str]) -> Workspace:
    """A file may call a brand of the store by its name."""

    def with_slug(one: Any) -> Any:
        return one.model_copy(update={"brand": slugs.get(one.brand, one.brand)})

    told = {kind: getattr(workspace, kind) for kind in ("query", "list", "alert")}
    return workspace.model_copy(
        update={kind: [with_slug(one) for one in tables] for kind, tables in told.items()}
    )
