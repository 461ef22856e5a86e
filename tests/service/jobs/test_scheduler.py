"""The ticks: each leaves a heartbeat, one that fails is seen, and the end is clean."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from service.jobs.polling import Polling, release_leases
from service.jobs.scheduler import Scheduler
from service.jobs.table import jobs
from service.runtime import Runtime, build_runtime
from service.settings import Settings
from service.store.heartbeats import list_heartbeats
from service.store.outbox import enqueue, lease
from service.store.tables import MentionRow, SourceRow
from tests.builders import a_brand, a_query, a_source, an_incident


@pytest.fixture
def runtime(tmp_path: Path) -> Iterator[Runtime]:
    built = build_runtime(Settings(data_dir=tmp_path / "data"))
    built.store.migrate()
    yield built
    built.close()


def until(true: Callable[[], object], *, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


def beating(runtime: Runtime) -> set[str]:
    with runtime.store.read() as session:
        return {beat.job for beat in list_heartbeats(session)}


def test_every_job_runs_at_once_and_leaves_a_heartbeat(runtime: Runtime) -> None:
    scheduler = Scheduler(runtime)
    scheduler.start()
    try:
        until(
            lambda: beating(runtime) >= {"poll", "detect", "escalate", "deliver", "watch", "tidy"}
        )
    finally:
        scheduler.close()
    with runtime.store.read() as session:
        assert [beat.last_error for beat in list_heartbeats(session) if beat.last_error] == []


def test_a_due_source_is_polled_and_its_mentions_are_stored(
    runtime: Runtime, tmp_path: Path
) -> None:
    path = tmp_path / "posts.jsonl"
    path.write_text('{"id": "1", "platform": "web", "text": "acme leaks"}\n', "utf-8")
    with runtime.store.write() as session:
        a_query(session, brand=a_brand(session), text="acme")
        a_source(session, settings={"path": str(path)})
    scheduler = Scheduler(runtime)
    scheduler.start()

    def stored() -> list[str]:
        with runtime.store.read() as session:
            return list(session.scalars(select(MentionRow.text)))

    try:
        until(stored)
    finally:
        scheduler.close()
    assert stored() == ["acme leaks"]


def test_a_job_that_fails_is_seen_and_goes_on(runtime: Runtime) -> None:
    scheduler = Scheduler(runtime)
    scheduler.start()
    with runtime.store.write() as session:
        session.connection().exec_driver_sql("ALTER TABLE deliveries RENAME TO gone")

    def errors() -> dict[str, str | None]:
        with runtime.store.read() as session:
            return {beat.job: beat.last_error for beat in list_heartbeats(session)}

    try:
        until(lambda: errors().get("deliver"))
        assert "deliveries" in (errors()["deliver"] or "")
    finally:
        scheduler.close()


def test_what_a_dead_process_left_leased_is_due_again_at_the_start(runtime: Runtime) -> None:
    now = runtime.clock.now()
    hour = timedelta(hours=1)
    with runtime.store.write() as session:
        leased = {"leased_until": now + hour, "next_poll_at": now + hour}
        a_source(session, name="long ago", last_polled_at=now - hour, **leased)
        a_source(session, name="just now", last_polled_at=now, **leased)
        incident = an_incident(session, query=a_query(session, brand=a_brand(session)))
        facts = {"incident_id": incident, "notifier": "console", "destination": "console"}
        enqueue(session, kind="card", now=now - hour, **facts)
    with runtime.store.write() as session:
        assert lease(session, now=now, length=hour) is not None
    with runtime.store.write() as session:
        assert lease(session, now=now, length=hour) is None
    release_leases(runtime)
    with runtime.store.read() as session:
        due = dict(session.execute(select(SourceRow.name, SourceRow.next_poll_at)).all())
        assert session.scalars(select(SourceRow.leased_until)).all() == [None, None]
    assert due["long ago"] <= runtime.clock.now()
    assert due["just now"] == now + timedelta(minutes=1)
    with runtime.store.write() as session:
        assert lease(session, now=runtime.clock.now(), length=hour) is not None


def test_a_pool_that_is_full_takes_nothing_more(runtime: Runtime, tmp_path: Path) -> None:
    fifo = tmp_path / "slow"
    polling = Polling(workers=1)
    release = threading.Event()
    polling._pool.submit(release.wait)
    polling._running = 1
    with runtime.store.write() as session:
        a_source(session, settings={"path": str(fifo)})
    polling.tick(runtime)
    with runtime.store.read() as session:
        assert session.scalars(select(SourceRow.leased_until)).one() is None
    release.set()
    polling.close()


def test_every_job_says_what_it_does() -> None:
    polling = Polling(workers=1)
    table = jobs(polling)
    polling.close()
    assert all(job.summary and job.every > timedelta(0) for job in table.values())
