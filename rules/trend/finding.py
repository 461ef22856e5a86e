"""What a detector says, what it remembers, and how it can be set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from rules.severity import Severity
from rules.trend.signal import NEGATIVE_VOLUME, SIGNALS, Signal

VERSION = "trend-2"
"""Of the baseline and the detector; stored with every alert."""

Kind = Literal["started", "grew", "ended"]


@dataclass(frozen=True, slots=True)
class Rung:
    """What a spike must show for a severity: all of it.

    ``surprise`` spreads above what is expected, ``least`` mentions of those that the signal counts,
    ``times`` what is expected, and ``evidence`` points that it is more than noise (see
    rules.trend.severity).
    """

    severity: Severity
    surprise: float
    least: int
    times: float
    evidence: int


LADDER = (
    Rung(Severity.SEV1, surprise=12.0, least=60, times=4.0, evidence=2),
    Rung(Severity.SEV2, surprise=6.0, least=20, times=2.0, evidence=1),
    Rung(Severity.SEV3, surprise=5.0, least=10, times=1.5, evidence=0),
    Rung(Severity.SEV4, surprise=4.0, least=6, times=1.0, evidence=0),
)
"""The worst rung that is reached counts; below the last one there is no spike."""


@dataclass(frozen=True, slots=True)
class DetectorSettings:
    """Every number the detector goes by; docs/detection.md says why each is what it is.

    Lengths of time are whole minutes unless the name says days.
    """

    signal: str = NEGATIVE_VOLUME
    windows: tuple[int, ...] = (60, 180)
    history_days: int = 14
    season_shift: int = 90
    season_step: int = 30
    season_min_days: int = 3
    young_days: int = 7
    stray_share: float = 0.2
    stray_hours: int = 24
    stray_rise: float = 0.25
    doubtful: Severity = Severity.SEV3
    settle: int = 24 * 60
    min_history: int = 60
    min_lengths: int = 1
    min_known_share: float = 0.75
    floor: float = 1.5
    tail: float = 0.9
    tail_sigma: float = 1.28
    often_from: int = 3
    often_days: int = 14
    often_step: int = 30
    often_share: float = 1.0
    widen: float = 3.0
    ladder: tuple[Rung, ...] = LADDER
    back_in_band: float = 2.0
    quiet_to_end: int = 60
    share_rise: float = 0.10
    share_least: float = 0.30
    wide_platforms: int = 3
    wide_reach: int = 500_000

    @property
    def what(self) -> Signal:
        """What is listened to."""
        return SIGNALS[self.signal]

    @property
    def least(self) -> int:
        """With fewer mentions than this nothing starts, whatever is usual."""
        return min(rung.least for rung in self.ladder)

    @property
    def longest(self) -> timedelta:
        return timedelta(minutes=max(self.windows))

    def changed(self, **changes: Any) -> DetectorSettings:
        return replace(self, **changes)


@dataclass(frozen=True, slots=True)
class DetectorState:
    """What is remembered between two looks. ``DetectorState()`` has seen nothing.

    ``started``/``calm_since`` are minutes since 1970 of the spike that is running and of the
    first look back in the band; ``severity`` is the worst one told so far, None while nobody wanted
    to know; ``refused`` the worst one that was not wanted.
    """

    started: int | None = None
    severity: int | None = None
    calm_since: int | None = None
    refused: int | None = None

    @property
    def active(self) -> bool:
        return self.started is not None

    @property
    def waiting(self) -> bool:
        """Whether what was found last was not wanted, so that every look asks again."""
        return self.refused is not None and (self.severity is None or self.refused < self.severity)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, facts: Mapping[str, Any]) -> DetectorState:
        """Unknown keys are left out, so an older program can read a newer one's state."""
        known = {name: facts[name] for name in cls.__dataclass_fields__ if name in facts}
        return cls(**known)


@dataclass(frozen=True, slots=True)
class Finding:
    """That something is wrong, or over. ``reasons`` are sentences with the numbers in them.

    ``observed``: what the signal counts (of most: negative mentions) between ``window_start`` and
    ``window_end``, where ``expected`` are usual and ``low`` to ``high`` is the band; ``surprise``
    is how far that is out, in units of the band's spread. ``platforms`` are those with mentions
    that the signal counts. ``reach`` of the negative mentions and ``mentions`` of all tones are of
    the same window.
    """

    signal: str
    kind: Kind
    severity: Severity
    window_start: datetime
    window_end: datetime
    observed: int
    expected: float
    low: float
    high: float
    surprise: float
    negative_share: float
    mentions: int
    platforms: tuple[str, ...]
    reach: int
    reasons: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        facts = asdict(self)
        facts["severity"] = int(self.severity)
        facts["window_start"] = self.window_start.isoformat()
        facts["window_end"] = self.window_end.isoformat()
        facts["platforms"] = list(self.platforms)
        facts["reasons"] = list(self.reasons)
        return facts

    @classmethod
    def from_json(cls, facts: Mapping[str, Any]) -> Finding:
        told = {name: facts[name] for name in cls.__dataclass_fields__}
        told["severity"] = Severity(facts["severity"])
        told["window_start"] = datetime.fromisoformat(facts["window_start"])
        told["window_end"] = datetime.fromisoformat(facts["window_end"])
        told["platforms"] = tuple(facts["platforms"])
        told["reasons"] = tuple(facts["reasons"])
        return cls(**told)


def from_minute(minute: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
