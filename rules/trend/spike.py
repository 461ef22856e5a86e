"""One look at one moment: is a spike starting, growing, over, or nothing at all?"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

from rules.severity import Severity
from rules.trend.baseline import judge, usual
from rules.trend.counts import to_minute
from rules.trend.finding import (
    DetectorSettings,
    DetectorState,
    Finding,
    Kind,
    from_minute,
)
from rules.trend.often import often
from rules.trend.reasons import compared, explain, in_words
from rules.trend.series import Series
from rules.trend.severity import Measured, happens_often, rate
from rules.trend.share import daily_shares, usual_of_share, usual_share
from rules.trend.signal import NEGATIVE_SHARE, SILENCE
from rules.trend.silence import missing

DEFAULTS = DetectorSettings()
HOUR = 60


def observe(
    state: DetectorState,
    series: Series,
    *,
    now: datetime,
    settings: DetectorSettings = DEFAULTS,
    wanted: Callable[[Finding], bool] = lambda finding: True,
) -> tuple[DetectorState, Finding | None]:
    """Looks at the windows that end at the last whole minute before ``now``.

    Nothing later than that is read, so replay with the whole series and live with what there
    is so far give the same. One spike gives one "started", a "grew" only when its severity got
    worse, and one "ended" when every window has been back in the band for ``quiet_to_end``.
    A window that was blind for the most part is not judged: it is neither loud nor calm.

    ``wanted``: whether anybody is to be told, asked when a spike starts and becomes worse. What was
    not wanted is given once, and asked about again at every look while it lasts: then it comes with
    the severity that it has by then. Nobody is told that what was never wanted is over.
    """
    end = to_minute(now)
    lengths = settings.windows
    what = settings.what
    if not state.active and what.name != SILENCE:
        # Too few to start anything: what is usual need not be known.
        lengths = tuple(
            length
            for length in lengths
            if series.total.sum(what.counted, end - length, end) >= what.enough(settings.least)
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
        candidates = [(severity, one) for severity, _, one in sorted(rated, key=lambda r: r[:2])]
        return _spike(state, candidates, end=end, settings=settings, wanted=wanted)
    if not state.active:
        return state, None
    return _calm(state, series, measured, end=end, settings=settings)


def measure(series: Series, *, start: int, end: int, settings: DetectorSettings) -> list[Measured]:
    """What was counted from ``start`` up to ``end`` and what is usual, in each way in which it may
    be compared; none where too little of the window or of what came before it is known."""
    if series.gaps and series.known(start, end) < settings.min_known_share * (end - start):
        return []
    told = []
    what = settings.what
    for judged in judge(series, start=start, end=end, settings=settings):
        names = [name for name in series.lanes if name not in judged.left_out]
        counted = series.window(start, end, platforms=names, counted=what.counted)
        shares = daily_shares(judged, start=start, days=settings.history_days)
        if what.name == NEGATIVE_SHARE:
            known = series.known(judged.since, start, since=judged.since)
            expected = usual_of_share(
                shares, mentions=counted.mentions, known=known, settings=settings
            )
        else:
            expected = usual(series, judged, start=start, end=end, settings=settings)
        if expected is None:
            continue
        one = Measured(
            start,
            end,
            what,
            counted,
            expected,
            usual_share(shares),
            judged.left_out,
            judged.doubtful,
            partial(
                often,
                series,
                judged,
                start=start,
                end=end,
                unit=expected.unit,
                settings=settings,
            ),
            _heard(series, before=end),
        )
        # Listening that begins brings the usual tone; a crisis changes it.
        if judged.tone_known and one.share - one.usual_share >= settings.stray_rise:
            one = replace(one, doubtful=False)
        told.append(one)
    return told


def _heard(series: Series, *, before: int) -> int | None:
    minutes = series.total.minutes
    place = bisect_left(minutes, before)
    return minutes[place - 1] if place else None


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


def _spike(
    state: DetectorState,
    candidates: list[tuple[Severity, Measured]],
    *,
    end: int,
    settings: DetectorSettings,
    wanted: Callable[[Finding], bool],
) -> tuple[DetectorState, Finding | None]:
    """``candidates``: the windows that stand out, the worst first."""
    kind: Kind = "started" if state.severity is None else "grew"
    running = replace(state, started=end if state.started is None else state.started)
    running = replace(running, calm_since=None)
    for severity, one in candidates:
        if not _worse(severity, than=state.severity):
            break
        finding = _finding(kind, severity, one, settings=settings)
        asked_for = wanted(finding)
        if not asked_for and not _worse(severity, than=state.refused):
            continue
        if happens_often(one, settings=settings):
            continue
        if asked_for:
            return replace(running, severity=int(severity)), finding
        return replace(running, refused=int(severity)), finding
    return (running if state.active else state), None


def _worse(severity: Severity, *, than: int | None) -> bool:
    return than is None or severity.worse_than(Severity(than))


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
    if state.started is None or not _is_calm(measured, settings=settings):
        return replace(state, calm_since=None), None
    since = end if state.calm_since is None else state.calm_since
    if end - since < settings.quiet_to_end:
        return replace(state, calm_since=since), None
    if state.severity is None:
        return DetectorState(), None
    shown = next((one for one in measured if one.end - one.start == HOUR), measured[-1])
    reasons = (
        f"back to what is usual for {in_words(end - since)}",
        f"it lasted {in_words(max(0, since - state.started))} from the first alert on",
        compared(shown, settings=settings),
    )
    ended = _finding("ended", Severity(state.severity), shown, settings=settings)
    return DetectorState(), replace(ended, reasons=reasons)


def _is_calm(measured: list[Measured], *, settings: DetectorSettings) -> bool:
    """Silence is over once the shortest window that could show it does not: the longer ones go on
    holding the time in which nothing was heard."""
    if settings.signal == SILENCE:
        loudest = 2 * settings.back_in_band
        measured = [one for one in measured if missing(0, lowest=one.usual.lowest) >= loudest][:1]
    return len(measured) > 0 and all(one.surprise < settings.back_in_band for one in measured)


def _finding(
    kind: Kind, severity: Severity, one: Measured, *, settings: DetectorSettings
) -> Finding:
    low, high = one.usual.band(settings.back_in_band)
    return Finding(
        signal=settings.signal,
        kind=kind,
        severity=severity,
        window_start=from_minute(one.start),
        window_end=from_minute(one.end),
        observed=round(one.value / one.what.per),
        expected=round(one.usual.expected / one.what.per, 2),
        low=round(low / one.what.per, 2),
        high=round(high / one.what.per, 2),
        surprise=round(one.surprise, 2),
        negative_share=round(one.share, 4),
        mentions=one.counted.mentions,
        platforms=one.counted.platforms,
        reach=one.counted.reach,
        reasons=explain(one, settings=settings),
    )
