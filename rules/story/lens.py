"""The copy-paste lens: raw volume beside the volume that independent people would make.

Word for word the same text from many young accounts within a short time is a campaign, not an
uproar. Both numbers are shown, none is hidden: a campaign can be a crisis too. Nothing is held
against old accounts that share one headline, nor against accounts whose age is not told.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import fsum
from typing import Final

YOUNG: Final = timedelta(days=30)
"""An account made this shortly before it posted is young."""

SHORT: Final = timedelta(hours=6)
"""Copies further apart than this do not look coordinated."""

RAISED_COPIES: Final = 5
RAISED_PART: Final = 0.3
"""The lens is raised from so many young copies on, if they are this part of the volume."""


@dataclass(frozen=True, slots=True)
class Copy:
    """One mention in the lens: when, which text (its digest), who, how old the account was.

    ``joined_at`` None: the platform does not tell.
    """

    at: datetime
    text: str
    author: str
    joined_at: datetime | None = None

    @property
    def young(self) -> bool:
        return self.joined_at is not None and self.at - self.joined_at < YOUNG


@dataclass(frozen=True, slots=True)
class Lens:
    """``raw``: mentions. ``organic``: what they weigh, 0 to raw. ``copies``: exact copies beyond
    the first of each text. ``young``: copies by young accounts. ``raised``: whether that looks
    like copy-paste. ``reasons``: sentences.
    """

    raw: int
    organic: float
    copies: int
    young: int
    raised: bool
    reasons: tuple[str, ...]


def organic_weight(*, young_before: int, young: bool) -> float:
    """What one more copy of a text weighs: 1, but 1/(n+1) from a young account after n such.

    Harmonic: ten young copies weigh about three people, a thousand about seven and a half.
    """
    return 1.0 / (young_before + 1) if young else 1.0


def lens(mentions: Iterable[Copy]) -> Lens:
    """One span of time through the lens. The order of the mentions does not matter."""
    ordered = sorted(mentions, key=lambda each: (each.at, each.text, each.young, each.author))
    seen: set[str] = set()
    young_at: defaultdict[str, deque[datetime]] = defaultdict(deque)
    weights: list[float] = []
    copies, young = 0, 0
    for one in ordered:
        copies += one.text in seen
        if one.young:
            recent = young_at[one.text]
            while recent and one.at - recent[0] > SHORT:
                recent.popleft()
            weights.append(organic_weight(young_before=len(recent), young=True))
            young += bool(recent)
            recent.append(one.at)
        else:
            weights.append(1.0)
        seen.add(one.text)
    organic = fsum(weights)
    raised = young >= RAISED_COPIES and young >= RAISED_PART * len(ordered)
    return Lens(
        raw=len(ordered),
        organic=organic,
        copies=copies,
        young=young,
        raised=raised,
        reasons=_reasons(len(ordered), organic, copies, young),
    )


def _reasons(raw: int, organic: float, copies: int, young: int) -> tuple[str, ...]:
    out: list[str] = []
    if copies:
        out.append(f"{copies} of {raw} mentions repeat another word for word")
    if young:
        out.append(
            f"{young} of these copies come from accounts younger than {YOUNG.days} days, "
            f"within {SHORT.seconds // 3600} hours of each other"
        )
        out.append(f"{raw} mentions weigh as much as {organic:.0f} by independent people")
    return tuple(out)
