"""What a detector says, what it remembers, and how it can be set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from rules.severity import Severity

SIGNAL = "negative_volume"
"""The only signal so far: more negative mentions than usual."""

VERSION = "trend-1"
"""Of the baseline and the detector; stored with every alert."""

Kind = Literal["started", "grew", "ended"]


@dataclass(frozen=True, slots=True)
class DetectorSettings:
    """Every number the detector goes by; docs/detection.md says why each is what it is.

    Lengths are whole minutes unless the name says otherwise.
    """

    windows: tuple[int, ...] = (15, 60, 180)
    history_days: int = 28
    season_shift: int = 90
    season_step: int = 30
    season_min_days: int = 3
    recent: int = 24 * 60
    min_history: int = 60
    min_known_share: float = 0.75
    max_level: float = 2.0
    poisson_floor: float = 1.5
    widen_most: float = 3.0
    z_start: float = 4.0
    z_end: float = 2.0
    min_negative: int = 5
    quiet_to_end: int = 60

    @property
    def longest(self) -> timedelta:
        return timedelta(minutes=max(self.windows))

    def changed(self, **changes: Any) -> DetectorSettings:
        return replace(self, **changes)


@dataclass(frozen=True, slots=True)
class DetectorState:
    """What is remembered between two looks. ``DetectorState()`` has seen nothing.

    ``started``/``calm_since`` are minutes since 1970 of the spike that is running and of the
    first look back in the band; ``severity`` is the worst one told so far.
    """

    started: int | None = None
    severity: int | None = None
    calm_since: int | None = None
    peak: int = 0

    @property
    def active(self) -> bool:
        return self.started is not None

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

    ``observed`` negative mentions between ``window_start`` and ``window_end``, where ``expected``
    are usual and ``low`` to ``high`` is the band; ``surprise`` is (observed - expected) in units
    of the band's spread. ``reach`` and ``mentions`` are of the same window, all tones.
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
