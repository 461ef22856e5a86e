"""The list of queries: how each brand's stand, and the lists that they share."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Final

from fastapi import APIRouter, Request, Response

from rules.query import QuerySyntaxError, parse
from service.deps import NowDep, ReadDep, UserDep
from service.queries.draft import judge
from service.queries.examples import read_examples
from service.store.brands import BrandFacts, list_brands
from service.store.engine import Session
from service.store.named_lists import USES_A_LIST, NamedLists, named_lists
from service.store.reads.named_lists import NamedListView, list_views
from service.store.reads.queries import QueryView, count_matches, query_list
from service.web.page import render

router = APIRouter()

MOST_BRANDS: Final = 20
"""Brands whose queries are shown at once; with more, one is chosen first."""

WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class QueryRow:
    """One query as it stands. ``broken``: it cannot be read, so that it finds nothing."""

    query: QueryView
    matches: int
    passed: int
    failed: int
    warnings: int
    broken: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A brand and its queries."""

    brand: BrandFacts
    rows: tuple[QueryRow, ...]


@dataclass(frozen=True, slots=True)
class ListRow:
    """``used``: how many queries name it, directly or through another list."""

    view: NamedListView
    used: int


@router.get("/queries")
def list_queries(
    request: Request, user: UserDep, session: ReadDep, now: NowDep, brand: str = ""
) -> Response:
    brands = list_brands(session)
    chosen = next((each for each in brands if each.slug == brand), None)
    shown = [chosen] if chosen else brands if len(brands) <= MOST_BRANDS else []
    lists = named_lists(session)
    found = query_list(session, brands=frozenset(each.id for each in shown))
    counts = count_matches(session, [query.id for query in found], since=now - WEEK)
    return render(
        request,
        "queries.html",
        user=user,
        now=now,
        brands=brands,
        chosen=chosen.slug if chosen else "",
        must_choose=bool(brands) and not shown,
        groups=[_group(each, found, lists=lists, counts=counts) for each in shown],
        lists=_lists(session, chosen, lists=lists),
    )


def _group(
    brand: BrandFacts,
    queries: Sequence[QueryView],
    *,
    lists: NamedLists,
    counts: Mapping[int, int],
) -> Group:
    rows = []
    for query in queries:
        if query.brand_id == brand.id:
            named = lists.of(brand.id) if USES_A_LIST in query.text else {}
            stands = _stands(
                query.text,
                tuple(sorted(named.items())),
                json.dumps(query.examples, sort_keys=True),
            )
            rows.append(QueryRow(query, counts.get(query.id, 0), *stands))
    return Group(brand, tuple(rows))


@lru_cache(maxsize=5000)
def _stands(
    text: str, lists: tuple[tuple[str, str], ...], examples: str
) -> tuple[int, int, int, bool]:
    """Tests passed, tests failed, warnings, and whether it cannot be read. Kept: the page asks the
    same of every query at every look."""
    draft = judge(text, lists=dict(lists), examples=read_examples(json.loads(examples)))
    failed = len(draft.failed)
    passed = len(draft.outcomes) - failed
    return passed, failed, len(draft.warnings), draft.error is not None


def _lists(session: Session, chosen: BrandFacts | None, *, lists: NamedLists) -> list[ListRow]:
    used = used_lists(query_list(session), lists)
    views = list_views(session, brand_id=chosen.id if chosen else None)
    return [ListRow(view, used[view.brand_id, view.name]) for view in views]


def used_lists(queries: Sequence[QueryView], lists: NamedLists) -> Counter[tuple[int | None, str]]:
    """How many queries in use name each list, by the list's brand and name."""
    found: Counter[tuple[int | None, str]] = Counter()
    for query in queries:
        if not query.enabled or USES_A_LIST not in query.text:
            continue
        try:
            named = parse(query.text, lists=lists.of(query.brand_id)).lists
        except QuerySyntaxError:
            continue
        own = lists.own.get(query.brand_id, {})
        found.update((query.brand_id if name in own else None, name) for name in named)
    return found
