"""A finding's way into an incident: opened, joined, reopened or left alone, in one transaction."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from rules import incident as rules_of_incidents
from rules import response, trend
from rules.incident import (
    Decision,
    Policy,
    decide,
    held_until,
    lifecycle,
    ruled,
)
from rules.response import CrisisFacts, Voice, suggest, touched_red_lines
from rules.trend import Finding, with_story
from service.escalation.paging import US, address, policy_of, show, write_page
from service.logs import logger
from service.store import alerts, brands, incidents, oncall, timeline
from service.store.alert_rules import UNWRITTEN, StoredRule
from service.store.brands import BrandFacts
from service.store.engine import Session
from service.store.queries import QueryFacts
from service.store.reads.spike import SpikeFacts, main_story, read_spike

log = logger(__name__)


class Stale(Exception):
    """Somebody changed the incident while we decided; roll back and look again."""


def respond(
    session: Session,
    finding: Finding,
    *,
    query: QueryFacts,
    now: datetime,
    rule: StoredRule = UNWRITTEN,
    ignored: str | None = None,
    going_on: Collection[str] = (),
) -> int:
    """Decide what the finding means and write it all down; returns the alert's id.

    ``ignored``: the condition of the rule that it misses. ``going_on``: other signals of the query
    whose spikes are running.

    The alert, the incident, its timeline and the outbox rows are the caller's one transaction.
    Raises Stale.
    """
    brand = brands.get_brand(session, query.brand_id)
    if ignored is not None:
        decision = Decision("ignore", None, finding.severity, False, ignored)
        return _record(session, finding, decision, None, query, rule, now)
    span = {"start": finding.window_start, "end": finding.window_end}
    finding = with_story(finding, main_story(session, query.id, **span))
    finding = ruled(rule.rule, finding)
    policy = oncall.policy_for(session, brand, name=rule.rule.policy)
    known = incidents.list_facts(
        session, query_id=query.id, resolved_since=now - policy.reopen_within
    )
    decision = decide(
        finding,
        brand_id=brand.id,
        query_id=query.id,
        incidents=known,
        now=now,
        policy=policy,
        going_on=going_on,
    )
    held = held_until(rule.rule, decision, now=now)
    incident_id = None
    if decision.kind == "open":
        incident_id = _open(session, finding, decision, query, brand, policy, held, now)
    elif decision.kind == "join" and decision.incident_id is not None:
        incident_id = decision.incident_id
        _join(session, incident_id, finding, decision, brand, held, now)
    return _record(session, finding, decision, incident_id, query, rule, now)


def red_lines_in(session: Session, finding: Finding, *, query: QueryFacts) -> Sequence[str]:
    """The brand's red lines that the posts of a finding touch."""
    brand = brands.get_brand(session, query.brand_id)
    spike = read_spike(session, query.id, start=finding.window_start, end=finding.window_end)
    return touched_red_lines(brand.red_lines, spike.examples)


def _record(
    session: Session,
    finding: Finding,
    decision: Decision,
    incident_id: int | None,
    query: QueryFacts,
    rule: StoredRule,
    now: datetime,
) -> int:
    return alerts.record(
        session,
        finding,
        brand_id=query.brand_id,
        query_id=query.id,
        incident_id=incident_id,
        decision=decision,
        versions={
            "trend": trend.VERSION,
            "incident": rules_of_incidents.VERSION,
            "response": response.VERSION,
            "query": query.version,
            **rule.versions(),
        },
        now=now,
    )


def _open(
    session: Session,
    finding: Finding,
    decision: Decision,
    query: QueryFacts,
    brand: BrandFacts,
    policy: Policy,
    held: datetime | None,
    now: datetime,
) -> int:
    spike = read_spike(session, query.id, start=finding.window_start, end=finding.window_end)
    incident = incidents.add_incident(
        session,
        brand_id=brand.id,
        query_id=query.id,
        title=_title(brand, finding, spike.examples),
        severity=decision.severity,
        policy=policy.to_json(),
        first_mention_at=spike.first_at,
        suggestion=_suggestion(finding, spike=spike, brand=brand),
        now=now,
    )
    change = lifecycle.opened(decision, policy=policy, now=now, held_until=held)
    if change.values and not incidents.change(session, incident, **change.values):
        raise Stale
    _enter(session, incident.id, "opened", finding, decision, held, now)
    show(session, incident.id, brand=brand, now=now)
    if change.page is not None:
        page = address(session, change.page, policy=policy, now=now)
        write_page(session, incident.id, brand=brand, page=page, why="since it opened", now=now)
    return incident.id


def _title(brand: BrandFacts, finding: Finding, examples: Sequence[str]) -> str:
    """The brand, what was found, and what it is about as far as its red lines tell."""
    touched = touched_red_lines(brand.red_lines, examples)[:3]
    about = f" ({', '.join(touched)})" if touched else ""
    return f"{brand.name}: {trend.SIGNALS[finding.signal].headline}{about}"


def _join(
    session: Session,
    incident_id: int,
    finding: Finding,
    decision: Decision,
    brand: BrandFacts,
    held: datetime | None,
    now: datetime,
) -> None:
    incident = incidents.get_incident(session, incident_id)
    policy = policy_of(incident.policy, incident_id=incident.id)
    change = lifecycle.joined(
        incident, finding, decision=decision, policy=policy, now=now, held_until=held
    )
    if not incidents.change(session, incident, **change.values):
        raise Stale
    said = _enter(session, incident.id, change.kind, finding, decision, held, now)
    show(session, incident.id, brand=brand, note=said, now=now)
    if change.page is not None:
        why = "since it came back" if decision.reopen else "since it became worse"
        page = address(session, change.page, policy=policy, now=now)
        write_page(session, incident.id, brand=brand, page=page, why=why, now=now)


HEADLINES = {
    "opened": "Opened as",
    "worse": "Became worse:",
    "continued": "Another spike joined; still",
    "reopened": "Came back and was reopened as",
    "spike-ended": "The spike ended; stays open as",
}


def _enter(
    session: Session,
    incident_id: int,
    kind: str,
    finding: Finding,
    decision: Decision,
    held: datetime | None,
    now: datetime,
) -> str:
    """One timeline entry of a finding; returns its text."""
    severity = decision.severity
    told = f"{HEADLINES[kind]} {severity.name} ({severity.meaning}). {'; '.join(finding.reasons)}."
    if held is not None:
        told += f" Quiet hours: nobody is paged before {held:%Y-%m-%d %H:%M} UTC."
    timeline.append(
        session,
        incident_id,
        kind=kind,
        actor=US,
        text=told,
        data={
            "finding": finding.kind,
            "severity": int(finding.severity),
            "observed": finding.observed,
            "decision": decision.reason,
        },
        now=now,
    )
    return told


def _suggestion(finding: Finding, *, spike: SpikeFacts, brand: BrandFacts) -> dict[str, Any] | None:
    """What to say first. Without one the incident opens all the same: the page comes first."""
    try:
        made = suggest(
            brand_name=brand.name,
            facts=CrisisFacts(
                severity=finding.severity,
                examples=spike.examples,
                red_lines=touched_red_lines(brand.red_lines, spike.examples),
                platforms=finding.platforms,
                observed=finding.observed,
            ),
            voice=Voice.from_json(brand.voice),
        )
    except Exception:
        log.exception("no response could be suggested", brand=brand.slug)
        return None
    facts = asdict(made)
    return {
        "strategy": str(facts["strategy"]),
        "text": facts["text"],
        "reasons": list(facts["reasons"]),
        "guards": list(facts["guards"]),
    }
