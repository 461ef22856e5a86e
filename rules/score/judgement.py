"""What the models say of a text, whichever of them spoke."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import exp

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

    ``confidence`` is the chance of the label, calibrated; 0 where the label is unknown.
    """

    value: float
    label: Label
    confidence: float
    chances: Chances
    stage: Stage
    language: str
    version: str
    parts: tuple[Part, ...] = ()


def chances_of(negative: float, positive: float) -> Chances:
    """From margins over neutral, which are logarithms of odds."""
    top = max(negative, positive, 0.0)
    weights = (exp(negative - top), exp(-top), exp(positive - top))
    total = sum(weights)
    return (weights[0] / total, weights[1] / total, weights[2] / total)


def label_of(chances: Chances) -> Label:
    """The likeliest; of equals the one nearer to neutral."""
    negative, neutral, positive = chances
    if neutral >= negative and neutral >= positive:
        return Label.NEUTRAL
    return Label.NEGATIVE if negative > positive else Label.POSITIVE
