"""Silent failures are told of, once, and in a place that works."""

from __future__ import annotations

from datetime import timedelta

from service.escalation.watchdog import watch
from service.store.engine import Store
from service.store.heartbeats import beat
from service.store.tables import BlindSpotRow, DeliveryRow, SourceRow
from tests.builders import NOON, a_brand, a_source, minutes
from tests.service.escalation.scenes import sent
from tests.service.escalation.test_incidents import an_open


def test_an_incident_whose_page_was_never_sent_is_told_once(store: Store) -> None:
    made = an_open(store)
    assert watch(store, now=NOON + minutes(1)) == []
    assert watch(store, now=NOON + minutes(3)) == [f"untold:{made}"]
    assert watch(store, now=NOON + minutes(4)) == []
    assert [row.destination for row in sent(store, "system")] == ["console"]
    assert "no page has reached anybody" in sent(store, "system")[0].payload["text"]


def test_a_page_that_was_sent_is_no_trouble(store: Store) -> None:
    made = an_open(store)
    with store.write() as session:
        session.add(
            DeliveryRow(
                incident_id=made,
                kind="page",
                notifier="slack",
                destination="#acme",
                payload={},
                state="sent",
                due_at=NOON,
                created_at=NOON,
                sent_at=NOON,
            )
        )
    assert watch(store, now=NOON + minutes(3)) == []


def test_a_source_that_stays_blind_is_told_once_per_blind_spot(store: Store) -> None:
    with store.write() as session:
        a_brand(session, channel="#acme")
        source = a_source(session, name="papers")
        session.add(BlindSpotRow(source_id=source, started_at=NOON, reason="HTTP 503"))
        session.flush()
    assert watch(store, now=NOON + minutes(30)) == []
    first = watch(store, now=NOON + minutes(31))
    assert len(first) == 1
    assert watch(store, now=NOON + timedelta(days=3)) == []
    assert {row.destination for row in sent(store, "system")} == {"#acme", "console"}
    assert sent(store, "system")[0].payload["text"] == (
        "Source papers cannot be heard since 2026-03-04 12:00 UTC: HTTP 503"
    )
    with store.write() as session:
        session.add(
            BlindSpotRow(source_id=source, started_at=NOON + timedelta(days=3), reason="HTTP 500")
        )
    assert len(watch(store, now=NOON + timedelta(days=3, hours=1))) == 1


def test_a_disabled_source_and_an_ended_blind_spot_are_no_trouble(sqlite_store: Store) -> None:
    with sqlite_store.write() as session:
        one, two = a_source(session), a_source(session)
        session.add(BlindSpotRow(source_id=one, started_at=NOON, reason="x"))
        session.get_one(SourceRow, one).enabled = False
        session.add(
            BlindSpotRow(source_id=two, started_at=NOON, ended_at=NOON + minutes(40), reason="x")
        )
    assert watch(sqlite_store, now=NOON + timedelta(hours=1)) == []


def test_a_job_that_stands_still_is_told_of(store: Store) -> None:
    with store.write() as session:
        beat(session, "detect", now=NOON)
        beat(session, "deliver", now=NOON + minutes(9))
        beat(session, "tidy", now=NOON - timedelta(hours=1))
    assert watch(store, now=NOON + minutes(10)) == [f"still:detect:{NOON.isoformat()}"]
    assert watch(store, now=NOON + minutes(11)) == []


def test_when_everything_stood_still_the_program_was_away(store: Store) -> None:
    with store.write() as session:
        for job in ("detect", "deliver", "tidy"):
            beat(session, job, now=NOON)
    told = watch(store, now=NOON + timedelta(hours=2))
    assert told == [f"away:{NOON.isoformat()}"]


def test_a_step_that_keeps_failing_is_told_of(store: Store) -> None:
    with store.write() as session:
        beat(session, "detect:7", now=NOON, error="ValueError: 77 is not a valid Severity")
    assert watch(store, now=NOON) == []
    with store.write() as session:
        beat(session, "detect:7", now=NOON + minutes(2), error="ValueError: 77")
    assert watch(store, now=NOON + minutes(2)) == [f"failing:detect:7:{NOON.isoformat()}"]
