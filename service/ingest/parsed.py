"""Saved queries, read once: they are asked again for every batch and change once a week."""

from __future__ import annotations

from functools import lru_cache

from rules.query import Query, parse
from service.store.named_lists import USES_A_LIST, NamedLists
from service.store.queries import QueryFacts


def parsed(query: QueryFacts, lists: NamedLists) -> Query:
    """What a saved query means, with its lists. Raises QuerySyntaxError."""
    if USES_A_LIST not in query.text:
        return _parse_alone(query.text)
    return _parse_with(query.text, tuple(sorted(lists.of(query.brand_id).items())))


@lru_cache(maxsize=50_000)
def _parse_alone(text: str) -> Query:
    return parse(text)


@lru_cache(maxsize=10_000)
def _parse_with(text: str, lists: tuple[tuple[str, str], ...]) -> Query:
    return parse(text, lists=dict(lists))
