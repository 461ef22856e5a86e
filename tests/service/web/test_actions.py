"""What people change: who may, with which form, and that it is either kept or refused."""

from __future__ import annotations

import re
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from service.deps import WriteDep
from service.escalation import incidents
from service.runtime import Runtime
from service.store.reads.incident import IncidentView, incident_view
from service.store.sessions import add_session
from service.store.users import add_user, find_user
from tests.builders import NOON
from tests.service.web.conftest import SignIn
from tests.service.web.crisis import a_crisis

FORMS = {
    "acknowledge": {},
    "resolve": {"note": "The plug was changed."},
    "notes": {"text": "Called the factory."},
    "verdicts": {"verdict": "real"},
}


@pytest.fixture(autouse=True)
def incident(runtime: Runtime) -> int:
    with runtime.store.write() as session:
        return a_crisis(session)


def view(runtime: Runtime) -> IncidentView:
    with runtime.store.read() as session:
        return incident_view(session, 1, now=NOON)


def token(client: TestClient) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', client.get("/incidents/1").text)
    assert found is not None
    return found[1]


def act(client: TestClient, action: str, **fields: str) -> tuple[int, str]:
    answer = client.post(f"/incidents/1/{action}", data={"csrf": token(client)} | fields)
    return answer.status_code, answer.headers.get("location", answer.text)


def test_a_responder_works_through_an_incident(runtime: Runtime, sign_in: SignIn) -> None:
    client = sign_in("responder")
    assert act(client, "acknowledge") == (303, "/incidents/1")
    assert view(runtime).acknowledged_by == "responder0"
    assert act(client, "notes", text="Called the factory.") == (303, "/incidents/1#timeline")
    assert act(client, "verdicts", verdict="already-known") == (303, "/incidents/1#verdict")
    assert act(client, "resolve", note="The plug was changed.") == (303, "/incidents/1")
    told = view(runtime)
    assert told.resolved_by == "responder0"
    page = client.get("/incidents/1").text
    for text in ("Called the factory.", "Already known", "The plug was changed.", "Reopen"):
        assert text in page
    assert act(client, "reopen") == (303, "/incidents/1")
    assert view(runtime).status == "open"


@pytest.mark.parametrize("action", FORMS)
def test_a_viewer_changes_nothing(runtime: Runtime, sign_in: SignIn, action: str) -> None:
    before = view(runtime)
    status, page = act(sign_in("viewer"), action, **FORMS[action])
    assert status == 403
    assert "needs the role responder" in page
    assert view(runtime) == before


@pytest.mark.parametrize("action", FORMS)
@pytest.mark.parametrize("csrf", [None, "", "x" * 43])
def test_a_form_without_the_sessions_token_changes_nothing(
    runtime: Runtime, sign_in: SignIn, action: str, csrf: str | None
) -> None:
    before = view(runtime)
    form = FORMS[action] | ({} if csrf is None else {"csrf": csrf})
    answer = sign_in().post(f"/incidents/1/{action}", data=form)
    assert answer.status_code == 403
    assert "This form has expired" in answer.text
    assert view(runtime) == before


def test_the_token_of_another_session_does_not_do(runtime: Runtime, sign_in: SignIn) -> None:
    mine, theirs = sign_in(), sign_in()
    answer = mine.post("/incidents/1/acknowledge", data={"csrf": token(theirs)})
    assert answer.status_code == 403
    assert view(runtime).acknowledged_by is None


def test_a_right_form_sent_from_another_site_is_refused(sign_in: SignIn) -> None:
    client = sign_in()
    form, headers = {"csrf": token(client)}, {"sec-fetch-site": "cross-site"}
    assert client.post("/incidents/1/acknowledge", data=form, headers=headers).status_code == 403


def test_a_stranger_is_sent_to_sign_in(runtime: Runtime, visitor: TestClient) -> None:
    answer = visitor.post("/incidents/1/acknowledge", data={"csrf": "x"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/login")
    assert view(runtime).acknowledged_by is None


def test_who_comes_second_is_told_so(sign_in: SignIn) -> None:
    first, second = sign_in(), sign_in()
    act(first, "acknowledge")
    status, page = act(second, "acknowledge")
    assert status == 409
    assert "Somebody was faster" in page
    assert 'href="/incidents/1"' in page


def test_an_empty_note_and_an_unknown_verdict_are_refused(sign_in: SignIn) -> None:
    client = sign_in()
    assert act(client, "notes", text="  ")[0] == 422
    assert act(client, "notes", text="x" * 4001)[0] == 422
    assert act(client, "verdicts", verdict="whatever")[0] == 422


def test_a_form_without_measure_is_refused(sign_in: SignIn) -> None:
    client = sign_in()
    answer = client.post("/incidents/1/notes", data={"csrf": token(client), "text": "x" * 70_000})
    assert answer.status_code == 413


def test_a_commit_that_fails_is_an_error_and_not_a_lost_write(
    app: FastAPI, visitor: TestClient, runtime: Runtime
) -> None:
    def break_the_commit(session: WriteDep) -> str:
        # A deferred foreign key is looked at when the transaction commits, not before.
        session.connection().exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        add_user(session, name="lost", role="viewer", password_hash="!", now=NOON)
        add_session(session, user_id=999, token_hash="t", csrf_token="c", now=NOON, expires_at=NOON)
        return "done"

    app.add_api_route("/break", break_the_commit, methods=["POST"])
    assert visitor.post("/break").status_code == 500
    with runtime.store.read() as session:
        assert find_user(session, "lost") is None


def test_a_write_that_raises_leaves_nothing_behind(
    app: FastAPI, visitor: TestClient, runtime: Runtime
) -> None:
    def give_up(session: WriteDep) -> None:
        incidents.add_note(session, 1, actor="x", text="half", now=NOON)
        raise RuntimeError("no")

    app.add_api_route("/give-up", give_up, methods=["POST"])
    before = view(runtime)
    assert visitor.post("/give-up").status_code == 500
    assert view(runtime) == before


def test_a_hundred_writers_at_once_all_get_their_turn(app: FastAPI, runtime: Runtime) -> None:
    """More than the thread pool has threads: waiting for the one writer must cost none."""
    inside, most = [0], [0]
    lock = threading.Lock()

    def write(session: WriteDep) -> str:
        with lock:
            inside[0] += 1
            most[0] = max(most[0], inside[0])
        incidents.add_note(session, 1, actor="x", text="one of many", now=NOON)
        with lock:
            inside[0] -= 1
        return "done"

    app.add_api_route("/write", write, methods=["POST"])
    with TestClient(app) as client, ThreadPoolExecutor(100) as pool:
        answers = list(pool.map(lambda _: client.post("/write").status_code, range(100)))
    assert answers == [200] * 100
    assert most == [1]
    assert sum(entry.text == "one of many" for entry in view(runtime).timeline) == 100
