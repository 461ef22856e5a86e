"""The ledger of one brand and span as JSON: the keys and their order are stable."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from rules.backtest.ledger import MINUTE, Account, account, accounts
from service.store.brands import BrandFacts
from service.store.engine import Session
from service.store.ledger import HandledIncident, MissedIncident, handled, list_missed

TARGET: Final = 0.5
"""Precision that rules are to have, unless somebody says otherwise: every second page is real."""

ALL: Final = "all rules"


def ledger(
    session: Session, brand: BrandFacts, *, since: datetime, until: datetime, target: float
) -> dict[str, Any]:
    """``total`` is all rules as one, ``rules`` each by name, ``incidents`` and ``missed`` what they
    are made of, in order of time."""
    found = handled(session, brand.id, since=since, until=until)
    facts = [one.handled for one in found]
    missed = list_missed(session, brand.id, since=since, until=until)
    return {
        "brand": brand.slug,
        "since": time_of(since),
        "until": time_of(until),
        "target": target,
        "total": _account(account(facts, rule=ALL, target=target), found),
        "rules": [_account(one, found) for one in accounts(facts, target=target)],
        "incidents": [_incident(one) for one in found],
        "missed": [missed_json(one) for one in missed],
    }


def missed_json(one: MissedIncident) -> dict[str, Any]:
    """What was missed, as the ledger tells it."""
    return {
        "id": one.id,
        "began_at": time_of(one.began_at),
        "ended_at": time_of(one.ended_at),
        "title": one.title,
        "note": one.note,
        "entered_by": one.entered_by,
    }


def time_of(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def _account(one: Account, found: Sequence[HandledIncident]) -> dict[str, Any]:
    """With the incidents that nobody judged: what could still make the interval narrower."""
    told = one.to_json()
    for name in ("precision", "low", "high"):
        told[name] = None if told[name] is None else round(told[name], 4)
    told["minutes"] = round(one.minutes, 1)
    told["delay"] = None if one.delay is None else round(one.delay, 1)
    told["unjudged"] = [
        each.id
        for each in found
        if one.rule in (ALL, each.handled.rule) and each.handled.real is None
    ]
    return told


def _incident(one: HandledIncident) -> dict[str, Any]:
    facts = one.handled
    return {
        "id": one.id,
        "opened_at": time_of(facts.opened_at),
        "title": one.title,
        "severity": one.severity.name,
        "rule": facts.rule,
        "pages": facts.pages,
        "verdict": None if one.verdict is None else one.verdict.value,
        "real": facts.real,
        "delay": _minutes(facts.first_at, facts.opened_at),
        "minutes": _minutes(facts.answered_at, facts.closed_at),
    }


def _minutes(begin: datetime | None, end: datetime | None) -> float | None:
    if begin is None or end is None:
        return None
    return round(max(0.0, (end - begin) / MINUTE), 1)
