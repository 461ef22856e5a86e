"""Corrections of polarity through the API."""

from __future__ import annotations

import pytest

from tests.service.api.conftest import Api
from tests.service.api.test_errors import assert_problem
from tests.service.web.crisis import a_crisis

NEUTRAL = {"brand": "acme", "label": "neutral"}


@pytest.fixture
def crisis(quick: Api) -> Api:
    with quick.store.write() as session:
        a_crisis(session)
    return quick


def test_a_correction_is_previewed_given_listed_and_undone(crisis: Api) -> None:
    told = crisis.ok("/mentions/1/corrections/preview?brand=acme&label=neutral")
    assert (told["looked_at"], told["neutral"]) == (3, 1)
    assert crisis.ok("/mentions/1/corrections")["items"] == []
    given = crisis.send("POST", "/mentions/1/corrections", NEUTRAL)
    assert (given.status_code, given.json()["label"]) == (200, "neutral")
    assert [each["id"] for each in crisis.ok("/mentions/1/corrections")["items"]] == [1]
    known = crisis.ok("/brands/1/polarity")
    assert (known["neutral"], known["negative"], len(known["corrections"])) == (1, 0, 1)
    assert known["version"].startswith("corrected-")
    assert crisis.ok("/mentions/1/corrections/preview?brand=acme&label=undo")["neutral"] == 0
    assert crisis.send("DELETE", "/mentions/1/corrections?brand=acme").status_code == 204
    assert crisis.ok("/brands/1/polarity")["version"] is None
    again = crisis.send("DELETE", "/mentions/1/corrections?brand=acme")
    assert_problem(again, status=404, code="not-found")


def test_a_brand_forgets_what_was_corrected(crisis: Api) -> None:
    for mention in (1, 2):
        crisis.send("POST", f"/mentions/{mention}/corrections", NEUTRAL)
    assert crisis.ok("/brands/1/polarity/preview-reset")["neutral"] == 0
    assert crisis.send("DELETE", "/brands/1/polarity").json() == {"undone": 2}
    assert crisis.ok("/brands/1/polarity")["neutral"] == 0


def test_a_token_of_another_brand_sees_and_says_nothing(crisis: Api) -> None:
    secret = crisis.token(brands=("globex",))
    for method, path, body in (
        ("POST", "/mentions/1/corrections", NEUTRAL),
        ("GET", "/mentions/1/corrections", None),
        ("GET", "/mentions/1/corrections/preview?brand=acme&label=neutral", None),
        ("DELETE", "/mentions/1/corrections?brand=acme", None),
        ("GET", "/brands/1/polarity", None),
        ("GET", "/brands/1/polarity/preview-reset", None),
        ("DELETE", "/brands/1/polarity", None),
    ):
        answer = crisis.send(method, path, body, token=secret)
        assert_problem(answer, status=404, code="not-found")


def test_a_brand_has_its_own_words(quick: Api) -> None:
    made = quick.send("POST", "/brands", {"name": "Globex", "words": {"Killer": 0}})
    assert made.json()["words"] == {"Killer": 0.0}
    path = f"/brands/{made.json()['id']}"
    refused = quick.send("PATCH", path, {"words": {"killer": 9}})
    assert_problem(refused, status=422, code="invalid")
    assert quick.send("PATCH", path, {"words": {"crispy": 2}}).json()["words"] == {"crispy": 2.0}
    assert quick.ok(f"{path}/polarity")["words"] == {"crispy": 2.0}
