"""One page of the mentions a query holds of; and how many a day.

Whatever a request does not get to, its cursor does: it stands where looking ended.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from rules.query import Query, Span, match
from service.store.reads.mentions import MentionView, asked_of_match, mention_views
from service.store.reads.page import checked_limit, read_cursor, write_cursor
from service.store.search.places import Place, Scope
from service.store.search.scan import Budget, candidates
from service.store.tables import MentionRow


@dataclass(frozen=True, slots=True)
class Found:
    """A mention that the query holds of, and the places that make it so."""

    mention: MentionView
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found, newest first. ``next_cursor`` goes on from there, None at the end; there may
    be fewer than asked for, or none, and still more to look at: ``looked_back_to`` says how far
    back was looked, None for all the way."""

    items: tuple[Found, ...]
    next_cursor: str | None
    looked_back_to: datetime | None


@dataclass(frozen=True, slots=True)
class DayCounts:
    """Mentions per day (UTC), the newest day first, days without any left out. Where there is a
    ``next_cursor``, what it leads to is to be added: the last day may be counted in part."""

    days: Mapping[date, int]
    next_cursor: str | None
    looked_back_to: datetime | None

    @property
    def total(self) -> int:
        return sum(self.days.values())


def scope_of(
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    cursor: str | None = None,
    brands: frozenset[int] | None = None,
    brand_id: int | None = None,
    platform: str | None = None,
    label: str | None = None,
    intent: str | None = None,
    story: str | None = None,
    topic: str | None = None,
) -> Scope:
    """Which mentions to look at: those of a span of time, and those that matched something for one
    of ``brands`` (None: whatever is stored). Brand, label, intent, story and topic are asked of
    one and the same match. Raises Invalid for a cursor that cannot be."""
    return Scope(
        since=since,
        until=until,
        before=None if cursor is None else Place(*read_cursor(cursor)),
        asked=asked_of_match(
            brands=brands,
            brand_id=brand_id,
            label=label,
            intent=intent,
            story=story,
            topic=topic,
        ),
        about=[] if platform is None else [MentionRow.platform == platform],
    )


def search(
    session: Session,
    query: Query,
    *,
    scope: Scope,
    limit: int = 50,
    budget: Budget | None = None,
    brands: frozenset[int] | None = None,
) -> Findings:
    """The newest mentions in the scope that the query holds of, as the matcher says.

    ``brands``: whose matches are shown with a mention. Raises Invalid for a limit that cannot be.
    """
    checked_limit(limit)
    budget = budget or Budget()
    found: dict[int, tuple[Span, ...]] = {}
    last: Place | None = None
    more = False
    for candidate in candidates(session, query.tree, scope=scope, budget=budget):
        if len(found) == limit:
            more = True
            break
        last = candidate.place
        told = match(query, candidate.document)
        if told is not None:
            found[last.mention_id] = told.spans
    views = mention_views(session, list(found), brands=brands)
    cursor, looked = _where(last, more or budget.spent)
    return Findings(
        items=tuple(Found(view, found[view.id]) for view in views),
        next_cursor=cursor,
        looked_back_to=looked,
    )


def count_days(
    session: Session, query: Query, *, scope: Scope, budget: Budget | None = None
) -> DayCounts:
    """How many mentions in the scope the query holds of, day by day."""
    budget = budget or Budget()
    days: Counter[date] = Counter()
    last: Place | None = None
    for candidate in candidates(session, query.tree, scope=scope, budget=budget):
        last = candidate.place
        if match(query, candidate.document) is not None:
            days[last.at.date()] += 1
    return DayCounts(days, *_where(last, budget.spent))


def further(scope: Scope, cursor: str) -> Scope:
    """The same scope from a cursor on."""
    return replace(scope, before=Place(*read_cursor(cursor)))


def _where(last: Place | None, more: bool) -> tuple[str | None, datetime | None]:
    if last is None or not more:
        return None, None
    return write_cursor(last.at, last.mention_id), last.at
