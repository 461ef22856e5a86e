"""Is it about us? Asked on the mention's page, answered after a look at what would change."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from service.runtime import Runtime
from service.store.relevance_examples import holding
from tests.service.web.conftest import SignIn
from tests.service.web.crisis import a_crisis

ASK = "/mentions/1/verdict?brand=acme&answer="


@pytest.fixture(autouse=True)
def incident(runtime: Runtime) -> int:
    with runtime.store.write() as session:
        return a_crisis(session)


def said(runtime: Runtime) -> list[str]:
    with runtime.store.read() as session:
        return [each.verdict.value for each in holding(session, 1).values()]


def answer(client: TestClient, answer: str) -> int:
    found = re.search(r'name="csrf" value="([^"]+)"', client.get(ASK + answer).text)
    form = {"brand": "acme", "answer": answer, "csrf": found[1] if found else ""}
    return client.post("/mentions/1/verdict", data=form).status_code


def test_a_responder_is_shown_what_would_change_and_nothing_has(
    runtime: Runtime, sign_in: SignIn
) -> None:
    client = sign_in("responder")
    assert "Is it about Acme?" in client.get("/mentions/1").text
    page = client.get(ASK + "not-us").text
    for told in ("Not about Acme", "What would change", "of the last 3 mentions", "Yes, not us"):
        assert told in page
    assert said(runtime) == []


def test_a_responder_says_it_changes_it_and_undoes_it(runtime: Runtime, sign_in: SignIn) -> None:
    client = sign_in("responder")
    assert answer(client, "not-us") == 303
    assert said(runtime) == ["not-us"]
    assert "Not about Acme, says <b>responder0</b>" in client.get("/mentions/1").text
    assert answer(client, "about-us") == 303
    assert said(runtime) == ["about-us"]
    assert answer(client, "undo") == 303
    assert said(runtime) == []
    assert client.get(ASK + "undo").status_code == 404


def test_a_viewer_sees_but_does_not_say(runtime: Runtime, sign_in: SignIn) -> None:
    client = sign_in("viewer")
    assert "verdict?brand" not in client.get("/mentions/1").text
    assert "Yes, not us" not in client.get(ASK + "not-us").text
    assert answer(client, "not-us") == 403
    assert said(runtime) == []


def test_an_incident_that_is_not_us_teaches_its_posts(runtime: Runtime, sign_in: SignIn) -> None:
    client = sign_in("responder")
    found = re.search(r'name="csrf" value="([^"]+)"', client.get("/incidents/1").text)
    assert found is not None
    client.post("/incidents/1/verdicts", data={"csrf": found[1], "verdict": "not-us"})
    assert said(runtime) == ["not-us"]


def test_an_unknown_brand_or_answer_is_refused(sign_in: SignIn) -> None:
    client = sign_in()
    assert client.get("/mentions/1/verdict?brand=nobody&answer=not-us").status_code == 404
    assert client.get(ASK + "maybe").status_code == 422
