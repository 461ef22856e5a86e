"""What each piece of a text adds to the linear model's sum: exactly, nothing left over."""

from __future__ import annotations

import re
import string
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rules.score.linear.features import of_word, tone_of, whole_of
from rules.score.linear.model import unpacked
from rules.score.linear.scorer import Scorer, shrink
from rules.score.linear.words import REACH, denies, words_of

_PIECE: Final = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Share:
    """Margins (logarithms of odds over neutral) that one piece of text adds."""

    start: int
    end: int
    negative: float
    positive: float


@dataclass(frozen=True, slots=True)
class Shares:
    """``pieces`` in reading order; ``tone`` is VADER's, ``whole`` that of length and marks,
    ``start`` what every text starts with. Together they are the scorer's margins."""

    pieces: tuple[Share, ...]
    tone: tuple[float, float]
    whole: tuple[float, float]
    start: tuple[float, float]


def shares(scorer: Scorer, text: str, *, valences: Sequence[float], compound: float) -> Shares:
    """A pair of words is shared evenly by the pieces it lies in."""
    places: list[tuple[int, int]] = []
    words: list[tuple[str, int]] = []
    sums: list[list[float]] = []
    single = scorer.single
    denied = 0
    for number, piece in enumerate(_PIECE.finditer(text)):
        found = words_of(piece.group())
        places.append(_trimmed(piece.group(), piece.start()))
        own = 0
        for word in found.words:
            own += sum([single.get(name, 0) for name in of_word(word)])
            if denied:
                own += single.get("¬" + word, 0)
                denied -= 1
            if denies(word):
                denied = REACH
            words.append((word, number))
        if found.ends:
            denied = 0
        sums.append(list(map(float, unpacked(own))))
    _together(scorer, words, sums)
    step = scorer.model.step * shrink(len(words))

    def margins(both: int) -> tuple[float, float]:
        negative, positive = unpacked(both)
        return negative * step, positive * step

    tone = scorer.of_tone(tone_of(valences, compound=compound))
    whole = scorer.of_whole(whole_of(text, words=len(words)))
    return Shares(
        pieces=tuple(
            Share(start, end, negative * step, positive * step)
            for (start, end), (negative, positive) in zip(places, sums, strict=True)
        ),
        tone=margins(tone),
        whole=margins(whole),
        start=margins(scorer.model.bias),
    )


def _together(scorer: Scorer, words: list[tuple[str, int]], sums: list[list[float]]) -> None:
    for at in range(1, len(words)):
        (one, first), (two, second) = words[at - 1 : at + 1]
        _give(sums, scorer.pairs.get((one, two)), (first, second))
    for at in range(2, len(words)):
        (one, first), (three, third) = words[at - 2], words[at]
        _give(sums, scorer.apart.get((one, three)), (first, third))


def _give(sums: list[list[float]], both: int | None, pieces: tuple[int, ...]) -> None:
    if both is None:
        return
    negative, positive = unpacked(both)
    for piece in pieces:
        sums[piece][0] += negative / len(pieces)
        sums[piece][1] += positive / len(pieces)


def _trimmed(piece: str, start: int) -> tuple[int, int]:
    """The piece without the marks around it, unless it is nothing but marks."""
    word = piece.strip(string.punctuation)
    if not word:
        return start, start + len(piece)
    at = start + piece.index(word)
    return at, at + len(word)
