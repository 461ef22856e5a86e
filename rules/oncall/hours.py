"""Working hours and quiet hours: spans of local time on days of the week."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from rules.errors import InvalidPolicy

WEEK = (0, 1, 2, 3, 4, 5, 6)
WORKDAYS = (0, 1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Hours:
    """From ``start`` up to ``end`` in local time on these days (Monday is 0).

    A span that ends at or before its start goes on past midnight and belongs to the day on which
    it begins. Raises InvalidPolicy for an unknown zone or no days.
    """

    start: time = time(9)
    end: time = time(18)
    days: tuple[int, ...] = WORKDAYS
    timezone: str = "UTC"

    def __post_init__(self) -> None:
        if not self.days or not set(self.days) <= set(WEEK):
            raise InvalidPolicy("hours need days of the week, 0 (Monday) to 6")
        try:
            ZoneInfo(self.timezone)
        except (KeyError, ValueError, OSError):
            raise InvalidPolicy(f"no time zone is called {self.timezone!r}") from None

    def cover(self, at: datetime) -> bool:
        """Whether the moment (aware) lies in them."""
        local = at.astimezone(ZoneInfo(self.timezone))
        clock = local.time().replace(tzinfo=None)
        if self.start < self.end:
            return local.weekday() in self.days and self.start <= clock < self.end
        if clock >= self.start:
            return local.weekday() in self.days
        return clock < self.end and (local.weekday() - 1) % 7 in self.days

    def next_end(self, at: datetime) -> datetime:
        """The moment at which the span that covers ``at`` ends; ``at`` itself where none does."""
        if not self.cover(at):
            return at
        local = at.astimezone(ZoneInfo(self.timezone))
        ends = local.replace(hour=self.end.hour, minute=self.end.minute, second=0, microsecond=0)
        if ends <= local:
            ends += timedelta(days=1)
        return ends.astimezone(at.tzinfo)

    def to_json(self) -> dict[str, Any]:
        return {
            "start": self.start.strftime("%H:%M"),
            "end": self.end.strftime("%H:%M"),
            "days": list(self.days),
            "timezone": self.timezone,
        }

    @classmethod
    def from_json(cls, facts: Mapping[str, Any]) -> Hours:
        """Raises InvalidPolicy."""
        try:
            return cls(
                start=time.fromisoformat(facts["start"]),
                end=time.fromisoformat(facts["end"]),
                days=tuple(int(day) for day in facts.get("days", WEEK)),
                timezone=facts.get("timezone", "UTC"),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise InvalidPolicy(f"hours that cannot be read: {error!r}") from None
