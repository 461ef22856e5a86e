"""What the detector goes by, for each signal; docs/detection.md says why."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from rules.severity import Severity
from rules.trend.finding import DetectorSettings, Rung
from rules.trend.signal import (
    NEGATIVE_ENGAGEMENT,
    NEGATIVE_REACH,
    NEGATIVE_SHARE,
    NEGATIVE_VOLUME,
    ORGANIC_VOLUME,
    PRIORITY,
    SIGNALS,
    SILENCE,
    TOTAL_VOLUME,
)

_BY_SHARE: Final = (
    Rung(Severity.SEV1, surprise=10.0, least=60, times=1.5, evidence=3),
    Rung(Severity.SEV2, surprise=6.0, least=20, times=1.3, evidence=2),
    Rung(Severity.SEV3, surprise=5.0, least=10, times=1.2, evidence=1),
    Rung(Severity.SEV4, surprise=4.0, least=6, times=1.1, evidence=1),
)
_FEW_THAT_WEIGH: Final = (
    Rung(Severity.SEV1, surprise=12.0, least=20, times=4.0, evidence=2),
    Rung(Severity.SEV2, surprise=6.0, least=8, times=3.0, evidence=1),
    Rung(Severity.SEV3, surprise=5.0, least=4, times=2.0, evidence=0),
    Rung(Severity.SEV4, surprise=4.0, least=3, times=1.5, evidence=0),
)
_MANY: Final = (
    Rung(Severity.SEV1, surprise=12.0, least=120, times=4.0, evidence=2),
    Rung(Severity.SEV2, surprise=6.0, least=40, times=2.0, evidence=1),
    Rung(Severity.SEV3, surprise=5.0, least=20, times=1.5, evidence=0),
    Rung(Severity.SEV4, surprise=4.0, least=12, times=1.0, evidence=0),
)
# Of silence ``times`` is the most that may be heard, in parts of what nine of ten windows reach.
_TOO_LITTLE: Final = (
    Rung(Severity.SEV2, surprise=8.0, least=0, times=0.05, evidence=0),
    Rung(Severity.SEV3, surprise=5.0, least=0, times=0.1, evidence=0),
    Rung(Severity.SEV4, surprise=4.0, least=0, times=0.1, evidence=0),
)

_USUAL: Final = DetectorSettings()
_OTHER: Final[Mapping[str, DetectorSettings]] = {
    NEGATIVE_SHARE: _USUAL.changed(ladder=_BY_SHARE, often_from=0),
    NEGATIVE_REACH: _USUAL.changed(ladder=_FEW_THAT_WEIGH),
    NEGATIVE_ENGAGEMENT: _USUAL.changed(ladder=_FEW_THAT_WEIGH),
    ORGANIC_VOLUME: _USUAL,
    PRIORITY: _USUAL,
    TOTAL_VOLUME: _USUAL.changed(ladder=_MANY),
    SILENCE: _USUAL.changed(ladder=_TOO_LITTLE, windows=(60, 180, 720), often_from=0),
}

SETTINGS: Final[Mapping[str, DetectorSettings]] = MappingProxyType(
    {NEGATIVE_VOLUME: _USUAL}
    | {name: _OTHER[name].changed(signal=name) for name in SIGNALS if name in _OTHER}
)
"""By the name of the signal; all read the same days of history."""
