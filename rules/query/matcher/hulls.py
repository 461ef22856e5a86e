"""The stretches that pairs of a NEAR span, for a NEAR around it; and back again to the pairs."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import islice

from rules.query.matcher.near import following, segments_of
from rules.query.places import Field, Places, Runs
from rules.query.places.bits import numbers_of
from rules.query.places.runs import Place, firsts_of, places_of, runs_of
from rules.query.tree import Near

HULL_LIMIT = 1_000
"""Stretches of a NEAR, in reading order, that a NEAR around it looks at."""


def hulls(near: Near, left: Places, right: Places, field: Field) -> list[Place]:
    """The first stretches from the beginning of one place to the end of its partner, sorted."""
    ways = [(left, right)] if near.ordered else [(left, right), (right, left)]
    heads = [
        (_first_heads(following(near, one.runs, other.runs, field)[0]), other)
        for one, other in ways
    ]
    out: list[Place] = []
    for first in sorted({first for lasts, _ in heads for first in lasts}):
        found: set[int] = set()
        for lasts, other in heads:
            for begin, end in _reaches(near, first, lasts.get(first, ()), field):
                found |= other.lasts_between(begin, end, smallest=HULL_LIMIT - len(out))
        out += [(first, last) for last in sorted(found)]
        if len(out) >= HULL_LIMIT:
            break
    return out[:HULL_LIMIT]


def parts_of(
    near: Near, left: Places, right: Places, wanted: Runs, field: Field
) -> tuple[Runs, Runs]:
    """The places of either side that make up the wanted stretches."""
    stretches = places_of(wanted)
    lefts, rights = _beginning_with(near, left, right, stretches, field)
    if not near.ordered:
        other_rights, other_lefts = _beginning_with(near, right, left, stretches, field)
        lefts, rights = lefts | other_lefts, rights | other_rights
    return runs_of(lefts), runs_of(rights)


def _beginning_with(
    near: Near, one: Places, other: Places, stretches: list[Place], field: Field
) -> tuple[set[Place], set[Place]]:
    """The places that make up these stretches where one side begins and the other ends them."""
    ends = one.lasts_by_first({first for first, _ in stretches})
    begins = other.firsts_by_last({last for _, last in stretches})
    ones: set[Place] = set()
    others: set[Place] = set()
    for first, last in stretches:
        here = begins.get(last, [])
        done = 0
        for end in ends.get(first, ()):
            for begin, stop in _reaches(near, first, (end,), field):
                low, high = bisect_left(here, begin), bisect_left(here, stop)
                if low < high:
                    ones.add((first, end))
                others.update((at, last) for at in here[max(low, done) : high])
                done = max(done, high)
    return ones, others


def _first_heads(followed: Runs) -> dict[int, list[int]]:
    """By first word, the last words, rising: each first word makes at least one stretch."""
    firsts = firsts_of(followed)
    kept = list(islice(numbers_of(firsts), HULL_LIMIT))
    below = (1 << (kept[-1] + 1)) - 1 if kept else 0
    cut = {length: found & below for length, found in followed.items()}
    out: dict[int, list[int]] = {}
    for first, last in places_of({length: found for length, found in cut.items() if found}):
        out.setdefault(first, []).append(last)
    return out


def _reaches(
    near: Near, first: int, lasts: Iterable[int], field: Field
) -> Iterator[tuple[int, int]]:
    """From where up to before where a partner may begin behind places that begin at ``first``."""
    segments = segments_of(near, field)
    done = 0
    for last in lasts:
        if segments is not None:
            yield last + 1, segments.end(first)
            return  # what is within reach of a longer place is within reach of the shortest
        elif isinstance(near.distance, int):
            yield max(last + 1, done), last + near.distance + 2
            done = last + near.distance + 2
