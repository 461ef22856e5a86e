"""Sentences and paragraphs: which words share one."""

from __future__ import annotations

from functools import cached_property

from rules.query.places.bits import reach_down
from rules.query.places.runs import Runs


class Segments:
    """``starts``: the words that begin one, the first word among them; ``count``: of all words."""

    def __init__(self, starts: int, count: int) -> None:
        self.starts = starts
        self._inside = ((1 << count) - 1) & ~starts
        self._count = count

    def end(self, word: int) -> int:
        """The number after the last word of the segment of this word."""
        later = self.starts >> (word + 1)
        return word + (later & -later).bit_length() if later else self._count

    def whole(self, runs: Runs) -> Runs:
        """The places that do not run over the end of a segment."""
        out: Runs = {}
        for length, firsts in runs.items():
            crossing = reach_down(self.starts >> 1, length - 2) if length > 1 else 0
            inside = firsts & ~crossing
            if inside:
                out[length] = inside
        return out

    def after(self, words: int) -> int:
        """The words that stand after one of these in the same segment."""
        out = (words << 1) & self._inside
        for step, same in self._doubling:
            out |= (out << step) & same
        return out

    def before(self, words: int) -> int:
        """The words that stand before one of these in the same segment."""
        out = (words & self._inside) >> 1
        for step, same in self._doubling:
            out |= (out & same) >> step
        return out

    @cached_property
    def _doubling(self) -> list[tuple[int, int]]:
        """For 1, 2, 4, … the words that have as many words before them in their segment."""
        out: list[tuple[int, int]] = []
        step, same = 1, self._inside
        while same:
            out.append((step, same))
            same &= same << step
            step *= 2
        return out
