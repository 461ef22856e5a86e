"""Silent failures are told of, once, and in a place that works."""

from __future__ import annotations

from datetime import timedelta

from service.escalation.troubles import clear_trouble, note_trouble
from service.escalation.watchdog import watch
from service.store.engine import Store
from service.store.heartbeats import beat, expire_steps, list_heartbeats
from service.store.tables import BlindSpotRow, DeliveryRow, SourceRow
from tests.builders import NOON, a_brand, a_source, minutes
from tests.service.escalation.scenes import sent
from tests.service.escalation.test_incidents import an_open


def a_page_sent_at_noon(incident: int) -> DeliveryRow:
    return DeliveryRow(
        incident_id=incident,
        kind="page",
        notifier="slack",
        destination="#acme",
        payload={},
        state="sent",
        due_at=NOON,
        created_at=NOON,
        sent_at=NOON,
    )


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
        session.add(a_page_sent_at_noon(made))
    assert watch(store, now=NOON + minutes(3)) == []


def test_a_page_sent_before_the_last_one_was_written_does_not_count_for_it(store: Store) -> None:
    made = an_open(store, paged_at=NOON + minutes(30))
    with store.write() as session:
        session.add(a_page_sent_at_noon(made))
    assert watch(store, now=NOON + minutes(31)) == []
    assert watch(store, now=NOON + minutes(33)) == [f"untold:{made}"]


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


def test_after_a_start_jobs_that_beat_before_the_watchdog_looks_change_nothing(
    store: Store,
) -> None:
    later = NOON + timedelta(hours=2)
    with store.write() as session:
        for job in ("detect", "escalate", "watch"):
            beat(session, job, now=NOON)
        beat(session, "deliver", now=later)
    assert watch(store, now=later) == [f"away:{NOON.isoformat()}"]


def test_a_step_that_keeps_failing_is_told_of(store: Store) -> None:
    with store.write() as session:
        beat(session, "detect:7", now=NOON, error="ValueError: 77 is not a valid Severity")
    assert watch(store, now=NOON) == []
    with store.write() as session:
        beat(session, "detect:7", now=NOON + minutes(2), error="ValueError: 77")
    assert watch(store, now=NOON + minutes(2)) == [f"failing:detect:7:{NOON.isoformat()}"]


def test_a_step_that_healed_and_fails_again_fails_since_then_only(store: Store) -> None:
    later = NOON + timedelta(days=90)
    note_trouble(store, "detect:7", error=ValueError("x"), now=NOON)
    with store.write() as session:
        clear_trouble(session, "detect:7")
    note_trouble(store, "detect:7", error=ValueError("x"), now=later)
    assert watch(store, now=later) == []
    note_trouble(store, "detect:7", error=ValueError("x"), now=later + minutes(2))
    assert watch(store, now=later + minutes(2)) == [f"failing:detect:7:{later.isoformat()}"]


def test_a_failing_step_that_is_not_tried_any_more_is_forgotten(store: Store) -> None:
    note_trouble(store, "escalate:7", error=ValueError("x"), now=NOON)
    note_trouble(store, "escalate:8", error=ValueError("x"), now=NOON + timedelta(hours=20))
    with store.write() as session:
        beat(session, "detect", now=NOON, error="x")
        expire_steps(session, now=NOON + timedelta(hours=25))
    with store.read() as session:
        assert [one.job for one in list_heartbeats(session)] == ["detect", "escalate:8"]
