"""Series, baseline, spike: is there more bad talk than usual at this hour?

    series     counts per minute and platform; sums of any window
    baseline   what is usual: the same time of day on past days, and how much it varies
    severity   how bad: volume beyond the band, numbers and evidence; the reasons in words
    spike      observe(): one look at one moment, giving a finding or nothing
    finding    the values: Finding, DetectorState, DetectorSettings

Pure and causal: ``observe`` looks at nothing at or after ``now``. Same series and moments in,
same findings out. May import ``rules.severity`` and ``rules.errors`` only.
"""

from rules.trend.finding import (
    SIGNAL,
    VERSION,
    DetectorSettings,
    DetectorState,
    Finding,
    from_minute,
)
from rules.trend.series import Block, Point, Series, Window
from rules.trend.spike import expected_band, observe

__all__ = [
    "SIGNAL",
    "VERSION",
    "Block",
    "DetectorSettings",
    "DetectorState",
    "Finding",
    "Point",
    "Series",
    "Window",
    "expected_band",
    "from_minute",
    "observe",
]
