"""Where the detectors raise an alarm."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from rules.severity import Severity
from rules.trend import DetectorState, Point, Series, observe
from rules.trend.online import GREW, SAID, STARTED, CountsDetector, OnlineSettings
from spikes.labelled import Labelled

PLATFORM = "counted"


def by_counts(series: Labelled, settings: OnlineSettings) -> NDArray[np.bool_]:
    """Of the counts detector: rows at which a spike started or grew."""
    said = CountsDetector(settings).judge(series.seconds, series.values)[:, SAID]
    return (said == STARTED) | (said == GREW)


def by_looks(series: Labelled, severity: Severity) -> NDArray[np.bool_]:
    """Of the detector that looks at a query's minutes, every count being a negative mention on
    one platform: rows at which it finds a spike that started or grew to at least the severity."""
    from_rows = Series.build(
        (
            Point(when, int(count), int(count), 0, PLATFORM)
            for when, count in zip(_aware(series), series.values, strict=True)
        ),
        since=_aware(series)[0],
    )
    state = DetectorState()
    raised = np.zeros(len(series.times), dtype=np.bool_)
    for row, when in enumerate(_aware(series)):
        state, finding = observe(state, from_rows, now=when + timedelta(minutes=1))
        raised[row] = (
            finding is not None and finding.kind != "ended" and finding.severity <= severity
        )
    return raised


def _aware(series: Labelled) -> list[datetime]:
    return [when.replace(tzinfo=UTC) for when in series.times]
