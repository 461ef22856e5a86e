"""What was counted minute by minute: blocks that are made once and joined often."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

MINUTE = 60
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Point:
    """What was counted in the minute that begins at ``minute`` (aware UTC), on one platform.

    ``reach`` is that of the negative mentions: how many could have seen what is bad. ``weight``:
    the counter that a signal reads beside these (``Signal.reads``).
    """

    minute: datetime
    mentions: int
    negative: int
    reach: int
    platform: str = ""
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted minute by minute; ``minutes`` since 1970, in order, each once.

    ``weight`` is empty where it was not read, or is nothing but zeros.
    """

    minutes: list[int]
    mentions: list[int]
    negative: list[int]
    reach: list[int]
    weight: list[int] = field(default_factory=list)

    @classmethod
    def build(cls, buckets: Mapping[int, Sequence[int]]) -> Counts:
        """From (mentions, negative, reach, weight) by minute."""
        minutes = sorted(buckets)
        mentions, negative, reach, weight = (
            [buckets[minute][place] for minute in minutes] for place in range(4)
        )
        return cls(minutes, mentions, negative, reach, weight if any(weight) else [])

    @classmethod
    def join(cls, parts: Iterable[Counts]) -> Counts:
        """Of parts that follow one another in time."""
        parts = list(parts)
        whole = cls([], [], [], [])
        weighed = any(part.weight for part in parts)
        for part in parts:
            if weighed:
                whole.weight.extend(part.weight or [0] * len(part.minutes))
            whole.minutes.extend(part.minutes)
            whole.mentions.extend(part.mentions)
            whole.negative.extend(part.negative)
            whole.reach.extend(part.reach)
        return whole

    def between(self, start: int, end: int) -> Counts:
        """The minutes from ``start`` on and before ``end``."""
        low, high = bisect_left(self.minutes, start), bisect_left(self.minutes, end)
        return Counts(
            self.minutes[low:high],
            self.mentions[low:high],
            self.negative[low:high],
            self.reach[low:high],
            self.weight[low:high],
        )


@dataclass(frozen=True, slots=True)
class Block:
    """A span's counts by platform and in all: a part of a series, made once and joined often."""

    platforms: Mapping[str, Counts]
    total: Counts

    @classmethod
    def build(cls, points: Iterable[Point]) -> Block:
        """``points`` in any order; two for one minute and platform are added up."""
        buckets: dict[str, dict[int, list[int]]] = {}
        whole: dict[int, list[int]] = {}
        for point in points:
            minute = to_minute(point.minute)
            for sums in (
                buckets.setdefault(point.platform, {}).setdefault(minute, [0, 0, 0, 0]),
                whole.setdefault(minute, [0, 0, 0, 0]),
            ):
                sums[0] += point.mentions
                sums[1] += point.negative
                sums[2] += point.reach
                sums[3] += point.weight
        return cls(
            {name: Counts.build(lane) for name, lane in buckets.items()}, Counts.build(whole)
        )

    @classmethod
    def join(cls, blocks: Sequence[Block]) -> Block:
        """Of blocks that follow one another in time."""
        names = {name for block in blocks for name in block.platforms}
        return cls(
            {
                name: Counts.join(
                    block.platforms[name] for block in blocks if name in block.platforms
                )
                for name in names
            },
            Counts.join(block.total for block in blocks),
        )

    def between(self, start: int, end: int) -> Block:
        """The minutes from ``start`` on and before ``end``."""
        cut = {name: counts.between(start, end) for name, counts in self.platforms.items()}
        return Block(
            {name: counts for name, counts in cut.items() if counts.minutes},
            self.total.between(start, end),
        )


def to_minute(moment: datetime) -> int:
    """Whole minutes since 1970, rounded down. Raises ValueError for a naive time."""
    if moment.tzinfo is None:
        raise ValueError(f"naive time {moment!r}")
    return int(moment.timestamp() // MINUTE)
