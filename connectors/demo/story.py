"""When how much is posted about what.

Rates are posts per hour. The ordinary ones depend on the hour of the day and the day of the week
alone; the rest are laid out around the moment of the first poll.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

HOURS = (
    0.35, 0.22, 0.15, 0.12, 0.12, 0.22, 0.45, 0.80, 1.10, 1.25, 1.30, 1.35,
    1.55, 1.45, 1.25, 1.20, 1.25, 1.40, 1.60, 1.85, 1.80, 1.50, 1.05, 0.65,
)  # fmt: skip
"""How busy each hour of the day (UTC) is; their mean is about one."""

WEEKDAYS = (1.08, 1.04, 1.0, 1.0, 1.02, 0.88, 0.94)
"""Monday to Sunday."""


class Subject(StrEnum):
    """What a post is about; also a part of its id."""

    PRAISE = "praise"
    TALK = "talk"
    COMPLAINT = "complaint"
    RIVAL = "rival"
    NOISE = "noise"
    LAUNCH = "launch"
    JOKE = "joke"
    FIRE = "fire"


@dataclass(frozen=True, slots=True)
class Story:
    """``start`` is the first poll, ``ignition`` the begin of the firestorm, if there is one.

    Both whole minutes, UTC.
    """

    seed: str
    start: datetime
    ignition: datetime | None = None

    @property
    def launch(self) -> datetime:
        """A new model comes out: much talk, nearly all of it good. Nobody should be paged."""
        return _at_hour(self.start - timedelta(days=17), 9)

    @property
    def joke(self) -> datetime:
        """A funny post goes round: sudden, and harmless."""
        return _at_hour(self.start - timedelta(days=6), 17)

    def rate(self, subject: Subject, *, at: datetime) -> float:
        return RATES[subject](self, at)


def rhythm(at: datetime) -> float:
    """How busy an hour is against the mean one."""
    return HOURS[at.hour] * WEEKDAYS[at.weekday()]


def firestorm(minutes: float) -> float:
    """Posts per minute so many minutes after the first: smoulders, climbs, holds, fades.

    Some fifty posts in the first 25 minutes, nine a minute at the height, over after four hours.
    """
    if minutes < 0 or minutes > 240:
        return 0.0
    if minutes < 6:
        return 0.7
    if minutes < 45:
        return 0.7 + (minutes - 6) / 39 * 8.3
    if minutes < 75:
        return 9.0
    return 9.0 * math.exp(-(minutes - 75) / 38)


def _at_hour(day: datetime, hour: int) -> datetime:
    return day.replace(hour=hour, minute=0, second=0, microsecond=0)


def _hours_since(moment: datetime, at: datetime) -> float:
    return (at - moment).total_seconds() / 3600


def _ordinary(per_day: float) -> Callable[[Story, datetime], float]:
    return lambda _story, at: per_day / 24 * rhythm(at)


def _launch(story: Story, at: datetime) -> float:
    hours = _hours_since(story.launch, at)
    return 14.0 * math.exp(-hours / 9) * rhythm(at) if 0 <= hours < 48 else 0.0


def _joke(story: Story, at: datetime) -> float:
    hours = _hours_since(story.joke, at)
    return 30.0 * math.exp(-hours / 3) if 0 <= hours < 20 else 0.0


def _fire(story: Story, at: datetime) -> float:
    if story.ignition is None:
        return 0.0
    return 60 * firestorm((at - story.ignition).total_seconds() / 60)


RATES: Mapping[Subject, Callable[[Story, datetime], float]] = {
    Subject.PRAISE: _ordinary(27),
    Subject.TALK: _ordinary(19),
    Subject.COMPLAINT: _ordinary(9),
    Subject.RIVAL: _ordinary(17),
    Subject.NOISE: _ordinary(12),
    Subject.LAUNCH: _launch,
    Subject.JOKE: _joke,
    Subject.FIRE: _fire,
}
