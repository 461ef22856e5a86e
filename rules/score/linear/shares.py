"""What each piece of a text adds to the linear model's sum: exactly, nothing left over."""

from __future__ import annotations

import re
import string
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

from rules.score.linear.features import tone_of, whole_of
from rules.score.linear.model import unpacked
from rules.score.linear.scorer import Cut, Piece, Scorer, shrink

_PIECE: Final = re.compile(r"\S+")


class Share(NamedTuple):
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


def shares(
    scorer: Scorer,
    text: str,
    *,
    valences: Sequence[float],
    compound: float,
    cut: Cut | None = None,
) -> Shares:
    """A pair of words is shared evenly by the pieces it lies in.

    ``cut``: what the scorer makes of the text, by who has it already.
    """
    found, words, _, denied, _ = scorer.cut(text) if cut is None else cut
    # Twice everything, so that half of a pair is a whole number.
    twice = [2 * piece[1] for piece in found]
    if denied:
        _deny(scorer, found, twice)
    _together(scorer, found, words, twice)
    step = scorer.model.step * shrink(len(words))

    def margins(both: int) -> tuple[float, float]:
        negative, positive = unpacked(both)
        return negative * step, positive * step

    half = step / 2
    pieces = []
    for piece, both in zip(_PIECE.finditer(text), twice, strict=True):
        negative, positive = unpacked(both) if both else (0, 0)
        start, end = _trimmed(piece.group(), piece.start())
        pieces.append(Share(start, end, negative * half, positive * half))
    return Shares(
        pieces=tuple(pieces),
        tone=margins(scorer.of_tone(tone_of(valences, compound=compound))),
        whole=margins(scorer.of_whole(whole_of(text, words=len(words)))),
        start=margins(scorer.model.bias),
    )


def _deny(scorer: Scorer, found: Sequence[Piece], twice: list[int]) -> None:
    for number, weight in scorer.denied(found):
        twice[number] += 2 * weight


def _together(
    scorer: Scorer, found: Sequence[Piece], words: Sequence[str], twice: list[int]
) -> None:
    """What words are worth side by side, and with one between them."""
    of = [number for number, piece in enumerate(found) for _ in piece[2]]
    for apart, weights in (
        (1, map(scorer.pairs.get, pairwise(words))),
        (2, map(scorer.apart.get, zip(words, words[2:], strict=False))),
    ):
        for at, weight in enumerate(weights):
            if weight:
                twice[of[at]] += weight
                twice[of[at + apart]] += weight


def _trimmed(piece: str, start: int) -> tuple[int, int]:
    """The piece without the marks around it, unless it is nothing but marks."""
    word = piece.strip(string.punctuation)
    if not word:
        return start, start + len(piece)
    at = start + piece.index(word)
    return at, at + len(word)
