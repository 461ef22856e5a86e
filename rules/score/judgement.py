"""What the models say of a text, whichever of them spoke."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import exp
from typing import Final

from rules.score.explanation import Label, Part

Chances = tuple[float, float, float]
"""Of negative, neutral and positive, in a world where the three are equally frequent."""

LABELS = (Label.NEGATIVE, Label.NEUTRAL, Label.POSITIVE)


class Stage(StrEnum):
    """Who spoke. SIGNS: only emoji and emoticons could be read; NONE: nothing could."""

    NONE = "none"
    SIGNS = "signs"
    LINEAR = "linear"
    DEEP = "deep"


@dataclass(frozen=True, slots=True)
class Judgement:
    """``value`` is the chance of positive less that of negative, and the sum of ``parts``.

    ``confidence`` is the chance of the label, calibrated; 0 where the label is unknown. ``tone`` is
    the word list's compound, -1 to 1.
    """

    value: float
    label: Label
    confidence: float
    chances: Chances
    stage: Stage
    language: str
    version: str
    parts: tuple[Part, ...] = ()
    tone: float = 0.0


def chances_of(negative: float, positive: float) -> Chances:
    """From margins over neutral, which are logarithms of odds."""
    top = max(negative, positive, 0.0)
    weights = (exp(negative - top), exp(-top), exp(positive - top))
    total = sum(weights)
    return (weights[0] / total, weights[1] / total, weights[2] / total)


def bent(negative: float, positive: float) -> float:
    """What one unit of the margin, positive less negative, adds to the value: the value is a bent
    function of the margin, which is a plain sum, so each part's share of it is scaled by this."""
    chances = chances_of(negative, positive)
    margin = positive - negative
    if abs(margin) > 1e-9:
        return (chances[2] - chances[0]) / margin
    return (chances[0] + chances[2]) / 2


def label_of(chances: Chances) -> Label:
    """The likeliest; of equals the one nearer to neutral."""
    negative, neutral, positive = chances
    if neutral >= negative and neutral >= positive:
        return Label.NEUTRAL
    return Label.NEGATIVE if negative > positive else Label.POSITIVE


DOUBT: Final = 0.3
"""With so much chance of being negative nothing is called positive by whoever looks closely."""


def careful_label_of(chances: Chances) -> Label:
    """The likeliest; but what could as well be a complaint is called neutral and not praise."""
    label = label_of(chances)
    doubted = label is Label.POSITIVE and chances[0] > DOUBT
    return Label.NEUTRAL if doubted else label
