"""What a report says of history and of budgets."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from service.backtest.rulesets import of_rules
from service.backtest.whole import backtest
from service.store.brands import list_brands
from service.store.engine import Store
from service.store.tables import AlertingRow, BlindSpotRow, SourceRow, VerdictRow
from tests.builders import NOON, a_brand, a_query, an_incident, minutes
from tests.service.backtest.scenes import DAY, a_bad_day, arrive


def lived(store: Store) -> int:
    """A bad day in the store; the id of its query."""
    with store.write() as session:
        scene = a_bad_day(session)
        for minute in range(int(DAY / minutes(1))):
            arrive(session, scene, minute)
    return scene.query


def tried(
    store: Store, *, since: datetime = NOON, budget: float | None = None, done: Any = None
) -> dict[str, Any]:
    with store.read() as session:
        brands, rules = list_brands(session), of_rules([], session)
    return backtest(
        store,
        brands,
        rules,
        since=since,
        until=NOON + DAY,
        policies=[],
        budget=budget,
        progress=done or (lambda _: None),
    )


def test_the_page_budget_of_all_brands_is_told_with_its_parts(store: Store) -> None:
    lived(store)
    with store.write() as session:
        other = a_brand(session, "Globex", created_at=NOON)
        a_query(session, brand=other, name="Globex")
        session.add(AlertingRow(id=1, page_budget=3.0, updated_at=NOON))
    told = tried(store)["sensitivity"]
    assert told == {
        "page_budget": 3.0,
        "per_week": 1.5,
        "detectors": 2,
        "false_pages_per_week": 3.0,
    }


def test_verdicts_give_the_precision_and_the_newest_counts(store: Store) -> None:
    query = lived(store)
    with store.write() as session:
        incident = an_incident(session, query=query, opened_at=NOON + minutes(60))
        for number, verdict in enumerate(("duplicate", "real")):
            session.add(
                VerdictRow(
                    incident_id=incident,
                    verdict=verdict,
                    given_by="ines",
                    given_at=NOON + minutes(90 + number),
                )
            )
    total = tried(store)["total"]
    assert (total["judged"], total["real"], total["precision"]) == (1, 1, 1.0)
    assert (total["caught"], total["missed"]) == (1, 0)


def test_blind_spots_and_the_time_before_listening_are_told(store: Store) -> None:
    lived(store)
    with store.write() as session:
        for source in session.query(SourceRow):
            session.add(
                BlindSpotRow(
                    source_id=source.id,
                    started_at=NOON + minutes(500),
                    ended_at=NOON + minutes(590),
                    reason="down",
                )
            )
    notes = tried(store, since=NOON - timedelta(days=30))["notes"]
    assert any("every source was blind in one span, 1.5 h in all" in note for note in notes)
    assert any(note.startswith("acme / Acme: nothing is known before 2026-02-16") for note in notes)


def test_a_budget_nobody_can_keep_says_so_and_one_that_is_plenty_loses_nothing(
    store: Store,
) -> None:
    lived(store)
    pages = tried(store)["total"]["pages_per_week"]
    assert pages > 0
    none = tried(store, budget=0)["suggestion"]
    assert none["per_week"] is None or none["pages_per_week"] == 0
    plenty = tried(store, budget=pages * 100)["suggestion"]
    assert plenty["per_week"] > 10
    assert plenty["lost"] == 0


def test_progress_ends_where_it_was_announced(store: Store) -> None:
    lived(store)
    told: list[float] = []
    tried(store, budget=10**6, done=told.append)
    assert told == sorted(told)
    assert told[-1] == 2
