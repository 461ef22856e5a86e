"""From rollups to an incident with its page, in one transaction; by one of two workers."""

from __future__ import annotations

import json
import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from rules.incident import Verdict
from rules.severity import Severity
from service.escalation.detect import detect
from service.escalation.incidents import give_verdict, resolve
from service.store.engine import Store
from service.store.heartbeats import list_heartbeats
from service.store.reads.incident import incident_view
from service.store.tables import (
    AlertRow,
    BrandRow,
    DeliveryRow,
    DetectorStateRow,
    IncidentRow,
    QueryRow,
    TimelineRow,
)
from tests.builders import NOON, a_brand, a_query, a_rollup, minutes
from tests.service.escalation.scenes import a_fire, history, people, sent


def count(store: Store, table: type) -> int:
    with store.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_fire_opens_an_incident_and_pages_who_is_on_call(store: Store) -> None:
    with store.write() as session:
        a_fire(session)
        people(session)
    assert len(detect(store, now=NOON)) == 1
    with store.read() as session:
        incident = session.scalars(select(IncidentRow)).one()
        view = incident_view(session, incident.id, now=NOON)
    assert view.severity is Severity.SEV1
    assert view.on_call == ("ines",)
    assert view.next_escalation == ("ines", NOON + minutes(10))
    assert view.first_mention_at == NOON - minutes(29)
    assert view.clock["collected"] == NOON
    assert view.clock["alerted"] == NOON
    assert view.reasons[0].startswith("360 negative in 60 min")
    assert view.top[0].excerpt == "the kettle caught fire"
    assert view.suggestion is not None
    assert len(view.chart) == 24
    assert [row.person for row in sent(store, "page")] == ["ines"]
    assert len(sent(store, "card")) == 1
    assert history(store, view.id) == ["opened", "paged"]


def test_the_next_looks_write_nothing(store: Store) -> None:
    with store.write() as session:
        a_fire(session)
    assert len(detect(store, now=NOON)) == 1
    before = [count(store, table) for table in (AlertRow, TimelineRow, DeliveryRow)]
    for n in range(1, 4):
        assert detect(store, now=NOON + minutes(n)) == []
    assert [count(store, table) for table in (AlertRow, TimelineRow, DeliveryRow)] == before


def test_only_enabled_brand_queries_of_brands_that_are_not_archived_are_looked_at(
    store: Store,
) -> None:
    with store.write() as session:
        one, two, three = (a_fire(session, name=name) for name in ("A", "B", "C"))
        session.get_one(QueryRow, one.query).enabled = False
        session.get_one(QueryRow, two.query).role = "competitor"
        session.get_one(BrandRow, three.brand).archived_at = NOON
    assert detect(store, now=NOON) == []


def test_two_workers_open_one_incident_and_page_once(store: Store) -> None:
    with store.write() as session:
        a_fire(session)
        people(session)
    together = threading.Barrier(4)
    written: list[int] = []

    def work() -> None:
        together.wait()
        written.extend(detect(store, now=NOON))

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(written) == 1
    assert count(store, IncidentRow) == 1
    assert count(store, AlertRow) == 1
    assert len(sent(store, "page")) == 1
    with store.read() as session:
        assert not [beat for beat in list_heartbeats(session) if beat.failed_at]


def test_a_failure_in_the_middle_leaves_nothing_behind_and_is_made_up_for(store: Store) -> None:
    with store.write() as session:
        scene = a_fire(session)
        # An alert of the same window is there already: the last row of the transaction fails.
        session.add(
            AlertRow(
                brand_id=scene.brand,
                query_id=scene.query,
                signal="negative_volume",
                kind="started",
                severity=1,
                window_start=NOON - minutes(60),
                window_end=NOON,
                found_at=NOON,
                finding={},
                decision="ignore",
                decision_reason="",
                versions={},
            )
        )
    assert detect(store, now=NOON) == []
    for table in (IncidentRow, TimelineRow, DeliveryRow, DetectorStateRow):
        assert count(store, table) == 0
    with store.read() as session:
        beats = list_heartbeats(session)
    assert [beat.job for beat in beats] == [f"detect:{scene.query}"]
    assert beats[0].last_error is not None
    assert len(detect(store, now=NOON + minutes(1))) == 1
    assert count(store, IncidentRow) == 1
    with store.read() as session:
        assert list_heartbeats(session) == []


def test_one_poisoned_query_does_not_stop_the_others(store: Store) -> None:
    with store.write() as session:
        poisoned = a_fire(session, name="Poison")
        a_fire(session, name="Acme")
        session.add(
            DetectorStateRow(
                query_id=poisoned.query,
                signal="negative_volume",
                state={"started": 1, "severity": 77},
                observed_at=NOON,
            )
        )
    assert len(detect(store, now=NOON)) == 1
    with store.read() as session:
        assert [beat.job for beat in list_heartbeats(session)] == [f"detect:{poisoned.query}"]


def test_the_end_of_the_spike_sets_the_time_to_resolve(store: Store) -> None:
    with store.write() as session:
        a_fire(session)
    detect(store, now=NOON)
    for n in range(1, 7):
        for half in (0, 30):
            detect(store, now=NOON + timedelta(hours=n, minutes=half))
    with store.read() as session:
        incident = session.scalars(select(IncidentRow)).one()
        kinds = [alert.kind for alert in session.scalars(select(AlertRow))]
    assert kinds == ["started", "ended"]
    assert incident.spike_ended_at is not None
    assert incident.resolve_at == incident.spike_ended_at + timedelta(hours=2)
    assert history(store, incident.id)[-1] == "spike-ended"


def test_a_new_fire_soon_after_the_resolution_reopens_and_pages_again(store: Store) -> None:
    with store.write() as session:
        scene = a_fire(session)
        people(session)
    detect(store, now=NOON)
    later = NOON + timedelta(hours=5, minutes=30)
    for n in range(1, 12):
        detect(store, now=NOON + minutes(30 * n))
    with store.write() as session:
        incident_id = session.scalars(select(IncidentRow.id)).one()
        resolve(session, incident_id, actor="ines", now=later)
        for n in range(40):
            a_rollup(
                session,
                query=scene.query,
                bucket=later + minutes(n),
                mentions=20,
                negative=20,
            )
    assert len(detect(store, now=later + minutes(40))) == 1
    with store.read() as session:
        view = incident_view(session, incident_id, now=later + minutes(40))
    assert view.status == "open"
    assert view.resolved_at is None
    assert "reopened" in history(store, incident_id)
    assert len(sent(store, "page")) == 2


def test_a_dismissed_spike_does_not_come_back_as_a_page(store: Store) -> None:
    with store.write() as session:
        scene = a_fire(session)
    detect(store, now=NOON)
    for n in range(1, 12):
        detect(store, now=NOON + minutes(30 * n))
    later = NOON + timedelta(hours=5, minutes=30)
    with store.write() as session:
        incident_id = session.scalars(select(IncidentRow.id)).one()
        give_verdict(session, incident_id, actor="ines", verdict=Verdict.NOT_US, now=later)
        resolve(session, incident_id, actor="ines", now=later)
        for n in range(40):
            a_rollup(session, query=scene.query, bucket=later + minutes(n), mentions=9, negative=9)
    pages = len(sent(store, "page"))
    assert len(detect(store, now=later + minutes(40))) == 1
    assert len(sent(store, "page")) == pages
    with store.read() as session:
        alert = session.scalars(select(AlertRow).order_by(AlertRow.id.desc())).first()
    assert alert is not None
    assert (alert.decision, alert.incident_id) == ("ignore", None)
    assert "not-us" in alert.decision_reason


def test_a_broken_policy_pages_by_the_default_one(sqlite_store: Store) -> None:
    with sqlite_store.write() as session:
        scene = a_fire(session)
        session.get_one(BrandRow, scene.brand).policy = "no such policy"
    assert len(detect(sqlite_store, now=NOON)) == 1
    assert len(sent(sqlite_store, "page")) == 1


def test_a_voice_that_cannot_be_read_does_not_hold_up_the_page(sqlite_store: Store) -> None:
    with sqlite_store.write() as session:
        scene = a_fire(session)
        session.get_one(BrandRow, scene.brand).voice = {"templates": 7}
    assert len(detect(sqlite_store, now=NOON)) == 1
    assert len(sent(sqlite_store, "page")) == 1


def test_the_same_facts_give_the_same_alerts_byte_for_byte(sqlite_store: Store) -> None:
    with sqlite_store.write() as session:
        one = a_fire(session, name="One")
        two = a_fire(session, name="Two")
    detect(sqlite_store, now=NOON)
    with sqlite_store.read() as session:
        told = {
            alert.query_id: json.dumps(alert.finding, sort_keys=True)
            for alert in session.scalars(select(AlertRow))
        }
    assert told[one.query] == told[two.query]


@pytest.mark.parametrize("count_negative", [0, 5])
def test_a_quiet_query_is_not_even_read(sqlite_store: Store, count_negative: int) -> None:
    with sqlite_store.write() as session:
        query = a_query(session, brand=a_brand(session))
        a_rollup(
            session, query=query, bucket=NOON - minutes(1), mentions=9, negative=count_negative
        )
    assert detect(sqlite_store, now=NOON) == []
    assert count(sqlite_store, DetectorStateRow) == 0
