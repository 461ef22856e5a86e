"""Small models to try the scorer with."""

from __future__ import annotations

import random

from rules.score.linear.features import named
from rules.score.linear.model import Model, packed

TEXTS = (
    "@user thanks for nothing, not a good day at all!! 😂😂 http://a.example",
    "The new phone is great. I don't hate it, but the screen could be better...",
    "WORST service EVER, 3 hours on hold and nobody cares :(",
    "",
    "no",
    "ok then",
    "Never, never again. #NeverAgain",
)


def a_model(*, seed: int = 1) -> Model:
    """Random weights for two thirds of all features of TEXTS."""
    dice = random.Random(seed)
    names = sorted({name for text in TEXTS for name in named(text, valences=(1.0,), compound=0.3)})
    kept = [name for name in names if dice.random() < 0.67]
    return Model(
        version="a model",
        step=0.02,
        bias=packed(-3, 4),
        weights={name: packed(dice.randint(-128, 127), dice.randint(-128, 127)) for name in kept},
    )
