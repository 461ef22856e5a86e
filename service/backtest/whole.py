"""A whole backtest: read, tried, compared, suggested, told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final

from rules.backtest import Answering
from service.backtest.budget import STEPS, suggest
from service.backtest.history import read_history
from service.backtest.notes import brand_notes, common_notes
from service.backtest.picture import Picture, picture
from service.backtest.report import report
from service.backtest.rulesets import RuleSet, expectation
from service.backtest.run import Trial, stories_of, texts_of
from service.store.brands import BrandFacts
from service.store.engine import Store

READ: Final = 0.4
TRIED: Final = 0.7
"""Parts of a brand's step that are done when its past is read, and when the rules were tried."""


def backtest(
    store: Store,
    brands: Sequence[BrandFacts],
    rules: RuleSet,
    *,
    since: datetime,
    until: datetime,
    policies: Sequence[str],
    answering: Answering = Answering(),
    against: RuleSet | None = None,
    budget: float | None = None,
    pictures: bool = False,
    progress: Callable[[float], None] = lambda done: None,
) -> dict[str, Any]:
    """The report of ``rules`` over the past of at least one brand.

    ``pictures``: with the course of each query beside what was usual. ``progress`` is told steps
    done, of as many as ``steps`` says; whatever it raises ends the backtest.
    """
    trials: list[Trial] = []
    ran, others = [], []
    notes: list[str] = []
    drawn: list[list[Picture]] = []
    for number, brand in enumerate(brands):
        with store.read() as session:
            history = read_history(
                session,
                brand,
                since=since,
                until=until,
                policies=policies,
                signals=_signals(brand, rules, against),
            )
        trial = Trial(history, texts_of(store), answering, stories_of(store))
        trials.append(trial)
        progress(number + READ)
        ran.append(trial.run(rules))
        progress(number + TRIED)
        if against is not None:
            others.append(trial.run(against))
        if pictures:
            drawn.append([picture(one, since=since, until=until) for one in history.queries])
        notes += brand_notes(history)
        if budget is None:
            trial.forget()
        progress(number + 1)
    suggestion = None
    if budget is not None:
        suggestion = suggest(
            trials,
            rules,
            budget=budget,
            asis=ran,
            progress=lambda done: progress(len(brands) * (1 + done / STEPS)),
        )
    return report(
        trials,
        rules=rules.name,
        sensitivity=expectation(
            rules,
            [
                (trial.history.brand, one.query.name)
                for trial in trials
                for one in trial.history.queries
            ],
        ),
        ran=ran,
        against=None if against is None else (against.name, others),
        suggestion=suggestion,
        notes=notes + common_notes([trial.history for trial in trials]),
        pictures=drawn,
    )


def _signals(brand: BrandFacts, *tried: RuleSet | None) -> Callable[[str], set[str]]:
    """What any of the rules listens to in the query of that name."""

    def signals(query: str) -> set[str]:
        return {rule.signal for one in tried if one for rule in one.rules_for(brand, query)}

    return signals


def steps(brands: Sequence[BrandFacts], *, budget: float | None) -> int:
    """How many steps ``progress`` counts."""
    return len(brands) * (1 if budget is None else 2)
