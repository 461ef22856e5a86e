"""What each stage made of a text, before it is put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rules.score import weights
from rules.score.linear.scorer import Cut, Scorer
from rules.score.target.view import Note

Margins = tuple[float, float]
"""How much more negative, and how much more positive, than neutral: logarithms of odds."""


@dataclass(frozen=True, slots=True)
class Heard:
    """``text`` as the models saw it. ``own``: what the brand's own words add to positive and take
    from negative. ``compound`` is VADER's, ``valences`` what it is made of. Without a ``scorer`` no
    model knew the language, and they are of the emoji and emoticons alone. ``named``, ``turn``,
    ``others`` and ``notes`` are of what the target sees (see target/view.py)."""

    text: str
    language: str
    compound: float
    valences: Sequence[float]
    scorer: Scorer | None = None
    cut: Cut | None = None
    linear: Margins = (0.0, 0.0)
    deep: Margins | None = None
    own: float = 0.0
    named: float = 0.0
    turn: int = 0
    others: bool = False
    notes: tuple[Note, ...] = ()

    def scale(self) -> float:
        """What one unit of the linear model's margins weighs in the whole."""
        if self.deep is None:
            return 1.0
        blend = weights.card().blend
        return blend.share / blend.temperature

    def margins(self) -> Margins:
        scale = self.scale()
        negative, positive = self.linear[0] * scale, self.linear[1] * scale
        if self.deep is not None:
            temperature = weights.card().blend.temperature
            negative += self.deep[0] / temperature
            positive += self.deep[1] / temperature
        negative, positive = negative - self.own, positive + self.own
        if self.turn and self.turns(negative, positive):
            negative, positive = positive, negative
        return negative - self.named, positive - self.named

    def turns(self, negative: float, positive: float) -> bool:
        """Whether a comparison makes bad of what sounds good, or the other way round."""
        return (positive - negative) * self.turn < 0
