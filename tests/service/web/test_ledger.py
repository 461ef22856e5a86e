"""The pages of the ledger: what rules were worth, what was missed, and the months."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from service.runtime import Runtime
from tests.builders import NOON, minutes
from tests.fakes import FakeClock
from tests.service.ledger.scenes import two_months
from tests.service.web.conftest import SignIn


@pytest.fixture
def brand(runtime: Runtime, clock: FakeClock) -> int:
    with runtime.store.write() as session:
        made = two_months(session)
    clock.moment = NOON + minutes(600)
    return made


def csrf(client: TestClient) -> str:
    told = re.search(r'name="csrf" value="([^"]+)"', client.get("/ledger").text)
    assert told is not None
    return told[1]


def test_each_rule_shows_its_precision_with_its_interval(brand: int, sign_in: SignIn) -> None:
    page = sign_in("viewer").get("/ledger?days=30").text
    assert "Precision of nights: 67 % (2 of 3; 21 to 94 %); aimed at 50 %" in page
    assert '<a href="/incidents/3">' in page
    assert "Kettles &lt;recalled&gt;" in page
    assert "Enter it" not in page
    assert "2026-02" in page


def test_what_was_missed_is_entered_and_removed_by_responders(brand: int, sign_in: SignIn) -> None:
    client = sign_in()
    form = {"csrf": csrf(client), "brand": "acme", "title": "Recall", "began": "2026-03-04T14:00"}
    done = client.post("/ledger/missed", data=form)
    assert (done.status_code, done.headers["location"]) == (
        303,
        "/ledger?brand=acme&entered=1#missed",
    )
    page = client.get("/ledger").text
    assert "2026-03-04 14:00 to 2026-03-04 22:00 UTC, entered by responder0" in page
    removed = client.post("/ledger/missed/2/remove", data={"csrf": form["csrf"], "brand": "acme"})
    assert removed.status_code == 303
    assert "Recall" not in client.get("/ledger").text


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("began", "2999-01-01T00:00", "must lie before its end"),
        ("began", "yesterday", "is no time"),
        ("post", "https://example.org/never", "is not stored"),
        ("title", "", "needs 1 to 200 characters"),
    ],
)
def test_what_cannot_be_entered_is_said_and_what_was_typed_stays(
    brand: int, sign_in: SignIn, field: str, value: str, said: str
) -> None:
    client = sign_in()
    form = {"csrf": csrf(client), "brand": "acme", "title": "Recall", "note": "typed", field: value}
    answer = client.post("/ledger/missed", data=form)
    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="typed"' in answer.text


def test_a_month_is_a_page_to_print(brand: int, sign_in: SignIn) -> None:
    page = sign_in("viewer").get("/ledger/months/2026-03?brand=acme").text
    assert "Alerts of Acme, 2026-03" in page
    assert "Fire 1 &lt;b&gt;" in page
    assert sign_in().get("/ledger/months/2026-03?brand=nobody").status_code == 404
    assert sign_in().get("/ledger/months/x?brand=acme").status_code == 422


def test_viewers_enter_nothing_and_strangers_see_nothing(
    brand: int, sign_in: SignIn, visitor: TestClient
) -> None:
    viewer = sign_in("viewer")
    form = {"csrf": csrf(viewer), "brand": "acme", "title": "x", "began": "2026-03-04T14:00"}
    assert viewer.post("/ledger/missed", data=form).status_code == 403
    assert visitor.get("/ledger").status_code == 303


def test_without_a_brand_or_incidents_the_page_says_so(runtime: Runtime, sign_in: SignIn) -> None:
    assert "No brand yet" in sign_in().get("/ledger").text
