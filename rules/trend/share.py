"""What share of the mentions is usually negative, and how much that varies from day to day."""

from __future__ import annotations

from rules.trend.baseline import DAY, MAD_TO_SIGMA, Judged, Usual, median, wider
from rules.trend.finding import DetectorSettings
from rules.trend.series import Series


def daily_shares(
    series: Series, judged: Judged, names: list[str], *, start: int, days: int
) -> list[float]:
    """The negative shares of the days before ``start``, in order of size."""
    shares = []
    for day in range(days):
        end = start - day * DAY
        if end <= judged.since:
            break
        told = series.window(max(judged.since, end - DAY), end, platforms=names)
        if told.mentions:
            shares.append(told.negative / told.mentions)
    return sorted(shares)


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
