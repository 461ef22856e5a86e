"""The sum of a text's weights, quickly: each piece of text is looked up once, whole.

The meaning is that of features.py. What a piece is worth by itself, its word and all its runs of
letters, is remembered; pairs of words are looked up for all places at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, repeat
from typing import Final, NamedTuple

from rules.score.linear.features import (
    Tone,
    Whole,
    letters,
    of_tone,
    of_whole,
    tone_of,
    whole_of,
)
from rules.score.linear.model import Model, unpacked
from rules.score.linear.words import REACH, denies, words_of

PIECES_LIMIT: Final = 50_000
"""Pieces remembered; texts bring new ones for ever."""

FULL_WORDS: Final = 60
"""From this length on the sum grows with the root of the length: a long text repeats itself."""


class _Piece(NamedTuple):
    worth: int
    words: tuple[str, ...]
    denies: bool
    ends: bool


class Scorer:
    """One model, ready. Threads may share it."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.pairs: dict[tuple[str, str], int] = {}
        self.apart: dict[tuple[str, str], int] = {}
        self.single: dict[str, int] = {}
        for name, weight in model.weights.items():
            match name.split(" "):
                case [first, "_", third]:
                    self.apart[first, third] = weight
                case [first, second]:
                    self.pairs[first, second] = weight
                case _:
                    self.single[name] = weight
        self._pieces = _Pieces(self.single)
        self._tones: dict[Tone, int] = {}
        self._wholes: dict[Whole, int] = {}

    def margins(
        self, text: str, *, valences: Sequence[float], compound: float
    ) -> tuple[float, float]:
        """How much more negative, and more positive, than neutral: logarithms of odds."""
        both, words = self.total(text, valences=valences, compound=compound)
        negative, positive = unpacked(both)
        step = self.model.step * shrink(words)
        return negative * step, positive * step

    def total(self, text: str, *, valences: Sequence[float], compound: float) -> tuple[int, int]:
        """The packed sum and the count of words."""
        if len(self._pieces) > PIECES_LIMIT:
            self._pieces.clear()
        found = list(map(self._pieces.__getitem__, text.split()))
        total = self.model.bias
        words: list[str] = []
        denied = False
        for worth, inside, denies_next, _ in found:
            total += worth
            words += inside
            denied = denied or denies_next
        if denied:
            total += self._denied(found)
        none = repeat(0)
        total += sum(map(self.pairs.get, pairwise(words), none))
        total += sum(map(self.apart.get, zip(words, words[2:], strict=False), none))
        total += self.of_tone(tone_of(valences, compound=compound))
        total += self.of_whole(whole_of(text, words=len(words)))
        return total, len(words)

    def of_tone(self, tone: Tone) -> int:
        """The packed sum of what VADER makes of the text."""
        known = self._tones.get(tone)
        if known is None:
            known = self._tones[tone] = sum([self.single.get(name, 0) for name in of_tone(tone)])
        return known

    def of_whole(self, whole: Whole) -> int:
        """The packed sum of what the text is as a whole."""
        known = self._wholes.get(whole)
        if known is None:
            known = sum([self.single.get(name, 0) for name in of_whole(whole)])
            self._wholes[whole] = known
        return known

    def _denied(self, found: list[_Piece]) -> int:
        total = 0
        left = 0
        for piece in found:
            if left or piece.denies:
                for word in piece.words:
                    if left:
                        total += self.single.get("¬" + word, 0)
                        left -= 1
                    if denies(word):
                        left = REACH
            if piece.ends:
                left = 0
        return total


def shrink(words: int) -> float:
    """1 for texts of an ordinary post's length."""
    return 1.0 if words <= FULL_WORDS else float((FULL_WORDS / words) ** 0.5)


class _Pieces(dict[str, _Piece]):
    def __init__(self, single: dict[str, int]) -> None:
        super().__init__()
        self._single = single

    def __missing__(self, piece: str) -> _Piece:
        found = words_of(piece)
        worth = 0
        get = self._single.get
        for word in found.words:
            worth += get(word, 0)
            if len(word) > 2 and word[0].isalpha():
                worth += sum(map(get, letters(word), repeat(0)))
        known = self[piece] = _Piece(worth, found.words, any(map(denies, found.words)), found.ends)
        return known
