"""Series, baseline, spike: is there more bad talk than usual at this hour?

    signal     what can be listened to: which counts are compared with what is usual
    counts     what was counted minute by minute, by platform; series: sums of any window
    baseline   what is usual: the same time of day on past days, and how much it varies
    share      the same for the negative share; silence: for too little
    often      what this series does on several days is no spike
    severity   how bad: volume beyond the band, numbers and evidence
    reasons    why, in words and numbers
    spike      observe(): one look at one moment, giving a finding or nothing
    finding    the values: Finding, DetectorState, DetectorSettings
    presets    the settings of each signal

Pure and causal: ``observe`` looks at nothing at or after ``now``. Same series and moments in,
same findings out. May import ``rules.severity`` and ``rules.errors`` only.
"""

from rules.trend.counts import Block, Point
from rules.trend.finding import (
    VERSION,
    DetectorSettings,
    DetectorState,
    Finding,
    from_minute,
)
from rules.trend.presets import SETTINGS
from rules.trend.reasons import MainStory, with_story
from rules.trend.series import Series, Window
from rules.trend.signal import NEGATIVE_VOLUME, SIGNALS, Signal
from rules.trend.spike import expected_band, observe

__all__ = [
    "NEGATIVE_VOLUME",
    "SETTINGS",
    "SIGNALS",
    "VERSION",
    "Block",
    "DetectorSettings",
    "DetectorState",
    "Finding",
    "MainStory",
    "Point",
    "Series",
    "Signal",
    "Window",
    "expected_band",
    "from_minute",
    "observe",
    "with_story",
]
