"""Live and backtest over the same facts give the same alerts, incidents and pages, in bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from rules.backtest import Answering, Happened
from service.backtest.history import read_history
from service.backtest.rulesets import in_use
from service.backtest.run import Trial, stories_of, texts_of
from service.store.brands import get_brand
from service.store.engine import Store
from service.store.tables import AlertRow
from tests.builders import NOON, an_alert_rule, minutes
from tests.service.backtest.scenes import DAY, Scene, a_bad_day, live, lived

LISTENED = ("negative_volume", "negative_share", "organic_volume", "total_volume", "silence")
"""One of each way of looking; test_ahead has all signals."""

EVERY_DAY = [0, 1, 2, 3, 4, 5, 6]
RULES: dict[str, list[dict[str, Any]]] = {
    "no rule": [],
    "several signals": [
        {"signal": name, "severities": {"SEV3": "SEV2"}, "least_platforms": number % 3}
        for number, name in enumerate(LISTENED)
    ],
    "quiet hours": [
        {
            "per_week": 4.0,
            "least_reach": 5_000,
            "severities": {"SEV1": "SEV2"},
            "quiet": {"start": "12:30", "end": "14:00", "days": EVERY_DAY, "timezone": "UTC"},
        }
    ],
    "red lines": [{"red_line": True, "severities": {"SEV3": "SEV2"}}],
}
ANSWERING = {
    "answered": Answering(in_hours=timedelta(minutes=7), off_hours=timedelta(minutes=25)),
    "never": Answering(in_hours=None, off_hours=None),
}


def as_bytes(value: Any) -> bytes:
    # Sorted: PostgreSQL keeps the keys of JSON in an order of its own.
    return json.dumps(value, default=str, indent=1, sort_keys=True).encode()


# Rules decide alike on both: PostgreSQL gets the two that read most of the store.
@pytest.mark.parametrize(
    ("store", "rule", "answered"),
    [
        ("sqlite", "no rule", "answered"),
        ("sqlite", "quiet hours", "never"),
        ("sqlite", "red lines", "answered"),
        ("sqlite", "several signals", "answered"),
        pytest.param("postgres", "red lines", "answered", marks=pytest.mark.postgres),
        pytest.param("postgres", "several signals", "answered", marks=pytest.mark.postgres),
    ],
    indirect=["store"],
)
def test_the_day_lived_and_the_day_tried_again_are_the_same(
    store: Store, rule: str, answered: str
) -> None:
    answering = ANSWERING[answered]
    with store.write() as session:
        scene = a_bad_day(session)
        for number, body in enumerate(RULES[rule]):
            an_alert_rule(session, f"ours {number}", body=body)
    # Each signal is a detector of its own: a third of the day shows as much.
    length = DAY / 3 if len(RULES[rule]) > 1 else DAY
    live(store, scene, answering=answering, length=length)
    tried = again(store, scene, answering=answering, length=length)

    assert as_bytes(list(incidents_of(tried))) == as_bytes(list(lived(store)))
    assert as_bytes(list(alerts_of(tried))) == as_bytes(list(alerts_written(store)))
    assert any(one.pages for one in tried)
    assert b"negative mentions tell one story" in as_bytes(list(alerts_of(tried)))


def again(
    store: Store, scene: Scene, *, answering: Answering, length: timedelta
) -> tuple[Happened, ...]:
    with store.read() as session:
        rules = in_use(session)
        brand = get_brand(session, scene.brand)
        history = read_history(
            session,
            brand,
            since=NOON + minutes(1),
            until=NOON + length,
            signals=lambda query: [rule.signal for rule in rules.rules_for(brand, query)],
        )
    return Trial(history, texts_of(store), answering, stories_of(store)).run(rules)


def incidents_of(tried: tuple[Happened, ...]) -> Iterator[dict[str, Any]]:
    for one in tried:
        yield {
            "opened_at": one.opened_at,
            "severity": int(one.severity),
            "status": one.status.value,
            "acknowledged_at": one.acknowledged_at,
            "spike_ended_at": one.spike_ended_at,
            "resolved_at": one.resolved_at,
            "escalate_at": one.escalate_at if one.status == "open" else None,
            "pages": [(page.at, page.person) for page in one.pages],
        }


def alerts_of(tried: tuple[Happened, ...]) -> Iterator[Any]:
    told = [
        (at, finding.to_json(), decision.kind, decision.reason)
        for one in tried
        for at, finding, decision in one.findings
    ]
    return iter(sorted(told, key=lambda each: each[0]))


def alerts_written(store: Store) -> Iterator[Any]:
    """Those that meant something; what was ignored is not told by a backtest."""
    with store.read() as session:
        for row in session.scalars(
            select(AlertRow).where(AlertRow.decision != "ignore").order_by(AlertRow.id)
        ):
            yield (row.found_at, row.finding, row.decision, row.decision_reason)
