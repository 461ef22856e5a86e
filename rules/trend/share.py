"""What share of the mentions is usually negative, and how much that varies from day to day."""

from __future__ import annotations

from bisect import bisect_left

from rules.trend.baseline import DAY, MAD_TO_SIGMA, Judged, Usual, median, wider
from rules.trend.finding import DetectorSettings


def daily_shares(judged: Judged, *, start: int, days: int) -> list[float]:
    """The negative shares of the days before ``start``, in order of size."""
    edges = [
        max(judged.since, start - day * DAY)
        for day in range(days + 1)
        if start - (day - 1) * DAY > judged.since
    ]
    mentions, negative = [0] * len(edges), [0] * len(edges)
    for lane in judged.lanes:
        for place, edge in enumerate(edges):
            index = bisect_left(lane.minutes, edge)
            mentions[place] += lane.mentions[index]
            negative[place] += lane.negative[index]
    return sorted(
        (negative[place] - negative[place + 1]) / (mentions[place] - mentions[place + 1])
        for place in range(len(edges) - 1)
        if mentions[place] > mentions[place + 1]
    )


def usual_share(shares: list[float]) -> float:
    """The median: yesterday's fire, of which a quiet brand's whole week may consist, is one day
    among many."""
    return median(shares) if shares else 0.0


def usual_of_share(
    shares: list[float], *, mentions: int, known: int, settings: DetectorSettings
) -> Usual | None:
    """How many of so many mentions would be negative at the usual share; None while too little is
    known. The spread is the largest of: what chance makes of that share (binomial), the median
    deviation of the days, and what the day that nine of ten stay below implies."""
    if not shares or known < settings.min_history:
        return None
    middle = median(shares)
    deviation = MAD_TO_SIGMA * median(sorted(abs(one - middle) for one in shares))
    tail = (shares[int(settings.tail * (len(shares) - 1))] - middle) / settings.tail_sigma
    by_chance = settings.floor * (mentions * middle * (1 - middle) + 1) ** 0.5
    seasonal = len(shares) >= settings.season_min_days
    spread = max(by_chance, mentions * deviation, mentions * tail)
    if not seasonal:
        spread *= wider(known, settings=settings)
    return Usual(mentions * middle, spread, seasonal, len(shares), known)
