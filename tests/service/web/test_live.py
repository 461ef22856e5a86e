"""The streams that tell a page to fetch itself again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from service.auth.sessions import close_session
from service.escalation import incidents
from service.runtime import Runtime
from service.store.reads.live import incident_mark, overview_mark
from service.store.tables import BlindSpotRow
from service.web.live import SESSION_EVERY
from tests.builders import NOON, a_rollup
from tests.fakes import FakeClock
from tests.service.web.conftest import SignIn
from tests.service.web.crisis import a_crisis
from tests.service.web.serving import served


@pytest.fixture(autouse=True)
def incident(runtime: Runtime) -> int:
    with runtime.store.write() as session:
        return a_crisis(session)


@pytest.fixture
def address(app: FastAPI) -> Iterator[str]:
    app.state.look_every = 0.05
    with served(app) as address:
        yield address


def events(answer: httpx.Response) -> Iterator[str]:
    """The names of the events, as they come."""
    for line in answer.iter_lines():
        if line.startswith("event:"):
            yield line.removeprefix("event:").strip()


def mark(runtime: Runtime) -> str:
    with runtime.store.read() as session:
        told = incident_mark(session, 1, now=NOON)
    assert told is not None
    return told


def cookies(client: TestClient) -> dict[str, str]:
    return dict(client.cookies)


@pytest.mark.parametrize("path", ["/live/overview", "/live/incidents/1"])
def test_strangers_get_no_stream_and_no_redirect(visitor: TestClient, path: str) -> None:
    assert visitor.get(path).status_code == 401


def test_a_stream_of_nothing_is_refused(sign_in: SignIn) -> None:
    assert sign_in().get("/live/incidents/99").status_code == 404


def test_a_change_is_told_once(runtime: Runtime, sign_in: SignIn, address: str) -> None:
    url = f"{address}/live/incidents/1?seen={mark(runtime)}"
    with httpx.stream("GET", url, cookies=cookies(sign_in("viewer")), timeout=10) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert answer.headers["cache-control"] == "no-store"
        told = events(answer)
        assert next(told) == "hello"
        with runtime.store.write() as session:
            incidents.acknowledge(session, 1, actor="ines", now=NOON)
        assert next(told) == "changed"


def test_what_changed_between_page_and_stream_is_told(sign_in: SignIn, address: str) -> None:
    url = f"{address}/live/overview?seen=older"
    with httpx.stream("GET", url, cookies=cookies(sign_in()), timeout=10) as answer:
        told = events(answer)
        assert [next(told), next(told)] == ["hello", "changed"]


def test_a_stream_ends_when_its_session_does(
    runtime: Runtime, sign_in: SignIn, address: str, clock: FakeClock
) -> None:
    client = sign_in()
    url = f"{address}/live/incidents/1?seen={mark(runtime)}"
    with httpx.stream("GET", url, cookies=cookies(client), timeout=10) as answer:
        told = events(answer)
        assert next(told) == "hello"
        with runtime.store.write() as session:
            close_session(session, client.cookies["groundswell_session"])
        clock.advance(SESSION_EVERY)
        # The passing of time may move an hour out of the mark first.
        assert list(told)[-1] == "ended"


def test_marks_change_with_what_is_shown_and_with_nothing_else(runtime: Runtime) -> None:
    first = mark(runtime)
    assert mark(runtime) == first
    with runtime.store.write() as session:
        incidents.add_note(session, 1, actor="ines", text="x", now=NOON)
    second = mark(runtime)
    assert second != first
    with runtime.store.write() as session:
        a_rollup(session, query=1, bucket=NOON, grain="hour", platform="reddit", mentions=1)
    assert mark(runtime) != second
    with runtime.store.write() as session:
        before = overview_mark(session)
        session.add(
            BlindSpotRow(
                source_id=1, started_at=NOON, reason="x", ended_at=NOON + timedelta(minutes=1)
            )
        )
        session.flush()
        assert overview_mark(session) == before
        session.add(BlindSpotRow(source_id=1, started_at=NOON, reason="x"))
        session.flush()
        assert overview_mark(session) != before
        assert incident_mark(session, 99, now=NOON) is None
