"""What another text would have made of the past, on the pages of queries and lists."""

from __future__ import annotations

import re
import time

import pytest
from fastapi.testclient import TestClient

from service.runtime import Runtime
from tests.builders import a_named_list
from tests.fakes import FakeClock
from tests.service.history_diff.scenes import UNTIL, lived
from tests.service.web.conftest import SignIn


@pytest.fixture
def past(runtime: Runtime, clock: FakeClock) -> None:
    lived(runtime.store)
    with runtime.store.write() as session:
        a_named_list(session, "words", "fire")
    clock.moment = UNTIL


def asked(client: TestClient, path: str, text: str) -> str:
    """The page of the result."""
    csrf = re.search(r'name="csrf" value="([^"]+)"', client.get(path).text)
    assert csrf is not None
    answer = client.post(f"{path}/history", data={"csrf": csrf[1], "text": text})
    if answer.status_code != 303:
        return answer.text
    for _ in range(600):
        page = client.get(answer.headers["location"])
        assert page.status_code == 200
        if "<progress" not in page.text:
            return page.text
        time.sleep(0.05)
    raise AssertionError("it never ended")


def test_another_text_of_a_query_shows_what_would_be_gone(past: None, sign_in: SignIn) -> None:
    client = sign_in("viewer")
    page = asked(client, "/queries/1", "acme NOT horrible")
    assert "Would be gone: 60" in page
    assert "Alerts of acme" in page
    assert "Would vanish" in page
    assert "Nothing changed" in asked(client, "/queries/lists/1", "flood")
    assert client.get("/backtest?run=never").status_code == 404


def test_a_text_that_cannot_be_read_is_shown_with_its_mistake(past: None, sign_in: SignIn) -> None:
    page = asked(sign_in(), "/queries/1", "acme AND (")
    assert "The query cannot be read" in page
    assert "acme AND (" in page
