"""A query's counts per minute and platform, and how to sum any window of them quickly."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import accumulate, pairwise

from rules.trend.counts import MINUTE, Block, Counts, Point, to_minute
from rules.trend.signal import Column

HOUR = 60
"""Minutes."""


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
