"""How fast a story is told, and how often word for word, in bounded memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import fsum
from typing import Any, Final

from rules.story.lens import SHORT, YOUNG, organic_weight
from rules.story.told import Told

HOUR: Final = 60
"""Minutes looked back on."""

TEXT_LIMIT: Final = 64
"""Texts of one story whose copies are counted; of more, the one heard least recently gives way."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE: Final = timedelta(minutes=1)
_SHORT_MINUTES: Final = int(SHORT / _MINUTE)


@dataclass(frozen=True, slots=True)
class Before:
    """Of a story, before one mention: see ``Placed``."""

    hour: int
    organic: float
    copies: int


@dataclass(slots=True)
class Pace:
    """``minutes``: minute since 1970 -> (mentions, what they weigh), of the hour before the newest.
    ``texts``: digest of a text -> (how often it was told, how often by young accounts within SHORT
    of each other, the last minute of any, and of a young one; -1: of none).
    """

    minutes: dict[int, tuple[int, float]] = field(default_factory=dict)
    texts: dict[str, tuple[int, int, int, int]] = field(default_factory=dict)

    def before(self, told: Told) -> Before:
        """What was told before, by those who are known so far: the hour up to the same minute."""
        now = _minute(told.at)
        within = [each for at, each in sorted(self.minutes.items()) if now - HOUR < at <= now]
        return Before(
            hour=sum(count for count, _ in within),
            organic=fsum(weight for _, weight in within),
            copies=self.texts.get(told.text, (0, 0, 0, 0))[0] if told.words else 0,
        )

    def add(self, told: Told) -> float:
        """Returns what the mention itself weighs, 1 or less."""
        now = _minute(told.at)
        weight = self._add_text(told, now)
        newest = max(self.minutes, default=now)
        if now <= newest - HOUR:
            return weight
        count, sum_before = self.minutes.get(now, (0, 0.0))
        self.minutes[now] = (count + 1, sum_before + weight)
        if now > newest:
            for minute in [each for each in self.minutes if each <= now - HOUR]:
                del self.minutes[minute]
        return weight

    def _add_text(self, told: Told, now: int) -> float:
        """What the mention weighs: copies by young accounts weigh less and less."""
        count, young, last, last_young = self.texts.get(told.text, (0, 0, now, -1))
        weight = 1.0
        if told.joined_at is not None and told.at - told.joined_at < YOUNG:
            if last_young < 0 or now - last_young > _SHORT_MINUTES:
                young = 0
            weight = organic_weight(young_before=young, young=True)
            young, last_young = young + 1, max(now, last_young)
        self.texts[told.text] = (count + 1, young, max(now, last), last_young)
        if len(self.texts) > TEXT_LIMIT:
            # Of equals by the digest, so that the answer hangs on no dictionary's order.
            del self.texts[min(self.texts, key=lambda text: (self.texts[text][2], text))]
        return weight

    def to_json(self) -> dict[str, Any]:
        return {
            "minutes": [[at, *self.minutes[at]] for at in sorted(self.minutes)],
            "texts": [[text, *self.texts[text]] for text in sorted(self.texts)],
        }

    @classmethod
    def from_json(cls, told: Mapping[str, Sequence[Any]]) -> Pace:
        """What ``to_json`` told; of a story from before paces were kept, nothing."""
        return cls(
            minutes={at: (count, weight) for at, count, weight in told.get("minutes", ())},
            texts={text: tuple(rest) for text, *rest in told.get("texts", ())},
        )


def _minute(at: datetime) -> int:
    return (at - _EPOCH) // _MINUTE
