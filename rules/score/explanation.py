"""A number and the reasons that add up to it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Odds = tuple[float, float]
"""How much more negative, and how much more positive, than neutral: logarithms of odds."""


class Label(StrEnum):
    """Unknown is not neutral: it means that nothing here can judge the text."""

    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    POSITIVE = "positive"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Part:
    """One reason: ``rule`` is its stable name, ``what`` says it to a person.

    ``span`` is (field, start, end) in the mention's title or text, where there is a place.
    ``odds``: of a part of polarity, what it adds to negative and to positive over neutral.
    """

    rule: str
    what: str
    contribution: float
    span: tuple[str, int, int] | None = None
    odds: Odds | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "rule": self.rule,
            "what": self.what,
            "contribution": self.contribution,
            "span": list(self.span) if self.span is not None else None,
        }


@dataclass(frozen=True, slots=True)
class Scored:
    """``parts`` add up to ``value`` (to 1e-9)."""

    value: float
    parts: tuple[Part, ...]

    def to_json(self) -> list[dict[str, Any]]:
        return [part.to_json() for part in self.parts]


@dataclass(frozen=True, slots=True)
class Opinion:
    """Who judged the tone, and how sure: beside the value, its parts and the label.

    ``stage``: the last that took part: none, signs, rating, correction, linear or deep.
    ``confidence``: the chance of the label; 0 where it is unknown. ``language``: two letters, or ""
    where it cannot be told; ``weak``: the models know it badly. ``tone``: the word list's compound,
    -1 to 1. ``flip``: the number of the part without which the label would be ``flipped``; None:
    no single part decides.
    """

    stage: str
    confidence: float
    language: str
    weak: bool
    tone: float
    flip: int | None = None
    flipped: Label | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "stage": self.stage,
            "confidence": round(self.confidence, 4),
            "language": self.language,
            "weak": self.weak,
            "tone": self.tone,
            "flip": self.flip,
            "flipped": self.flipped.value if self.flipped else None,
        }


@dataclass(frozen=True, slots=True)
class Scores:
    """What the rules say of one match. ``version`` names what made it."""

    relevance: Scored
    polarity: Scored
    label: Label
    opinion: Opinion
    priority: Scored
    version: str

    def to_json(self) -> dict[str, Any]:
        """The reasons, as matches.explanation keeps them."""
        return {
            "relevance": self.relevance.to_json(),
            "polarity": self.polarity.to_json(),
            "priority": self.priority.to_json(),
            "opinion": self.opinion.to_json(),
        }


def bounded(parts: list[Part]) -> Scored:
    """The sum of the parts held within 0 and 1; what was cut is a part of its own."""
    total = sum(part.contribution for part in parts)
    if total > 1.0:
        parts = [*parts, Part("ceiling", "More than enough reasons: 1 is the most", 1.0 - total)]
        return Scored(1.0, tuple(parts))
    if total < 0.0:
        parts = [*parts, Part("floor", "Less than nothing: 0 is the least", -total)]
        return Scored(0.0, tuple(parts))
    return Scored(total, tuple(parts))
