"""When a feed wishes to be asked again: Cache-Control, Expires, ttl, skipHours. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

LONGEST = timedelta(hours=24)
_MAX_AGE = re.compile(r"\bmax-age\s*=\s*\"?(\d{1,9})")
_UNCACHED = re.compile(r"\bno-(?:cache|store)\b")


def poll_after(
    headers: Mapping[str, str],
    *,
    now: datetime,
    ttl: timedelta | None = None,
    skip_hours: frozenset[int] = frozenset(),
) -> timedelta | None:
    """The longest of the wishes, at most a day; None where there is none."""
    wishes = [
        wish
        for wish in (_fresh_for(headers, now=now), ttl, _quiet(now, skip_hours=skip_hours))
        if wish is not None and wish > timedelta(0)
    ]
    return min(max(wishes), LONGEST) if wishes else None


def _fresh_for(headers: Mapping[str, str], *, now: datetime) -> timedelta | None:
    control = headers.get("cache-control", "").lower()
    if _UNCACHED.search(control):
        return None
    found = _MAX_AGE.search(control)
    if found:
        age = headers.get("age", "").strip()
        passed = int(age) if age.isascii() and age.isdigit() and len(age) < 10 else 0
        return timedelta(seconds=int(found[1]) - passed)
    expires = _date(headers.get("expires"))
    if expires is None:
        return None
    return expires - (_date(headers.get("date")) or now)


def _date(value: str | None) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value or "")
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _quiet(now: datetime, *, skip_hours: frozenset[int]) -> timedelta | None:
    """Until the next hour (GMT, as the RSS specification has it) that is not to be skipped."""
    if now.hour not in skip_hours or len(skip_hours) >= 24:
        return None
    hour = now.replace(minute=0, second=0, microsecond=0)
    while hour.hour in skip_hours:
        hour += timedelta(hours=1)
    return hour - now
