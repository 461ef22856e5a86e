"""The sum of a text's weights, quickly: each piece of text is looked up once, whole.

The meaning is that of features.py. What a piece is worth by itself, its word and all its runs of
letters, is remembered; pairs of words are looked up for all places at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise, repeat
from typing import Final

from rules.score.linear.features import TONES, WHOLES, letters, tone_of, whole_of
from rules.score.linear.model import Model, unpacked
from rules.score.linear.words import REACH, denies, words_of
from rules.score.vader import word_in
from rules.score.valence import Word

PIECES_LIMIT: Final = 50_000
"""Pieces remembered; texts bring new ones for ever."""

FULL_WORDS: Final = 60
"""From this length on the sum grows with the root of the length: a long text repeats itself."""


Piece = tuple[Word, int, tuple[str, ...], bool, bool]
"""What VADER hears, what it is worth, its words, whether one of them denies what follows, whether a
clause ends. All that is known of a piece is in one place: looking it up is most of the work."""

Cut = tuple[list[Piece], list[str], int, bool, tuple[Word, ...]]
"""A text's pieces, its words, what the pieces are worth together, whether any denies, and what
VADER hears in each."""


class Scorer:
    """One model, ready. Threads may share it."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.pairs: dict[tuple[str, str], int] = {}
        self.apart: dict[tuple[str, str], int] = {}
        self.single: dict[str, int] = {}
        self.unsaid: dict[str, int] = {}
        for name, weight in model.weights.items():
            match name.split(" "):
                case [first, "_", third]:
                    self.apart[first, third] = weight
                case [first, second]:
                    self.pairs[first, second] = weight
                case _:
                    self.single[name] = weight
                    if name[0] == "¬":
                        self.unsaid[name[1:]] = weight
        self._pieces = _Pieces(self.single)
        self._tones = [[self.single.get(name, 0) for name in row] for row in TONES]
        self._wholes = [[self.single.get(name, 0) for name in row] for row in WHOLES]

    def margins(
        self, text: str, *, valences: Sequence[float], compound: float
    ) -> tuple[float, float]:
        """How much more negative, and more positive, than neutral: logarithms of odds."""
        return self.margins_of(self.cut(text), text, valences=valences, compound=compound)

    def cut(self, text: str) -> Cut:
        """The text's pieces, each with what it is worth."""
        if len(self._pieces) > PIECES_LIMIT:
            self._pieces.clear()
        found = list(map(self._pieces.__getitem__, text.split()))
        if not found:
            return found, [], 0, False, ()
        heard, worths, inside, denying, _ = zip(*found, strict=True)
        return found, list(chain.from_iterable(inside)), sum(worths), True in denying, heard

    def margins_of(
        self, cut: Cut, text: str, *, valences: Sequence[float], compound: float
    ) -> tuple[float, float]:
        """margins() of a text that is cut already."""
        negative, positive = unpacked(self.total(cut, text, valences=valences, compound=compound))
        step = self.model.step * shrink(len(cut[1]))
        return negative * step, positive * step

    def total(self, cut: Cut, text: str, *, valences: Sequence[float], compound: float) -> int:
        """The packed sum of all weights."""
        found, words, worth, denied, _ = cut
        total = self.model.bias + worth
        if denied:
            total += sum([weight for _, weight in self.denied(found)])
        none = repeat(0)
        total += sum(map(self.pairs.get, pairwise(words), none))
        total += sum(map(self.apart.get, zip(words, words[2:], strict=False), none))
        total += self.of_tone(tone_of(valences, compound=compound))
        return total + self.of_whole(whole_of(text, words=len(words)))

    def of_tone(self, numbers: Sequence[int]) -> int:
        """The packed sum of what VADER makes of the text (see tone_of)."""
        return sum([row[number] for row, number in zip(self._tones, numbers, strict=True)])

    def of_whole(self, numbers: Sequence[int]) -> int:
        """The packed sum of what the text is as a whole (see whole_of)."""
        return sum([row[number] for row, number in zip(self._wholes, numbers, strict=True)])

    def denied(self, found: Sequence[Piece]) -> Iterator[tuple[int, int]]:
        """The piece's number and the packed weight of each word that is denied."""
        left = 0
        for number, (_, _, words, denying, ends) in enumerate(found):
            if left or denying:
                for word in words:
                    if left:
                        yield number, self.unsaid.get(word, 0)
                        left -= 1
                    if denies(word):
                        left = REACH
            if ends:
                left = 0


def shrink(words: int) -> float:
    """1 for texts of an ordinary post's length."""
    return 1.0 if words <= FULL_WORDS else float((FULL_WORDS / words) ** 0.5)


class _Pieces(dict[str, Piece]):
    def __init__(self, single: dict[str, int]) -> None:
        super().__init__()
        self._single = single

    def __missing__(self, piece: str) -> Piece:
        found = words_of(piece)
        worth = 0
        get = self._single.get
        for word in found.words:
            worth += get(word, 0)
            if len(word) > 2 and word[0].isalpha():
                worth += sum(map(get, letters(word), repeat(0)))
        known = (word_in(piece), worth, found.words, any(map(denies, found.words)), found.ends)
        self[piece] = known
        return known
