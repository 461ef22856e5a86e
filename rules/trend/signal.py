"""What can be listened to: which counts of a window are compared with what is usual."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

Column = Literal["mentions", "negative", "reach", "weight"]
"""Of a series: all mentions, the negative ones, the reach of those, and what a signal reads beside
(``Signal.reads``)."""

Counter = Literal["", "negative_engagement", "priority", "organic"]


@dataclass(frozen=True, slots=True)
class Signal:
    """``column`` is summed and compared; ``counted``: of which mentions there must be enough.

    ``unit``: what one of these mentions adds to the sum, None where that differs much: then the
    mean of the history is taken. ``reads``: the counter that the store must read as ``weight``.
    ``per``: a sum is shown divided by this. ``words``: what is told of a sum, after its number;
    ``headline``: what an incident that it opens is called.
    """

    name: str
    column: Column
    counted: Column
    words: str
    headline: str
    unit: int | None = 1
    reads: Counter = ""
    per: int = 1

    def enough(self, mentions: int) -> int:
        """The least sum of ``counted`` that so many mentions make."""
        return mentions * self.per if self.counted == "weight" else mentions

    def shown(self, amount: float) -> str:
        """An amount of the sum, for people."""
        return f"{amount / self.per:,.0f}"


NEGATIVE_VOLUME: Final = "negative_volume"
NEGATIVE_SHARE: Final = "negative_share"
NEGATIVE_REACH: Final = "negative_reach"
NEGATIVE_ENGAGEMENT: Final = "negative_engagement"
ORGANIC_VOLUME: Final = "organic_volume"
PRIORITY: Final = "priority"
TOTAL_VOLUME: Final = "total_volume"
SILENCE: Final = "silence"

_ALL = (
    Signal(
        NEGATIVE_VOLUME,
        column="negative",
        counted="negative",
        words="negative",
        headline="more negative mentions than usual",
    ),
    Signal(
        NEGATIVE_SHARE,
        column="negative",
        counted="negative",
        words="negative",
        headline="more of what is said is negative than usual",
    ),
    Signal(
        NEGATIVE_REACH,
        column="reach",
        counted="negative",
        words="people who could have seen what is negative",
        headline="what is negative is seen by more people than usual",
        unit=None,
    ),
    Signal(
        NEGATIVE_ENGAGEMENT,
        column="weight",
        counted="negative",
        words="likes, shares and comments of what is negative",
        headline="more people than usual react to what is negative",
        unit=None,
        reads="negative_engagement",
    ),
    Signal(
        ORGANIC_VOLUME,
        column="weight",
        counted="weight",
        words="negative, copies by young accounts weighed down,",
        headline="more independent people than usual are negative",
        unit=100,
        reads="organic",
        per=100,
    ),
    Signal(
        PRIORITY,
        column="weight",
        counted="mentions",
        words="of priority in sum",
        headline="more that should be looked at than usual",
        unit=100,
        reads="priority",
        per=100,
    ),
    Signal(
        TOTAL_VOLUME,
        column="mentions",
        counted="mentions",
        words="mentions",
        headline="more mentions than usual",
    ),
    Signal(
        SILENCE,
        column="mentions",
        counted="mentions",
        words="mentions",
        headline="hardly anything is heard",
    ),
)

SIGNALS: Final[Mapping[str, Signal]] = MappingProxyType({one.name: one for one in _ALL})
"""By name, in the order in which they are looked at."""
