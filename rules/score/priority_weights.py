"""How much each reason adds to priority: a brand may weigh them its own way."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from math import isfinite
from typing import Any, Final

from rules.errors import InvalidWeights


@dataclass(frozen=True, slots=True)
class PriorityWeights:
    """The most that each reason adds, 0 to 1 (docs/scores.md says when it does).

    ``repeated``, ``good_news`` and ``hardly_about_us`` are parts of what is taken back again.
    ``ordinary_followers``: who has more than these has influence; 1 or more.
    Raises InvalidWeights.
    """

    negativity: float = 0.35
    arousal: float = 0.08
    reach: float = 0.2
    engagement: float = 0.15
    velocity: float = 0.15
    verified: float = 0.05
    influence: float = 0.05
    source: float = 0.1
    customer: float = 0.1
    red_line: float = 0.3
    topic: float = 0.2
    more_topics: float = 0.05
    rating: float = 0.1
    repeated: float = 0.6
    good_news: float = 0.5
    hardly_about_us: float = 0.8
    ordinary_followers: int = 1_000

    def __post_init__(self) -> None:
        for name, value in asdict(self).items():
            number = isinstance(value, int | float) and not isinstance(value, bool)
            if name == "ordinary_followers":
                if not number or value != int(value) or value < 1:
                    raise InvalidWeights(f"{name}: must be a whole number, 1 or more")
            elif not number or not isfinite(value) or not 0 <= value <= 1:
                raise InvalidWeights(f"{name}: must be a number from 0 to 1")

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> PriorityWeights:
        """What is not told stays as it usually is. Raises InvalidWeights."""
        for name in told:
            if name not in NAMES:
                raise InvalidWeights(f"{name}: is no weight; there are {', '.join(NAMES)}")
        return cls(**told)

    def to_json(self) -> dict[str, float]:
        """What differs from the usual weights."""
        return {name: value for name, value in asdict(self).items() if value != _USUAL[name]}

    @property
    def digest(self) -> str:
        """Empty for the usual weights."""
        told = sorted(self.to_json().items())
        return hashlib.sha256(repr(told).encode()).hexdigest()[:8] if told else ""


NAMES: Final = tuple(each.name for each in fields(PriorityWeights))
USUAL: Final = PriorityWeights()
_USUAL: Final = asdict(USUAL)
