"""One text, judged before it is saved: can it be read, what is odd about it, does it keep what
its examples promise?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rules.query import (
    Cost,
    Outcome,
    Query,
    QuerySyntaxError,
    Warning,
    cost,
    parse,
    test,
    warnings,
)
from service.queries.examples import NO_EXAMPLES, Examples


@dataclass(frozen=True, slots=True)
class Draft:
    """``query`` and ``cost`` are None, and nothing was tried, where there is an ``error``.
    ``outcomes`` are in the order of the examples, those that must match first."""

    text: str
    query: Query | None
    error: QuerySyntaxError | None = None
    warnings: tuple[Warning, ...] = ()
    cost: Cost | None = None
    outcomes: tuple[Outcome, ...] = ()

    @property
    def failed(self) -> tuple[Outcome, ...]:
        return tuple(outcome for outcome in self.outcomes if not outcome.passed)


def judge(text: str, *, lists: Mapping[str, str], examples: Examples = NO_EXAMPLES) -> Draft:
    """Read a text, look for what was probably not meant, and try its examples."""
    try:
        query = parse(text, lists=lists)
    except QuerySyntaxError as error:
        return Draft(text, query=None, error=error)
    return Draft(
        text,
        query=query,
        warnings=warnings(query),
        cost=cost(query),
        outcomes=tried(query, examples),
    )


def tried(query: Query, examples: Examples) -> tuple[Outcome, ...]:
    """Each example and whether the query does with it what it should."""
    if not examples:
        return ()
    return test(query, must_match=examples.must_match, must_not_match=examples.must_not_match)
