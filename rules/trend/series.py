"""A query's counts per minute and platform, and how to sum any window of them quickly."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate, pairwise

MINUTE = 60
"""Seconds."""

HOUR = 60
"""Minutes."""


@dataclass(frozen=True, slots=True)
class Point:
    """What was counted in the minute that begins at ``minute`` (aware UTC), on one platform.

    ``reach`` is that of the negative mentions: how many could have seen what is bad.
    """

    minute: datetime
    mentions: int
    negative: int
    reach: int
    platform: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """Sums over a span. ``platforms``: those with a negative mention in it, most first."""

    mentions: int
    negative: int
    reach: int
    platforms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lane:
    """One platform's cumulative sums. Times are whole minutes since 1970.

    ``since``: listening to this platform began here; nothing is known before.
    """

    since: int
    minutes: Sequence[int]
    mentions: Sequence[int]
    negative: Sequence[int]
    reach: Sequence[int]

    def negatives(self, start: int, end: int) -> int:
        return (
            self.negative[bisect_left(self.minutes, end)]
            - self.negative[bisect_left(self.minutes, start)]
        )


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
        began = to_minute(since)
        later = {name: to_minute(at) for name, at in (platform_since or {}).items()}
        buckets: dict[str, dict[int, list[int]]] = {}
        for point in points:
            lane = buckets.setdefault(point.platform, {})
            sums = lane.setdefault(to_minute(point.minute), [0, 0, 0])
            sums[0] += point.mentions
            sums[1] += point.negative
            sums[2] += point.reach
        lanes = {
            name: _lane(lane, since=max(began, later.get(name, began)))
            for name, lane in sorted(buckets.items())
        }
        whole: dict[int, list[int]] = {}
        for lane in buckets.values():
            for minute, counts in lane.items():
                sums = whole.setdefault(minute, [0, 0, 0])
                for index, count in enumerate(counts):
                    sums[index] += count
        return cls(since=began, gaps=_merged(gaps), lanes=lanes, total=_lane(whole, since=began))

    def count(self, start: datetime, end: datetime) -> Window:
        """Sums over the minutes that begin at ``start`` or later and before ``end``."""
        return self.window(to_minute(start), to_minute(end))

    def window(self, start: int, end: int, *, platforms: Iterable[str] | None = None) -> Window:
        """The same in minutes since 1970, of the named platforms or of all."""
        mentions = negative = reach = 0
        told: list[tuple[int, str]] = []
        for name in self.lanes if platforms is None else platforms:
            lane = self.lanes[name]
            low, high = bisect_left(lane.minutes, start), bisect_left(lane.minutes, end)
            bad = lane.negative[high] - lane.negative[low]
            mentions += lane.mentions[high] - lane.mentions[low]
            negative += bad
            reach += lane.reach[high] - lane.reach[low]
            if bad > 0:
                told.append((-bad, name))
        return Window(mentions, negative, reach, tuple(name for _, name in sorted(told)))

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


def _lane(buckets: Mapping[int, Sequence[int]], *, since: int) -> Lane:
    minutes = sorted(buckets)
    sums = [list(accumulate((buckets[m][i] for m in minutes), initial=0)) for i in range(3)]
    return Lane(since, minutes, sums[0], sums[1], sums[2])


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
