"""One look at one moment: is a spike starting, growing, over, or nothing at all?"""

from __future__ import annotations

from datetime import datetime

from rules.trend.finding import DetectorSettings, DetectorState, Finding
from rules.trend.series import Series

DEFAULTS = DetectorSettings()


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
    worse, and one "ended".
    """
    return state, None


def expected_band(
    series: Series,
    *,
    start: datetime,
    end: datetime,
    settings: DetectorSettings = DEFAULTS,
) -> list[tuple[datetime, float, float, float]]:
    """(hour's begin, low, expected, high) of negative mentions for every hour of the span."""
    return []
