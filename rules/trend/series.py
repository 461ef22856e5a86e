"""A query's counts per minute and platform, and how to sum any window of them quickly."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import accumulate, pairwise

from rules.trend.signal import Column

MINUTE = 60
"""Seconds."""

HOUR = 60
"""Minutes."""


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
class Window:
    """Sums over a span. ``platforms``: those with a mention in it that the signal counts, most
    first."""

    mentions: int
    negative: int
    reach: int
    platforms: tuple[str, ...]
    weight: int = 0

    def sum(self, column: Column) -> int:
        told: int = getattr(self, column)
        return told


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


@dataclass(frozen=True, slots=True)
class Lane:
    """One platform's cumulative sums. Times are whole minutes since 1970.

    ``since``: listening to this platform began here; nothing is known before. ``weight`` is empty
    where it is nothing but zeros.
    """

    since: int
    minutes: Sequence[int]
    mentions: Sequence[int]
    negative: Sequence[int]
    reach: Sequence[int]
    weight: Sequence[int] = ()

    def sum(self, column: Column, start: int, end: int) -> int:
        """Of the minutes from ``start`` on and before ``end``."""
        sums: Sequence[int] = getattr(self, column)
        if not sums:
            return 0
        return sums[bisect_left(self.minutes, end)] - sums[bisect_left(self.minutes, start)]


@dataclass(frozen=True, slots=True)
class Series:
    """Counts from ``since`` on: before it nothing is known, which is not the same as zero.

    ``gaps`` are blind spots as (start, end) in minutes, disjoint and in order. Build one with
    ``Series.build``; a window is summed by bisection in cumulative sums.
    """

    since: int
    gaps: tuple[tuple[int, int], ...]
    lanes: Mapping[str, Lane]
    total: Lane

    @classmethod
    def build(
        cls,
        points: Iterable[Point],
        *,
        since: datetime,
        gaps: Sequence[tuple[datetime, datetime]] = (),
        platform_since: Mapping[str, datetime] | None = None,
    ) -> Series:
        """``points`` in any order; two for one minute and platform are added up.

        ``platform_since`` says for a platform that it has been listened to only since later than
        ``since``; without it, a platform's silence counts as zero from ``since`` on.
        """
        return cls.of(Block.build(points), since=since, gaps=gaps, platform_since=platform_since)

    @classmethod
    def of(
        cls,
        block: Block,
        *,
        since: datetime,
        gaps: Sequence[tuple[datetime, datetime]] = (),
        platform_since: Mapping[str, datetime] | None = None,
    ) -> Series:
        """What ``build`` gives for the points of the block."""
        began = to_minute(since)
        later = {name: to_minute(at) for name, at in (platform_since or {}).items()}
        lanes = {
            name: _lane(counts, since=max(began, later.get(name, began)))
            for name, counts in sorted(block.platforms.items())
        }
        # With one platform it is the total: its sums need not be made twice.
        only = next(iter(lanes.values())) if len(lanes) == 1 else None
        total = _lane(block.total, since=began) if only is None else replace(only, since=began)
        return cls(since=began, gaps=_merged(gaps), lanes=lanes, total=total)

    def count(self, start: datetime, end: datetime) -> Window:
        """Sums over the minutes that begin at ``start`` or later and before ``end``."""
        return self.window(to_minute(start), to_minute(end))

    def window(
        self,
        start: int,
        end: int,
        *,
        platforms: Iterable[str] | None = None,
        counted: Column = "negative",
    ) -> Window:
        """The same in minutes since 1970, of the named platforms or of all; ``platforms`` in the
        answer are those with something ``counted``."""
        mentions = negative = reach = weight = 0
        told: list[tuple[int, str]] = []
        for name in self.lanes if platforms is None else platforms:
            lane = self.lanes[name]
            low, high = bisect_left(lane.minutes, start), bisect_left(lane.minutes, end)
            mentions += lane.mentions[high] - lane.mentions[low]
            negative += lane.negative[high] - lane.negative[low]
            reach += lane.reach[high] - lane.reach[low]
            if lane.weight:
                weight += lane.weight[high] - lane.weight[low]
            here = getattr(lane, counted)
            if here and here[high] > here[low]:
                told.append((here[low] - here[high], name))
        return Window(mentions, negative, reach, tuple(name for _, name in sorted(told)), weight)

    def onset(self, *, end: int, share: float) -> int:
        """Where the posts really begin: the first hour, counted from ``since``, with ``share`` of
        the mentions of the busiest hour before ``end``."""
        hours = range(self.since, end, HOUR)
        edges = [bisect_left(self.total.minutes, min(hour, end)) for hour in (*hours, end)]
        sums = [
            self.total.mentions[high] - self.total.mentions[low] for low, high in pairwise(edges)
        ]
        least = share * max(sums, default=0)
        return next((hour for hour, told in zip(hours, sums, strict=True) if told >= least), end)

    def known(self, start: int, end: int, *, since: int | None = None) -> int:
        """Minutes of the span in which we were listening: not before ``since``, not in a gap."""
        start = max(start, self.since if since is None else since)
        known = end - start
        if known <= 0:
            return 0
        # Gaps are disjoint and in order: those that touch the span stand next to each other.
        index = bisect_right(self.gaps, start, key=lambda gap: gap[1])
        while index < len(self.gaps) and self.gaps[index][0] < end:
            known -= min(end, self.gaps[index][1]) - max(start, self.gaps[index][0])
            index += 1
        return known


def to_minute(moment: datetime) -> int:
    """Whole minutes since 1970, rounded down. Raises ValueError for a naive time."""
    if moment.tzinfo is None:
        raise ValueError(f"naive time {moment!r}")
    return int(moment.timestamp() // MINUTE)


def _lane(counts: Counts, *, since: int) -> Lane:
    return Lane(
        since,
        counts.minutes,
        list(accumulate(counts.mentions, initial=0)),
        list(accumulate(counts.negative, initial=0)),
        list(accumulate(counts.reach, initial=0)),
        list(accumulate(counts.weight, initial=0)) if any(counts.weight) else (),
    )


def _merged(gaps: Sequence[tuple[datetime, datetime]]) -> tuple[tuple[int, int], ...]:
    """Whole minutes, rounded outwards: a minute heard in part is not known."""
    spans = sorted((to_minute(start), -int(-end.timestamp() // MINUTE)) for start, end in gaps)
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if end <= start:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
