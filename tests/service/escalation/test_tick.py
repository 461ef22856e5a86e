"""Deadlines: nobody answers, nobody answers ever, it is over."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest

from rules.incident import DEFAULT_POLICY, Status
from service.escalation.incidents import acknowledge
from service.escalation.tick import escalate_due, resolve_quiet
from service.store.engine import Store
from service.store.heartbeats import list_heartbeats
from service.store.tables import IncidentRow
from tests.builders import NOON, a_brand, a_query, an_incident, minutes
from tests.service.escalation.scenes import history, people, sent
from tests.service.escalation.test_incidents import an_open, now_of


def test_each_step_pages_when_its_time_has_come_and_the_last_one_says_so(store: Store) -> None:
    made = an_open(store)
    at = NOON
    times: list[datetime] = []
    while now_of(store, made).escalate_at is not None and len(times) < 20:
        at += minutes(1)
        times += [at] * escalate_due(store, now=at)
    assert [(time - NOON) / minutes(1) for time in times] == [
        *(10.0, 20.0),
        *(30.0, 40.0, 50.0),
        *(60.0, 70.0, 80.0),
    ]
    people_paged = [row.person for row in sent(store, "page")]
    assert people_paged == ["ines", "omar", *["ines", "ines", "omar"] * 2]
    assert escalate_due(store, now=at + timedelta(days=1)) == 0


def test_an_acknowledged_incident_pages_nobody_any_more(store: Store) -> None:
    made = an_open(store)
    with store.write() as session:
        acknowledge(session, made, actor="ines", now=NOON + minutes(9))
    assert escalate_due(store, now=NOON + timedelta(hours=1)) == 0
    assert sent(store, "page") == []


def test_after_hours_of_standstill_one_page_goes_out_not_all_that_were_missed(
    store: Store,
) -> None:
    made = an_open(store)
    late = NOON + timedelta(hours=5)
    assert escalate_due(store, now=late) == 1
    assert escalate_due(store, now=late) == 0
    assert now_of(store, made).escalate_at == late + minutes(10)


def test_two_workers_escalate_once(store: Store) -> None:
    an_open(store)
    together = threading.Barrier(4)
    handled: list[int] = []

    def work() -> None:
        together.wait()
        handled.append(escalate_due(store, now=NOON + minutes(10)))

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(handled) == 1
    assert len(sent(store, "page")) == 1


def test_a_policy_without_a_page_left_says_so(store: Store) -> None:
    made = an_open(store, escalation_step=9)
    assert escalate_due(store, now=NOON + minutes(10)) == 1
    assert history(store, made) == ["escalation-exhausted"]
    assert now_of(store, made).escalate_at is None


@pytest.mark.parametrize("who", ["people", "nobody"])
def test_a_page_goes_out_even_when_nobody_is_known(sqlite_store: Store, who: str) -> None:
    with sqlite_store.write() as session:
        if who == "people":
            people(session)
        an_incident(
            session,
            query=a_query(session, brand=a_brand(session)),
            policy=DEFAULT_POLICY.to_json(),
            escalate_at=NOON,
        )
    assert escalate_due(sqlite_store, now=NOON) == 1
    assert [row.person for row in sent(sqlite_store, "page")] == [
        "ines" if who == "people" else None
    ]


def test_a_policy_that_cannot_be_read_escalates_by_the_default_one(sqlite_store: Store) -> None:
    an_open(sqlite_store, policy={"steps": "?"})
    assert escalate_due(sqlite_store, now=NOON + minutes(10)) == 1
    assert len(sent(sqlite_store, "page")) == 1


def test_one_poisoned_incident_does_not_stop_the_others(sqlite_store: Store) -> None:
    made = an_open(sqlite_store)
    with sqlite_store.write() as session:
        poisoned = an_incident(
            session,
            query=session.get_one(IncidentRow, made).query_id,
            status="open",
            severity=77,
            escalate_at=NOON,
        )
    assert escalate_due(sqlite_store, now=NOON + minutes(10)) == 1
    with sqlite_store.read() as session:
        failing = [beat.job for beat in list_heartbeats(session) if beat.failed_at]
    assert failing == [f"escalate:{poisoned}"]


OVER = {
    "spike_ended_at": NOON - timedelta(hours=2),
    "resolve_at": NOON,
    "escalate_at": None,
}


def test_what_is_over_and_quiet_resolves_itself_and_says_why(store: Store) -> None:
    made = an_open(store, status="acknowledged", **OVER)
    assert resolve_quiet(store, now=NOON - minutes(1)) == 0
    assert resolve_quiet(store, now=NOON) == 1
    after = now_of(store, made)
    assert (after.status, after.resolved_by) == (Status.RESOLVED, "groundswell")
    told = sent(store, "note")[0].payload["text"]
    assert "spike ended at 2026-03-04 10:00 UTC" in told
    assert history(store, made) == ["resolved"]


def test_an_unanswered_sev2_resolves_and_says_that_nobody_had_answered(store: Store) -> None:
    made = an_open(store, **OVER)
    assert resolve_quiet(store, now=NOON) == 1
    assert now_of(store, made).status is Status.RESOLVED
    assert sent(store, "note")[0].payload["text"].endswith("Nobody had acknowledged it.")


def test_a_crisis_that_nobody_answered_stays_open_until_somebody_does(store: Store) -> None:
    made = an_open(store, severity=1, **OVER)
    assert resolve_quiet(store, now=NOON) == 1
    assert now_of(store, made).status is Status.OPEN
    assert history(store, made) == ["kept-open"]
    assert resolve_quiet(store, now=NOON + timedelta(days=1)) == 0
    with store.write() as session:
        acknowledge(session, made, actor="ines", now=NOON + timedelta(days=1))
    assert resolve_quiet(store, now=NOON + timedelta(days=1, hours=2)) == 1
    assert now_of(store, made).status is Status.RESOLVED
