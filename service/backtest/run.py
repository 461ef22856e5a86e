"""One set of rules over a brand's past."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from rules.backtest import (
    Answering,
    Bill,
    Found,
    Happened,
    Look,
    Ruling,
    bill,
    findings,
    happen,
)
from rules.incident import AlertRule, why_ignored
from rules.response import touched_red_lines
from rules.trend import DetectorSettings, Finding, MainStory, Series, from_minute
from service.backtest.history import History, QueryHistory
from service.backtest.rulesets import RuleSet
from service.store.engine import Store
from service.store.reads.spike import main_story, read_spike

Texts = Callable[[int, datetime, datetime], Sequence[str]]
"""The weightiest negative posts of a query in a span."""


StoryOf = Callable[[int, datetime, datetime], MainStory]
"""What most negative posts of a query tell in a span."""

Conditions = tuple[tuple[str, ...], int, int, bool]
"""Those of a rule that decide whether a finding is wanted."""

Key = tuple[int, DetectorSettings, Conditions]
"""Of one query: what its findings depend on."""

EMPTY: Final = Series.build([], since=from_minute(0))


@dataclass(slots=True)
class Trial:
    """Tries rules on one history. The findings of one sensitivity and its conditions are made
    once."""

    history: History
    texts: Texts
    answering: Answering = field(default_factory=Answering)
    story: StoryOf = lambda query_id, start, end: MainStory(0, 0)
    _found: dict[Key, list[Found]] = field(default_factory=dict)

    def run(self, rules: RuleSet) -> tuple[Happened, ...]:
        """The incidents that would have been, in order of opening."""
        told: list[Happened] = []
        for one in self.history.queries:
            rules_of = rules.rules_for(self.history.brand, one.query.name)
            told += happen(
                self._all_findings(one, rules_of),
                brand_id=self.history.brand.id,
                query_id=one.query.id,
                rulings={
                    rule.signal: Ruling(rule, self.history.policies[rule.policy])
                    for rule in rules_of
                },
                staff=self.history.staff,
                answering=self.answering,
                until=self.history.until,
                touched=self._touched(one),
                story=self._story(one),
            )
        return tuple(sorted(told, key=lambda each: (each.opened_at, each.query_id)))

    def forget(self) -> None:
        """Let go of the counts, which are most of what a history holds: nothing is tried again."""
        self._found.clear()
        queries = [replace(one, series=EMPTY, others={}) for one in self.history.queries]
        self.history = replace(self.history, queries=queries)

    def bill(self, incidents: Sequence[Happened]) -> Bill:
        return bill(
            incidents,
            known=self.history.known,
            hours=self.answering.hours,
            since=self.history.since,
            until=self.history.until,
        )

    def _all_findings(self, one: QueryHistory, rules: Sequence[AlertRule]) -> Iterator[Found]:
        """Of all signals in order of time, and of one moment in the order of the rules."""
        found = [self._findings(one, rule) for rule in rules]
        return heapq.merge(*found, key=lambda each: each.at)

    def _findings(self, one: QueryHistory, rule: AlertRule) -> list[Found]:
        settings = rule.settings
        conditions = (rule.platforms, rule.least_platforms, rule.least_reach, rule.red_line)
        key = (one.query.id, settings, conditions)
        if key not in self._found:
            touched = self._touched(one)

            def wanted(finding: Finding) -> bool:
                red_lines = touched(finding) if rule.red_line else ()
                return why_ignored(rule, finding, red_lines=red_lines) is None

            look = Look(
                brand_id=self.history.brand.id,
                query_id=one.query.id,
                name=one.query.name,
                series=one.seen_by(rule.signal),
                settings=settings,
                wanted=wanted,
            )
            span = {"since": self.history.since, "until": self.history.until}
            self._found[key] = list(findings(look, **span))
        return self._found[key]

    def _story(self, one: QueryHistory) -> Callable[[Finding], MainStory]:
        return lambda found: self.story(one.query.id, found.window_start, found.window_end)

    def _touched(self, one: QueryHistory) -> Callable[[Finding], Collection[str]]:
        def touched(finding: Finding) -> Collection[str]:
            texts = self.texts(one.query.id, finding.window_start, finding.window_end)
            return touched_red_lines(self.history.brand.red_lines, texts)

        return touched


def stories_of(store: Store) -> StoryOf:
    """What most of them tell, as live detection reads it."""

    def story(query_id: int, start: datetime, end: datetime) -> MainStory:
        with store.read() as session:
            return main_story(session, query_id, start=start, end=end)

    return story


def texts_of(store: Store) -> Texts:
    """The posts as live detection reads them."""

    def texts(query_id: int, start: datetime, end: datetime) -> Sequence[str]:
        with store.read() as session:
            return read_spike(session, query_id, start=start, end=end).examples

    return texts
