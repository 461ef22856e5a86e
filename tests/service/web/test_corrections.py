"""How does it sound towards us? Asked on the mention's page, answered after a look at what would
change."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from service.runtime import Runtime
from service.store.corrections import holding
from tests.service.web.conftest import SignIn
from tests.service.web.crisis import a_crisis

ASK = "/mentions/1/correction?brand=acme&answer="


@pytest.fixture(autouse=True)
def incident(runtime: Runtime) -> int:
    with runtime.store.write() as session:
        return a_crisis(session)


def said(runtime: Runtime) -> list[str]:
    with runtime.store.read() as session:
        return [each.label.value for each in holding(session, 1).values()]


def answer(client: TestClient, answer: str) -> int:
    found = re.search(r'name="csrf" value="([^"]+)"', client.get(ASK + answer).text)
    form = {"brand": "acme", "answer": answer, "csrf": found[1] if found else ""}
    return client.post("/mentions/1/correction", data=form).status_code


def test_a_responder_looks_corrects_and_undoes_it(runtime: Runtime, sign_in: SignIn) -> None:
    client = sign_in("responder")
    assert "Is it negative towards Acme?" in client.get("/mentions/1").text
    page = client.get(ASK + "neutral").text
    for told in ("Neutral towards Acme", "What would change", "of the last 3 mentions"):
        assert told in page
    assert said(runtime) == []
    assert answer(client, "neutral") == 303
    assert said(runtime) == ["neutral"]
    assert "Neutral towards Acme, says <b>responder0</b>" in client.get("/mentions/1").text
    assert answer(client, "undo") == 303
    assert said(runtime) == []
    assert client.get(ASK + "undo").status_code == 404


def test_a_viewer_sees_but_does_not_say(runtime: Runtime, sign_in: SignIn) -> None:
    client = sign_in("viewer")
    assert "correction?brand" not in client.get("/mentions/1").text
    assert "Yes, neutral" not in client.get(ASK + "neutral").text
    assert answer(client, "neutral") == 403
    assert said(runtime) == []
