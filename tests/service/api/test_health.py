"""/healthz, /readyz and /metrics."""

from __future__ import annotations

from service.metrics import Metrics, Standing
from service.store.heartbeats import beat
from service.store.tables import BlindSpotRow, DeliveryRow
from tests.builders import NOON, a_brand, a_query, a_source, an_incident, minutes
from tests.service.api.conftest import Api


def test_the_process_is_alive(quick: Api) -> None:
    assert quick.client.get("/healthz").json() == {"status": "ok"}


def test_it_is_ready_while_its_jobs_beat(both: Api) -> None:
    assert both.client.get("/readyz").json()["reasons"] == ["no job has run yet"]
    with both.store.write() as session:
        beat(session, "poll", now=NOON)
        beat(session, "tidy", now=NOON)
        beat(session, "detect:7", now=NOON)
    both.clock.advance_minutes(1)
    assert both.client.get("/readyz").status_code == 200
    both.clock.advance_minutes(4)

    late = both.client.get("/readyz")

    assert late.status_code == 503
    assert late.json()["reasons"] == ["the job poll last ran 300 seconds ago"]


def test_it_is_not_ready_without_its_schema(quick: Api) -> None:
    with quick.store.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM alembic_version")

    answer = quick.client.get("/readyz")

    assert answer.status_code == 503
    assert "groundswell migrate" in answer.json()["reasons"][0]


def test_metrics_tell_how_things_stand_in_the_store(both: Api) -> None:
    with both.store.write() as session:
        query = a_query(session, brand=a_brand(session))
        an_incident(session, query=query, severity=1)
        an_incident(session, query=query, severity=1, status="resolved")
        source = a_source(session, state="failing")
        session.add(BlindSpotRow(source_id=source, started_at=NOON, ended_at=None, reason="away"))
        session.add(
            DeliveryRow(
                kind="card",
                notifier="console",
                destination="console",
                payload={},
                due_at=NOON - minutes(2),
                created_at=NOON - minutes(2),
            )
        )
        beat(session, "poll", now=NOON - minutes(1))

    answer = both.client.get("/metrics")

    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    lines = answer.text.splitlines()
    for line in (
        'groundswell_incidents_open{severity="SEV1"} 1.0',
        'groundswell_incidents_open{severity="SEV2"} 0.0',
        'groundswell_deliveries{state="due"} 1.0',
        "groundswell_oldest_due_delivery_age_seconds 120.0",
        'groundswell_sources{state="failing"} 1.0',
        "groundswell_blind_sources 1.0",
        'groundswell_heartbeat_age_seconds{job="poll"} 60.0',
    ):
        assert line in lines


def test_two_services_in_one_process_do_not_add_up() -> None:
    one, other = Metrics(), Metrics()
    one.mentions.inc(5)

    assert "groundswell_mentions_stored_total 5.0" in one.render(Standing()).decode()
    assert "groundswell_mentions_stored_total 0.0" in other.render(Standing()).decode()
