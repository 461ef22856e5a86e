"""What alert rules were worth: precision, cost and delay, from what people said of their alerts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any, Final

CONFIDENCE: Final = 1.96
"""Standard deviations either side: 95 %."""

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Handled:
    """One incident. ``real`` None: nobody judged it. ``first_at``: its first negative post;
    ``answered_at`` and ``closed_at``: how long somebody was at it."""

    rule: str
    opened_at: datetime
    pages: int
    real: bool | None = None
    first_at: datetime | None = None
    answered_at: datetime | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """Of one rule. ``low`` and ``high``: the 95 % interval of the precision; ``minutes``: from
    acknowledged to resolved, summed; ``delay``: minutes from the first post on, the median.
    ``below``: even the upper bound is under the precision that was aimed at."""

    rule: str
    incidents: int
    pages: int
    judged: int
    real: int
    precision: float | None
    low: float | None
    high: float | None
    minutes: float
    delay: float | None
    below: bool

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def accounts(handled: Sequence[Handled], *, target: float) -> tuple[Account, ...]:
    """One for each rule, by name. ``target``: the precision aimed at, 0 to 1."""
    by_rule: dict[str, list[Handled]] = {}
    for one in handled:
        by_rule.setdefault(one.rule, []).append(one)
    return tuple(account(by_rule[rule], rule=rule, target=target) for rule in sorted(by_rule))


def wilson(real: int, judged: int) -> tuple[float, float]:
    """The score interval of a share: Wilson 1927, doi:10.1080/01621459.1927.10502953.

    Raises ValueError without anything judged.
    """
    if judged < 1 or not 0 <= real <= judged:
        raise ValueError(f"{real} of {judged} is no share")
    share, squared = real / judged, CONFIDENCE**2
    middle = share + squared / (2 * judged)
    half = CONFIDENCE * (share * (1 - share) / judged + squared / (4 * judged**2)) ** 0.5
    whole = 1 + squared / judged
    return max(0.0, (middle - half) / whole), min(1.0, (middle + half) / whole)


def account(handled: Sequence[Handled], *, rule: str, target: float) -> Account:
    """Of these incidents as of one rule's, whatever rule opened them."""
    judged = [one for one in handled if one.real is not None]
    real = sum(one.real is True for one in judged)
    low, high = wilson(real, len(judged)) if judged else (None, None)
    delays = [(one.opened_at - one.first_at) / MINUTE for one in handled if one.first_at]
    return Account(
        rule=rule,
        incidents=len(handled),
        pages=sum(one.pages for one in handled),
        judged=len(judged),
        real=real,
        precision=real / len(judged) if judged else None,
        low=low,
        high=high,
        minutes=sum(
            (one.closed_at - one.answered_at) / MINUTE
            for one in handled
            if one.answered_at and one.closed_at and one.closed_at > one.answered_at
        ),
        delay=median(delays) if delays else None,
        below=high is not None and high < target,
    )
