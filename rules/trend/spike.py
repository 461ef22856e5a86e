"""One look at one moment: is a spike starting, growing, over, or nothing at all?"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from rules.severity import Severity
from rules.trend.baseline import DAY, Judged, judge, median, usual
from rules.trend.finding import (
    SIGNAL,
    DetectorSettings,
    DetectorState,
    Finding,
    Kind,
    from_minute,
)
from rules.trend.series import Series, to_minute
from rules.trend.severity import Measured, explain, in_words, rate

DEFAULTS = DetectorSettings()
HOUR = 60


def observe(
    state: DetectorState,
    series: Series,
    *,
    now: datetime,
    settings: DetectorSettings = DEFAULTS,
) -> tuple[DetectorState, Finding | None]:
    """Looks at the windows that end at the last whole minute before ``now``.

    Nothing later than that is read, so replay with the whole series and live with what there
    is so far give the same. One spike gives one "started", a "grew" only when its severity got
    worse, and one "ended" when every window has been back in the band for ``quiet_to_end``.
    A window that was blind for the most part is not judged: it is neither loud nor calm.
    """
    end = to_minute(now)
    lengths = settings.windows
    if not state.active:
        # Too few to start anything: what is usual need not be known.
        lengths = tuple(
            length
            for length in lengths
            if series.total.negatives(end - length, end) >= settings.min_negative
        )
    measured = [
        one
        for length in lengths
        for one in measure(series, start=end - length, end=end, settings=settings)
    ]
    rated = [
        (severity, -one.start, one)
        for one in measured
        if (severity := rate(one, settings=settings)) is not None
    ]
    if rated:
        # The shortest window that shows it: the freshest, and the easiest to check by eye.
        severity, _, worst = min(rated, key=lambda each: each[:2])
        return _spike(state, worst, severity, settings=settings)
    if not state.active:
        return state, None
    return _calm(state, series, measured, end=end, settings=settings)


def measure(series: Series, *, start: int, end: int, settings: DetectorSettings) -> list[Measured]:
    """What was counted from ``start`` up to ``end`` and what is usual, in each way in which it may
    be compared; none where too little of the window or of what came before it is known."""
    if series.gaps and series.known(start, end) < settings.min_known_share * (end - start):
        return []
    told = []
    for judged in judge(series, start=start, end=end, settings=settings):
        expected = usual(series, judged, start=start, end=end, settings=settings)
        if expected is None:
            continue
        names = [name for name in series.lanes if name not in judged.left_out]
        one = Measured(
            start,
            end,
            series.window(start, end, platforms=names),
            expected,
            _usual_share(series, judged, names, start=start, days=settings.history_days),
            judged.left_out,
            judged.doubtful,
        )
        # Listening that begins brings the usual tone; a crisis changes it.
        if judged.tone_known and one.share - one.usual_share >= settings.stray_rise:
            one = replace(one, doubtful=False)
        told.append(one)
    return told


def expected_band(
    series: Series,
    *,
    start: datetime,
    end: datetime,
    settings: DetectorSettings = DEFAULTS,
) -> list[tuple[datetime, float, float, float]]:
    """(hour's begin, low, expected, high) of negative mentions for every hour of the span.

    Each hour from what was known before it; hours about which nothing can be said are left out.
    """
    band = []
    first = to_minute(start) // HOUR * HOUR
    for begin in range(first, to_minute(end), HOUR):
        for one in measure(series, start=begin, end=begin + HOUR, settings=settings)[:1]:
            low, high = one.usual.band(settings.back_in_band)
            band.append((from_minute(begin), low, one.usual.expected, high))
    return band


def _usual_share(
    series: Series, judged: Judged, names: list[str], *, start: int, days: int
) -> float:
    """The median of the daily negative shares before the window: yesterday's fire, of which a
    quiet brand's whole week may consist, is one day among many."""
    shares = []
    for day in range(days):
        end = start - day * DAY
        if end <= judged.since:
            break
        told = series.window(max(judged.since, end - DAY), end, platforms=names)
        if told.mentions:
            shares.append(told.negative / told.mentions)
    return median(sorted(shares)) if shares else 0.0


def _spike(
    state: DetectorState, worst: Measured, severity: Severity, *, settings: DetectorSettings
) -> tuple[DetectorState, Finding | None]:
    if state.severity is None:
        after = DetectorState(started=worst.end, severity=int(severity))
        return after, _finding("started", severity, worst, settings=settings)
    if severity.worse_than(Severity(state.severity)):
        after = replace(state, severity=int(severity), calm_since=None)
        return after, _finding("grew", severity, worst, settings=settings)
    return replace(state, calm_since=None), None


def _calm(
    state: DetectorState,
    series: Series,
    measured: list[Measured],
    *,
    end: int,
    settings: DetectorSettings,
) -> tuple[DetectorState, Finding | None]:
    # Strays would never be calm again: they only count where there is nothing better.
    measured = [one for one in measured if not one.doubtful] or measured
    calm = len(measured) > 0 and all(one.surprise < settings.back_in_band for one in measured)
    if not calm or state.started is None or state.severity is None:
        return replace(state, calm_since=None), None
    since = end if state.calm_since is None else state.calm_since
    if end - since < settings.quiet_to_end:
        return replace(state, calm_since=since), None
    shown = next((one for one in measured if one.end - one.start == HOUR), measured[-1])
    reasons = (
        f"back to what is usual for {in_words(end - since)}",
        f"it lasted {in_words(max(0, since - state.started))} from the first alert on",
        *explain(shown, settings=settings)[:1],
    )
    ended = _finding("ended", Severity(state.severity), shown, settings=settings)
    return DetectorState(), replace(ended, reasons=reasons)


def _finding(
    kind: Kind, severity: Severity, one: Measured, *, settings: DetectorSettings
) -> Finding:
    low, high = one.usual.band(settings.back_in_band)
    return Finding(
        signal=SIGNAL,
        kind=kind,
        severity=severity,
        window_start=from_minute(one.start),
        window_end=from_minute(one.end),
        observed=one.counted.negative,
        expected=round(one.usual.expected, 2),
        low=round(low, 2),
        high=round(high, 2),
        surprise=round(one.surprise, 2),
        negative_share=round(one.share, 4),
        mentions=one.counted.mentions,
        platforms=one.counted.platforms,
        reach=one.counted.reach,
        reasons=explain(one, settings=settings),
    )
