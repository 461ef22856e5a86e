"""Places in both the forms in which they are asked for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cached_property

from rules.query.places.runs import Place, Runs, places_of


class Places:
    """``runs`` for what is asked of all at once; ``places``, sorted, for one after another."""

    def __init__(self, runs: Runs) -> None:
        self.runs = runs

    @cached_property
    def places(self) -> list[Place]:
        return places_of(self.runs)

    @cached_property
    def _firsts(self) -> list[int]:
        return [first for first, _ in self.places]

    def lasts_between(self, begin: int, end: int, *, smallest: int) -> set[int]:
        """Last words of the places that begin from ``begin`` up to before ``end``.

        Where these are many, only the smallest are told, but all of these.
        """
        out: set[int] = set()
        enough = end
        for at in range(bisect_left(self._firsts, begin), len(self.places)):
            first, last = self.places[at]
            if first >= end or first > enough:
                break
            out.add(last)
            if enough == end and len(out) >= smallest:
                # A place that begins behind all of these ends behind them too.
                enough = max(out)
        return out

    def lasts_by_first(self, stretches: Sequence[Place]) -> dict[int, list[int]]:
        """For the first words of these, sorted: the last words of the places there, rising."""
        firsts = {first for first, _ in stretches}
        return _grouped(place for place in self._inside(stretches) if place[0] in firsts)

    def firsts_by_last(self, stretches: Sequence[Place]) -> dict[int, list[int]]:
        """For the last words of these, sorted: the first words of the places there, rising."""
        lasts = {last for _, last in stretches}
        return _grouped((last, first) for first, last in self._inside(stretches) if last in lasts)

    def _inside(self, stretches: Sequence[Place]) -> list[Place]:
        """The places that begin between the beginning and the end of all of these."""
        begin = bisect_left(self._firsts, stretches[0][0])
        end = bisect_left(self._firsts, max(last for _, last in stretches) + 1)
        return self.places[begin:end]


def _grouped(pairs: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    out: dict[int, list[int]] = {}
    for key, value in pairs:
        out.setdefault(key, []).append(value)
    return out
