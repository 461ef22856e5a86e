"""What the kernel found, as matches with spans."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import partial
from typing import Final, TypeVar

from rules.query.document import FIELDS
from rules.query.matcher import Match, Span

K = TypeVar("K", bound=Hashable)

Found = tuple[list[list[int]], list[list[int]]]
"""Columns of matches (mention, query, first span, number of spans or -1 where the matcher must
decide) and of spans (field, start, end, term)."""

# Straight from tuples: the constructors of named tuples are functions of Python, and take longer.
_SPAN: Final = partial(tuple.__new__, Span)
_MATCH: Final = partial(tuple.__new__, Match)


def collect(
    found: Found,
    *,
    out: list[dict[K, Match]],
    keys: Sequence[K],
    terms: Sequence[str],
    decide: Callable[[int, int], Match | None],
) -> None:
    """Put the matches into the dictionaries of their mentions."""
    (mentions, queries, firsts, counts), (fields, starts, ends, names) = found
    spans = list(
        map(
            _SPAN,
            zip(
                map(FIELDS.__getitem__, fields),
                starts,
                ends,
                map(terms.__getitem__, names),
                strict=True,
            ),
        )
    )
    rows = [
        (spans[first],) if count == 1 else tuple(spans[first : first + count])
        for first, count in zip(firsts, counts, strict=True)
    ]
    matches = map(_MATCH, zip(rows))
    for mention, query, count, match in zip(mentions, queries, counts, matches, strict=True):
        if count >= 0:
            out[mention][keys[query]] = match
        else:
            decided = decide(mention, query)
            if decided is not None:
                out[mention][keys[query]] = decided
