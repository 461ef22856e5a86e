"""Sets of places: for each length in words, at which words they begin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from rules.query.places.bits import bits_of, numbers_of, union

Runs: TypeAlias = dict[int, int]
"""Length of a place in words to the set of its first words; no set is empty. Never changed."""

Place: TypeAlias = tuple[int, int]
"""The first and the last word."""


def runs_of(places: Iterable[Place]) -> Runs:
    firsts: dict[int, list[int]] = {}
    for first, last in places:
        firsts.setdefault(last - first + 1, []).append(first)
    return {length: bits_of(found) for length, found in firsts.items()}


def joined(sets: Sequence[Runs]) -> Runs:
    """The places of all of them."""
    if len(sets) == 1:
        return sets[0]
    out: Runs = {}
    for runs in sets:
        for length, firsts in runs.items():
            out[length] = out.get(length, 0) | firsts
    return out


def shared(one: Runs, other: Runs) -> Runs:
    """The places that are in both."""
    both = {length: firsts & other.get(length, 0) for length, firsts in one.items()}
    return {length: firsts for length, firsts in both.items() if firsts}


def firsts_of(runs: Runs) -> int:
    return union(runs.values())


def lasts_of(runs: Runs) -> int:
    return union(firsts << (length - 1) for length, firsts in runs.items())


def places_of(runs: Runs) -> list[Place]:
    """In reading order: by first, then last word."""
    found = [
        (first, first + length - 1)
        for length, firsts in runs.items()
        for first in numbers_of(firsts)
    ]
    return found if len(runs) == 1 else sorted(found)


def first_places(runs: Runs, *, limit: int) -> list[Place]:
    """The first ``limit`` of them in reading order."""
    found: list[Place] = []
    for length, firsts in runs.items():
        for count, first in enumerate(numbers_of(firsts)):
            if count >= limit:
                break
            found.append((first, first + length - 1))
    return sorted(found)[:limit]


def in_a_row(words: Sequence[Runs]) -> Runs:
    """The places where these stand one after the other with nothing between them."""
    out = words[0]
    for following in words[1:]:
        longer: Runs = {}
        for done, begun in out.items():
            for length, firsts in following.items():
                here = begun & (firsts >> done)
                if here:
                    longer[done + length] = longer.get(done + length, 0) | here
        if not longer:
            return {}
        out = longer
    return out


def stretches(words: Sequence[tuple[str, Runs]], *, slop: int) -> Runs:
    """The shortest stretches that hold all these words, in any order.

    A stretch has at most as many words as are asked for and ``slop`` more. One that is asked for
    twice stands in it twice, beginning at different words. No stretch holds another.
    """
    wanted = Counter(name for name, _ in words)
    runs = dict(words)
    if not all(runs.values()):
        return {}
    counting = [_Counting(runs[name], count) for name, count in wanted.items()]
    out: Runs = {}
    shorter = 0
    for length in range(1, len(words) + slop + 1):
        full = ~0
        for each in counting:
            full &= each.at_length(length)
        fresh = full & ~shorter & ~(shorter >> 1)
        if fresh:
            out[length] = fresh
        shorter = full
    return out


class _Counting:
    """At which words a stretch of a rising length begins that holds a word often enough."""

    def __init__(self, runs: Runs, count: int) -> None:
        # Of places that begin at one word the shortest is in every stretch that holds a longer one.
        seen = 0
        self._runs: Runs = {}
        for length in sorted(runs):
            fresh = runs[length] & ~seen
            seen |= fresh
            if fresh:
                self._runs[length] = fresh
        self._at_least = [0] * count

    def at_length(self, length: int) -> int:
        """To be asked for 1, 2, 3, … in turn: each adds the places that end one word further."""
        counts = self._at_least
        for own, firsts in self._runs.items():
            ending = firsts >> (length - own) if length >= own else 0
            if not ending:
                continue
            for at in range(len(counts) - 1, 0, -1):
                counts[at] |= counts[at - 1] & ending
            counts[0] |= ending
        return counts[-1]
