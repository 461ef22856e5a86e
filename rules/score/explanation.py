"""A number and the reasons that add up to it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


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
    """

    rule: str
    what: str
    contribution: float
    span: tuple[str, int, int] | None = None

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
class Scores:
    """What the rules say of one match. ``version`` names what made it."""

    relevance: Scored
    polarity: Scored
    label: Label
    priority: Scored
    version: str

    def to_json(self) -> dict[str, list[dict[str, Any]]]:
        """The reasons, as matches.explanation keeps them."""
        return {
            "relevance": self.relevance.to_json(),
            "polarity": self.polarity.to_json(),
            "priority": self.priority.to_json(),
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
