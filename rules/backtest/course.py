"""Findings to incidents and pages, as they would have been: decided by the live rules."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from rules.backtest.happened import Answering, Happened, Paged, Ruling, Staff
from rules.backtest.look import Found
from rules.incident import (
    Decision,
    IncidentFacts,
    Policy,
    Status,
    decide,
    held_until,
    lifecycle,
    ruled,
    why_ignored,
)
from rules.oncall import answerer
from rules.severity import Severity
from rules.trend import Finding, MainStory, with_story

BY = "backtest"


def happen(
    found: Iterable[Found],
    *,
    brand_id: int,
    query_id: int,
    rulings: Mapping[str, Ruling],
    staff: Staff,
    answering: Answering,
    until: datetime,
    touched: Callable[[Finding], Collection[str]] = lambda finding: (),
    story: Callable[[Finding], MainStory] = lambda finding: MainStory(0, 0),
) -> tuple[Happened, ...]:
    """The incidents of one query, in order of opening, as they stand at ``until``.

    ``found``: of all signals, in the order of time, and of one moment in that of the signals;
    ``rulings``: what holds for each of them.
    Deadlines come before findings of the same moment, as the live tick comes before detection.
    ``touched``: the brand's red lines that the mentions of a finding touch; ``story``: what most of
    them tell.
    """
    course = _Course(brand_id, query_id, rulings, staff, answering, touched, story)
    for each in found:
        course.pass_until(each.at)
        course.find(each)
    course.pass_until(until)
    return tuple(course.incidents)


class _Course:
    """The incidents of one query while time passes."""

    def __init__(
        self,
        brand_id: int,
        query_id: int,
        rulings: Mapping[str, Ruling],
        staff: Staff,
        answering: Answering,
        touched: Callable[[Finding], Collection[str]],
        story: Callable[[Finding], MainStory],
    ) -> None:
        self._brand_id = brand_id
        self._query_id = query_id
        self._rulings = rulings
        self._staff = staff
        self._answering = answering
        self._touched = touched
        self._story = story
        self.incidents: list[Happened] = []
        self._policies: list[Policy] = []
        self._answers: dict[int, datetime] = {}
        self._going_on: set[str] = set()

    def find(self, found: Found) -> None:
        signal = found.finding.signal
        ruling = self._rulings[signal]
        red_lines = self._touched(found.finding) if ruling.rule.red_line else ()
        if why_ignored(ruling.rule, found.finding, red_lines=red_lines) is not None:
            return
        told = with_story(found.finding, self._story(found.finding))
        found = replace(found, finding=ruled(ruling.rule, told))
        if found.finding.kind == "ended":
            self._going_on.discard(signal)
        else:
            self._going_on.add(signal)
        decision = decide(
            found.finding,
            brand_id=self._brand_id,
            query_id=self._query_id,
            incidents=[self._facts(number) for number in range(len(self.incidents))],
            now=found.at,
            policy=ruling.policy,
            going_on=self._going_on - {signal},
        )
        held = held_until(ruling.rule, decision, now=found.at)
        if decision.kind == "open":
            self._policies.append(ruling.policy)
            self._open(found, decision, held=held)
        elif decision.kind == "join" and decision.incident_id is not None:
            self._join(found, decision, number=decision.incident_id, held=held)

    def pass_until(self, moment: datetime) -> None:
        """Everything that is due before ``moment`` or at it, in order."""
        while True:
            due = [
                (at, order, number)
                for number, incident in enumerate(self.incidents)
                for order, at in enumerate(
                    (self._answers.get(number), incident.escalate_at, incident.resolve_at)
                )
                if at is not None and at <= moment
            ]
            if not due:
                return
            at, order, number = min(due)
            (self._answer, self._escalate, self._resolve)[order](number, at)

    def _open(self, found: Found, decision: Decision, *, held: datetime | None) -> None:
        self.incidents.append(
            Happened(
                brand_id=self._brand_id,
                query_id=self._query_id,
                opened_at=found.at,
                status=Status.OPEN,
                severity=decision.severity,
                findings=((found.at, found.finding, decision),),
                pages=(),
            )
        )
        number = len(self.incidents) - 1
        change = lifecycle.opened(
            decision, policy=self._policies[number], now=found.at, held_until=held
        )
        self._apply(number, change, at=found.at, why="it opened")

    def _join(
        self, found: Found, decision: Decision, *, number: int, held: datetime | None
    ) -> None:
        incident = self.incidents[number]
        change = lifecycle.joined(
            incident,
            found.finding,
            decision=decision,
            policy=self._policies[number],
            now=found.at,
            held_until=held,
        )
        entry = (found.at, found.finding, decision)
        self.incidents[number] = replace(incident, findings=(*incident.findings, entry))
        why = "it came back" if decision.reopen else "it became worse"
        self._apply(number, change, at=found.at, why=why)

    def _answer(self, number: int, at: datetime) -> None:
        del self._answers[number]
        incident = self.incidents[number]
        if incident.status is Status.OPEN:
            change = lifecycle.acknowledged(incident, by=BY, policy=self._policies[number], now=at)
            self._apply(number, change, at=at, why="")

    def _escalate(self, number: int, at: datetime) -> None:
        incident = self.incidents[number]
        if incident.status is not Status.OPEN:
            self.incidents[number] = replace(incident, escalate_at=None)
            return
        change = lifecycle.escalated(incident, policy=self._policies[number], now=at)
        # Before the first page of all only quiet hours can lie.
        why = "nobody acknowledged" if incident.pages else "quiet hours are over"
        self._apply(number, change, at=at, why=why)

    def _resolve(self, number: int, at: datetime) -> None:
        incident = self.incidents[number]
        if incident.status is Status.RESOLVED:
            self.incidents[number] = replace(incident, resolve_at=None)
            return
        self._apply(number, lifecycle.quiet(incident, by=BY, now=at), at=at, why="")

    def _apply(self, number: int, change: lifecycle.Change, *, at: datetime, why: str) -> None:
        incident = self.incidents[number]
        values = {name: value for name, value in change.values.items() if name in _KEPT}
        if "status" in values:
            values["status"] = Status(values["status"])
        if "severity" in values:
            values["severity"] = Severity(values["severity"])
        if change.page is not None:
            person = answerer(
                change.page.target,
                rota=self._policies[number].rota,
                rotas=self._staff.rotas,
                people=self._staff.people,
                at=at,
            )
            values["pages"] = (*incident.pages, Paged(at, person, change.page.number, why))
            wait = self._answering.after(at)
            if wait is not None and number not in self._answers:
                self._answers[number] = at + wait
        self.incidents[number] = replace(incident, **values)

    def _facts(self, number: int) -> IncidentFacts:
        incident = self.incidents[number]
        return IncidentFacts(
            id=number,
            brand_id=incident.brand_id,
            query_id=incident.query_id,
            status=incident.status,
            severity=incident.severity,
            opened_at=incident.opened_at,
            resolved_at=incident.resolved_at,
            last_alert_at=incident.findings[-1][0],
        )


_KEPT = frozenset(Happened.__dataclass_fields__)
