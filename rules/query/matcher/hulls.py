"""The stretches that pairs of a NEAR span, for a NEAR around it; and back again to the pairs."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate, islice

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
            done = 0
            for end in lasts.get(first, ()):
                begin, stop = _reach(near, first, end, field)
                found |= other.lasts_between(max(begin, done), stop, smallest=HULL_LIMIT - len(out))
                done = stop
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
    ends, begins = one.lasts_by_first(stretches), other.firsts_by_last(stretches)
    used_ends, used_begins = _Used(ends), _Used(begins)
    for first, last in stretches:
        left, right = ends.get(first, []), begins.get(last, [])
        # The longer side is looked up, not walked: both may have as many as there are stretches.
        if len(left) <= len(right):
            for at, end in enumerate(left):
                low, high = _between(right, *_reach(near, first, end, field))
                if low < high:
                    used_ends.add(first, at, at + 1)
                    used_begins.add(last, low, high)
        else:
            for at, begin in enumerate(right):
                low, high = _between(left, *_behind(near, first, begin, field))
                if low < high:
                    used_begins.add(last, at, at + 1)
                    used_ends.add(first, low, high)
    return set(used_ends), {(first, last) for last, first in used_begins}


def _between(numbers: list[int], begin: int, stop: int) -> tuple[int, int]:
    return bisect_left(numbers, begin), bisect_left(numbers, stop)


class _Used:
    """Which numbers of many lists were used; whole ranges of them are noted at one stroke."""

    def __init__(self, lists: dict[int, list[int]]) -> None:
        self._lists = lists
        self._steps: dict[int, list[int]] = {}

    def add(self, key: int, low: int, high: int) -> None:
        steps = self._steps.get(key)
        if steps is None:
            steps = self._steps[key] = [0] * (len(self._lists[key]) + 1)
        steps[low] += 1
        steps[high] -= 1

    def __iter__(self) -> Iterator[tuple[int, int]]:
        for key, steps in self._steps.items():
            for number, used in zip(self._lists[key], accumulate(steps), strict=False):
                if used:
                    yield key, number


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


def _reach(near: Near, first: int, last: int, field: Field) -> tuple[int, int]:
    """From where up to before where a partner may begin behind a place."""
    segments = segments_of(near, field)
    if segments is not None:
        return last + 1, segments.end(first)
    assert isinstance(near.distance, int)
    return last + 1, last + near.distance + 2


def _behind(near: Near, first: int, begin: int, field: Field) -> tuple[int, int]:
    """From where up to before where a place that begins at ``first`` may end for a partner."""
    segments = segments_of(near, field)
    if segments is not None:
        return (first, begin) if begin < segments.end(first) else (0, 0)
    assert isinstance(near.distance, int)
    return begin - near.distance - 1, begin
