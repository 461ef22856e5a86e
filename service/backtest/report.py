"""A backtest as JSON: the keys and their order are stable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from rules.backtest import VERSION, Bill, Caught, Happened, compare
from rules.backtest.ledger import wilson
from service.backtest.budget import Suggestion
from service.backtest.picture import Picture
from service.backtest.run import Trial

EXAMPLES = 3
LONGEST = 200


def report(
    trials: Sequence[Trial],
    *,
    rules: str,
    sensitivity: Mapping[str, Any],
    ran: Sequence[Sequence[Happened]],
    against: tuple[str, Sequence[Sequence[Happened]]] | None,
    suggestion: Suggestion | None,
    notes: Sequence[str],
    pictures: Sequence[Sequence[Picture]] = (),
) -> dict[str, Any]:
    """``sensitivity``: see ``rulesets.expectation``; ``ran``: the incidents by trial; ``against``:
    name and incidents of the other rules; ``pictures``: those of its queries by trial, if any were
    drawn."""
    history = trials[0].history
    told: dict[str, Any] = {
        "version": VERSION,
        "since": _time(history.since),
        "until": _time(history.until),
        "rules": rules,
        "sensitivity": dict(sensitivity),
        "total": total([one.bill(each) for one, each in zip(trials, ran, strict=True)]),
        "brands": [_brand(one, each) for one, each in zip(trials, ran, strict=True)],
        "against": None,
        "suggestion": None if suggestion is None else _suggestion(suggestion),
        "notes": list(notes),
    }
    for brand, drawn in zip(told["brands"], pictures, strict=False):
        brand["pictures"] = [one.to_json() for one in drawn]
    if against is not None:
        name, others = against
        told["against"] = {
            "rules": name,
            "total": total([one.bill(each) for one, each in zip(trials, others, strict=True)]),
            "brands": [
                _compared(one, each, old)
                for one, each, old in zip(trials, ran, others, strict=True)
            ],
        }
    return told


def total(bills: Sequence[Bill]) -> dict[str, Any]:
    """The bills of several brands as one."""
    judged, real = sum(one.judged for one in bills), sum(one.real for one in bills)
    pages = sum(one.pages for one in bills)
    weeks = max((one.weeks for one in bills), default=0.0)
    low, high = wilson(real, judged) if judged else (None, None)
    people: dict[str, int] = {}
    for one in bills:
        for person, count in one.per_person.items():
            people[person] = people.get(person, 0) + count
    return {
        "weeks": round(weeks, 4),
        "incidents": sum(one.incidents for one in bills),
        "paging": sum(one.paging for one in bills),
        "pages": pages,
        "pages_per_week": round(pages / weeks, 2) if weeks else 0.0,
        "off_hours": sum(one.off_hours for one in bills),
        "per_person": dict(sorted(people.items(), key=lambda each: (-each[1], each[0]))),
        "judged": judged,
        "real": real,
        "precision": round(real / judged, 4) if judged else None,
        "precision_low": None if low is None else round(low, 4),
        "precision_high": None if high is None else round(high, 4),
        "caught": sum(len(one.caught) for one in bills),
        "missed": sum(len(one.missed) for one in bills),
    }


def _brand(trial: Trial, incidents: Sequence[Happened]) -> dict[str, Any]:
    told = trial.bill(incidents)
    return {
        "brand": trial.history.brand.slug,
        "bill": total([told]),
        "caught": [_caught(one) for one in told.caught],
        "missed": [_caught(one) for one in told.missed],
        "incidents": [_incident(trial, one) for one in incidents],
    }


def _incident(trial: Trial, incident: Happened, *, posts: bool = True) -> dict[str, Any]:
    names = {one.query.id: one.query.name for one in trial.history.queries}
    facts = incident.to_json()
    del facts["brand_id"], facts["query_id"]
    told = {"query": names[incident.query_id], **facts}
    if posts:
        finding = incident.findings[0][1]
        texts = trial.texts(incident.query_id, finding.window_start, finding.window_end)
        told["posts"] = [" ".join(text.split())[:LONGEST] for text in texts[:EXAMPLES]]
    return told


def _compared(trial: Trial, new: Sequence[Happened], old: Sequence[Happened]) -> dict[str, Any]:
    told = compare(new, old=old)
    return {
        "brand": trial.history.brand.slug,
        "bill": total([trial.bill(old)]),
        "changed": told.changed,
        "both": len(told.both),
        "only_new": [_incident(trial, one) for one in told.only_new],
        "only_old": [_incident(trial, one) for one in told.only_old],
        "differ": [
            {
                "new": _incident(trial, mine, posts=False),
                "old": _incident(trial, other, posts=False),
            }
            for mine, other in told.both
            if mine.to_json() != other.to_json()
        ],
    }


def _suggestion(one: Suggestion) -> dict[str, Any]:
    facts = asdict(one)
    facts["pages_per_week"] = round(one.pages_per_week, 2)
    facts["missed"] = [_caught(each) for each in one.missed]
    return facts


def _caught(one: Caught) -> dict[str, Any]:
    return {
        "title": one.title,
        "began_at": _time(one.began_at),
        "opened_at": _time(one.opened_at),
        "paged_at": _time(one.paged_at),
        "minutes_earlier": None if one.minutes is None else round(one.minutes, 1),
    }


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat().replace("+00:00", "Z")
