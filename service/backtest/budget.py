"""The sensitivity that keeps to a number of pages a week."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rules.backtest import Bill, Caught, Happened, compare
from rules.incident.sensitivity import LEAST_RATE, MOST_RATE
from service.backtest.rulesets import RuleSet
from service.backtest.run import Trial

STEPS = 9
"""Halvings of the range 0.01 to 20, which it narrows to a fiftieth of a factor of ten."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``per_week`` for every rule; None: not even the least keeps to the budget. ``missed``: known
    incidents that the rules as written catch and these would not; ``lost``: how many incidents of
    the rules as written would not page any more."""

    budget: float
    per_week: float | None
    pages_per_week: float
    missed: tuple[Caught, ...]
    lost: int


def suggest(
    trials: Sequence[Trial],
    rules: RuleSet,
    *,
    budget: float,
    asis: Sequence[Sequence[Happened]],
    progress: Callable[[int], None] = lambda done: None,
) -> Suggestion:
    """The most sensitive setting found whose pages a week stay within ``budget``, by halving.

    ``asis``: what the rules as written did, in the order of the trials. Pages do not always grow
    with sensitivity (two incidents may become one), so another setting may do as well.
    """
    low, high = math.log(LEAST_RATE), math.log(MOST_RATE)
    best: tuple[float, list[tuple[Happened, ...]]] | None = None
    least: float | None = None
    tried = [LEAST_RATE]
    for step in range(STEPS):
        per_week = tried[-1]
        ran = [trial.run(rules.as_sensitive_as(per_week)) for trial in trials]
        pages = pages_per_week(trials, ran)
        least = pages if least is None else least
        progress(step + 1)
        if pages <= budget:
            best = (per_week, ran)
            low = math.log(per_week)
        elif step == 0:
            break
        else:
            high = math.log(per_week)
        tried.append(_rounded(math.exp((low + high) / 2)))
    if best is None:
        return Suggestion(budget, None, least or 0.0, (), 0)
    per_week, ran = best
    return Suggestion(
        budget,
        per_week,
        pages_per_week(trials, ran),
        missed=tuple(_missed(trials, asis, ran)),
        lost=sum(_lost(before, after) for before, after in zip(asis, ran, strict=True)),
    )


def pages_per_week(trials: Sequence[Trial], ran: Sequence[Sequence[Happened]]) -> float:
    """Of all brands together."""
    bills = [trial.bill(incidents) for trial, incidents in zip(trials, ran, strict=True)]
    weeks = max((one.weeks for one in bills), default=0.0)
    return sum(one.pages for one in bills) / weeks if weeks else 0.0


def _missed(
    trials: Sequence[Trial],
    asis: Sequence[Sequence[Happened]],
    ran: Sequence[Sequence[Happened]],
) -> list[Caught]:
    gone: list[Caught] = []
    for trial, before, after in zip(trials, asis, ran, strict=True):
        old: Bill = trial.bill(before)
        new: Bill = trial.bill(after)
        still = {(one.title, one.began_at) for one in new.caught}
        gone += [one for one in old.caught if (one.title, one.began_at) not in still]
    return gone


def _lost(before: Sequence[Happened], after: Sequence[Happened]) -> int:
    paged = [one for one in before if one.pages]
    return len(compare([one for one in after if one.pages], old=paged).only_old)


def _rounded(per_week: float) -> float:
    """Two digits: more would not be true."""
    return min(MOST_RATE, max(LEAST_RATE, float(f"{per_week:.2g}")))
