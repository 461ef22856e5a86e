"""One set of rules over a brand's past."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from rules.backtest import (
    Answering,
    Bill,
    Found,
    Happened,
    Look,
    bill,
    findings,
    happen,
)
from rules.incident import AlertRule
from rules.response import touched_red_lines
from rules.trend import DetectorSettings, Finding, Series, from_minute
from service.backtest.history import SETTINGS, History, QueryHistory
from service.backtest.rulesets import RuleSet
from service.store.engine import Store
from service.store.reads.spike import read_spike

Texts = Callable[[int, datetime, datetime], Sequence[str]]
"""The weightiest negative posts of a query in a span."""


EMPTY: Final = Series.build([], since=from_minute(0))


@dataclass(slots=True)
class Trial:
    """Tries rules on one history. The findings of one sensitivity are made once."""

    history: History
    texts: Texts
    answering: Answering = field(default_factory=Answering)
    _found: dict[tuple[int, DetectorSettings], list[Found]] = field(default_factory=dict)

    def run(self, rules: RuleSet) -> tuple[Happened, ...]:
        """The incidents that would have been, in order of opening."""
        told: list[Happened] = []
        for one in self.history.queries:
            rule = rules.rule_for(self.history.brand, one.query.name)
            told += happen(
                self._findings(one, rule),
                brand_id=self.history.brand.id,
                query_id=one.query.id,
                policy=self.history.policies[rule.policy],
                staff=self.history.staff,
                answering=self.answering,
                until=self.history.until,
                rule=rule,
                touched=self._touched(one),
            )
        return tuple(sorted(told, key=lambda each: (each.opened_at, each.query_id)))

    def forget(self) -> None:
        """Let go of the counts, which are most of what a history holds: nothing is tried again."""
        self._found.clear()
        queries = [replace(one, series=EMPTY) for one in self.history.queries]
        self.history = replace(self.history, queries=queries)

    def bill(self, incidents: Sequence[Happened]) -> Bill:
        return bill(
            incidents,
            known=self.history.known,
            hours=self.answering.hours,
            since=self.history.since,
            until=self.history.until,
        )

    def _findings(self, one: QueryHistory, rule: AlertRule) -> list[Found]:
        settings = rule.settings(SETTINGS)
        key = (one.query.id, settings)
        if key not in self._found:
            look = Look(
                brand_id=self.history.brand.id,
                query_id=one.query.id,
                name=one.query.name,
                series=one.series,
                settings=settings,
            )
            span = {"since": self.history.since, "until": self.history.until}
            self._found[key] = list(findings(look, **span))
        return self._found[key]

    def _touched(self, one: QueryHistory) -> Callable[[Finding], Collection[str]]:
        def touched(finding: Finding) -> Collection[str]:
            texts = self.texts(one.query.id, finding.window_start, finding.window_end)
            return touched_red_lines(self.history.brand.red_lines, texts)

        return touched


def texts_of(store: Store) -> Texts:
    """The posts as live detection reads them."""

    def texts(query_id: int, start: datetime, end: datetime) -> Sequence[str]:
        with store.read() as session:
            return read_spike(session, query_id, start=start, end=end).examples

    return texts
