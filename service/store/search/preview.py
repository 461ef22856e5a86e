"""What would this query have caught? Over what is stored, and over what was fetched and is not.

Nothing is written, and nothing is scored: it tells what would be there, not how bad it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from rules.query import Query, Span, match
from rules.query.tree import Or
from service.store.reads.mentions import mention_views
from service.store.search.find import Found, scope_of
from service.store.search.missed import Missed, find_missed
from service.store.search.scan import Budget, candidates


@dataclass(frozen=True, slots=True)
class Difference:
    """Mentions that only one of two queries holds of: how many, by day (UTC) too, and the newest
    of them."""

    count: int
    examples: tuple[Found, ...]
    days: Mapping[date, int]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a query holds of among the mentions from ``since`` to ``until``.

    ``days`` counts them by day (UTC), days without any left out; ``examples`` are the newest.
    ``entering`` and ``leaving`` are told against the query as it is now, None where there is none
    to compare with. ``missed``: what was fetched and matched no query at all then; None where the
    caller may not see that. ``looked_back_to`` is None if all was looked at, else the moment to
    which counts reach, because there was too much of it.
    """

    since: datetime
    until: datetime
    days: Mapping[date, int]
    examples: tuple[Found, ...]
    entering: Difference | None
    leaving: Difference | None
    missed: Missed | None
    looked_back_to: datetime | None

    @property
    def total(self) -> int:
        return sum(self.days.values())


@dataclass(slots=True)
class _Group:
    """Mentions of one kind: how many there are, and the spans of the newest."""

    limit: int
    count: int = 0
    newest: dict[int, tuple[Span, ...]] = field(default_factory=dict)
    days: Counter[date] = field(default_factory=Counter)

    def add(self, mention_id: int, spans: tuple[Span, ...], *, on: date) -> None:
        self.count += 1
        self.days[on] += 1
        if len(self.newest) < self.limit:
            self.newest[mention_id] = spans


def preview(
    session: Session,
    query: Query,
    *,
    now: datetime,
    days: int = 7,
    current: Query | None = None,
    brands: frozenset[int] | None = None,
    examples: int = 5,
    budget: Budget | None = None,
) -> Preview:
    """What a query would have caught in the last ``days``, today included.

    ``current``: the query as it is saved, to tell what a change of it would bring and lose.
    ``brands``: only mentions that matched something for one of these; what matched nothing is then
    not looked at, since it belongs to no brand. Half of the budget is kept for that.
    """
    since = now - timedelta(days=days)
    until = now + timedelta(minutes=10)
    budget = budget or Budget()
    held, entering, leaving = (_Group(examples) for _ in range(3))
    counts: Counter[date] = Counter()
    last: datetime | None = None
    tree = query.tree if current is None else Or((query.tree, current.tree), 0, 0)
    scope = scope_of(since=since, until=until, brands=brands)
    share = budget if brands is not None else budget.half()
    for candidate in candidates(session, tree, scope=scope, budget=share):
        last, mention_id = candidate.place
        new = match(query, candidate.document)
        old = None if current is None else match(current, candidate.document)
        if new is not None:
            counts[last.date()] += 1
            held.add(mention_id, new.spans, on=last.date())
            if current is not None and old is None:
                entering.add(mention_id, new.spans, on=last.date())
        elif old is not None:
            leaving.add(mention_id, old.spans, on=last.date())
    missed = None
    if brands is None:
        missed = find_missed(session, query, since=since, budget=budget, examples=examples)

    def told(group: _Group) -> tuple[Found, ...]:
        views = mention_views(session, list(group.newest), brands=brands)
        return tuple(Found(view, group.newest[view.id]) for view in views)

    def difference(group: _Group) -> Difference:
        return Difference(group.count, told(group), group.days)

    return Preview(
        since=since,
        until=until,
        days=counts,
        examples=told(held),
        entering=None
        if current is None
        else Difference(entering.count, told(entering), entering.days),
        leaving=None if current is None else Difference(leaving.count, told(leaving), leaving.days),
        missed=missed,
        looked_back_to=last if share.spent else None,
    )
