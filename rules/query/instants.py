"""Dates in a query: a day or an instant in UTC, read and printed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST: Final = datetime(1900, 1, 1, tzinfo=UTC)
_LAST: Final = datetime(9000, 1, 1, tzinfo=UTC)
_DAY: Final = timedelta(days=1)
_WRITTEN: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:Z|[+-][0-9]{2}:[0-9]{2})?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Instant:
    """Seconds since 1970 in UTC at which it begins and ends; of a day that is a day apart."""

    begin: float
    end: float

    @property
    def is_day(self) -> bool:
        return self.begin < self.end


def read_instant(written: str) -> Instant | None:
    """``2026-11-23``, ``2026-11-23T15:00`` or with seconds and a zone; None if it is no date.

    Without a zone it is UTC. The years 1900 to 8999 are known.
    """
    shape = _WRITTEN.fullmatch(written)
    if shape is None:
        return None
    try:
        moment = datetime.fromisoformat(written.upper())
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        moment = moment.astimezone(UTC)
        end = moment if shape[1] else moment + _DAY
    except (ValueError, OverflowError):
        return None
    if not (moment >= _FIRST and end <= _LAST):
        return None
    return Instant((moment - _EPOCH).total_seconds(), (end - _EPOCH).total_seconds())


def print_instant(seconds: float) -> str:
    """As ``2026-11-23T15:00:00Z``: to the second, in UTC."""
    return f"{(_EPOCH + timedelta(seconds=seconds)).replace(tzinfo=None).isoformat()}Z"


def print_day(seconds: float) -> str:
    """As ``2026-11-23`` where a day begins, else as an instant."""
    return print_instant(seconds).removesuffix("T00:00:00Z")
