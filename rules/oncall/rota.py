"""Who answers when: turns counted in the rota's own local time, and overrides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from rules.errors import InvalidPolicy


@dataclass(frozen=True, slots=True)
class Override:
    """``person`` answers from ``start`` up to ``end`` (aware), whoever's turn it is."""

    person: str
    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise InvalidPolicy(f"the override for {self.person} needs times with a zone")
        if not self.person or self.end <= self.start:
            raise InvalidPolicy(f"the override for {self.person!r} ends before it starts")


@dataclass(frozen=True, slots=True)
class Rota:
    """People take turns of length ``turn`` from ``starts`` on, handing over at local time.

    ``starts`` is local wall time in ``timezone`` (an aware one is converted): a weekly turn
    that starts on Monday at 9 hands over at 9 before and after the clocks change. Whole days
    count in local days, shorter turns in hours. Of overlapping overrides the last one counts.
    """

    name: str
    timezone: str
    people: tuple[str, ...]
    starts: datetime
    turn: timedelta = timedelta(days=7)
    overrides: tuple[Override, ...] = field(default=())

    def __post_init__(self) -> None:
        if not self.name:
            raise InvalidPolicy("a rota needs a name")
        if not self.people or not all(self.people):
            raise InvalidPolicy(f"rota {self.name!r} needs people")
        if self.turn < timedelta(hours=1):
            raise InvalidPolicy(f"rota {self.name!r}: a turn lasts an hour or more")
        zone = _zone(self.timezone, rota=self.name)
        if self.starts.tzinfo is not None:
            local = self.starts.astimezone(zone).replace(tzinfo=None)
            object.__setattr__(self, "starts", local)

    def to_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "timezone": self.timezone,
            "people": list(self.people),
            "starts": self.starts.isoformat(),
            "turn": int(self.turn.total_seconds()),
            "overrides": [
                {
                    "person": one.person,
                    "start": one.start.astimezone(UTC).isoformat(),
                    "end": one.end.astimezone(UTC).isoformat(),
                }
                for one in self.overrides
            ],
        }

    @classmethod
    def from_json(cls, facts: Mapping[str, Any]) -> Rota:
        """``turn`` in seconds. Raises InvalidPolicy."""
        try:
            return cls(
                name=facts["name"],
                timezone=facts.get("timezone", "UTC"),
                people=tuple(facts["people"]),
                starts=datetime.fromisoformat(facts["starts"]),
                turn=timedelta(seconds=facts.get("turn", 7 * 86400)),
                overrides=tuple(
                    Override(
                        person=one["person"],
                        start=datetime.fromisoformat(one["start"]),
                        end=datetime.fromisoformat(one["end"]),
                    )
                    for one in facts.get("overrides", ())
                ),
            )
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise InvalidPolicy(f"a rota that cannot be read: {error!r}") from None


def on_call(rota: Rota, *, at: datetime) -> str | None:
    """Who answers at ``at`` (aware); None before the rota starts."""
    for override in reversed(rota.overrides):
        if override.start <= at < override.end:
            return override.person
    zone = _zone(rota.timezone, rota=rota.name)
    if rota.turn % timedelta(days=1):
        # Turns of hours are counted in real hours; half a day stays half a day.
        passed = at.astimezone(UTC) - rota.starts.replace(tzinfo=zone).astimezone(UTC)
    else:
        passed = at.astimezone(zone).replace(tzinfo=None) - rota.starts
    if passed < timedelta(0):
        return None
    return rota.people[passed // rota.turn % len(rota.people)]


def _zone(name: str, *, rota: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise InvalidPolicy(f"rota {rota!r}: no time zone is called {name!r}") from None
