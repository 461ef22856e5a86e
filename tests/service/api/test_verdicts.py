"""Verdicts on mentions through the API."""

from __future__ import annotations

import pytest

from tests.service.api.conftest import Api
from tests.service.api.test_errors import assert_problem
from tests.service.web.crisis import a_crisis

NOT_US = {"brand": "acme", "verdict": "not-us"}


@pytest.fixture
def crisis(quick: Api) -> Api:
    with quick.store.write() as session:
        a_crisis(session)
    return quick


def test_a_verdict_is_previewed_given_listed_and_undone(crisis: Api) -> None:
    told = crisis.ok("/mentions/1/verdicts/preview?brand=acme&verdict=not-us")
    assert (told["looked_at"], told["us"], told["not_us"]) == (3, 0, 1)
    assert crisis.ok("/mentions/1/verdicts")["items"] == []
    given = crisis.send("POST", "/mentions/1/verdicts", NOT_US)
    assert given.status_code == 200
    assert given.json()["verdict"] == "not-us"
    assert [each["id"] for each in crisis.ok("/mentions/1/verdicts")["items"]] == [1]
    known = crisis.ok("/brands/1/relevance")
    assert (known["us"], known["not_us"], len(known["verdicts"])) == (0, 1, 1)
    assert known["version"].startswith("learned-")
    assert crisis.ok("/mentions/1/verdicts/preview?brand=acme&verdict=undo")["not_us"] == 0
    assert crisis.send("DELETE", "/mentions/1/verdicts?brand=acme").status_code == 204
    assert crisis.ok("/brands/1/relevance")["version"] is None
    assert_problem(
        crisis.send("DELETE", "/mentions/1/verdicts?brand=acme"), status=404, code="not-found"
    )


def test_a_brand_forgets_what_verdicts_taught(crisis: Api) -> None:
    for mention in (1, 2):
        crisis.send("POST", f"/mentions/{mention}/verdicts", NOT_US)
    assert crisis.ok("/brands/1/relevance/preview-reset")["not_us"] == 0
    assert crisis.send("DELETE", "/brands/1/relevance").json() == {"undone": 2}
    told = crisis.ok("/brands/1/relevance")
    assert (told["not_us"], [bool(each["undone_at"]) for each in told["verdicts"]]) == (
        0,
        [True, True],
    )


def test_a_token_of_another_brand_sees_and_says_nothing(crisis: Api) -> None:
    secret = crisis.token(brands=("globex",))
    for method, path, body in (
        ("POST", "/mentions/1/verdicts", NOT_US),
        ("GET", "/mentions/1/verdicts", None),
        ("GET", "/mentions/1/verdicts/preview?brand=acme&verdict=not-us", None),
        ("DELETE", "/mentions/1/verdicts?brand=acme", None),
        ("GET", "/brands/1/relevance", None),
        ("DELETE", "/brands/1/relevance", None),
    ):
        answer = crisis.send(method, path, body, token=secret)
        assert_problem(answer, status=404, code="not-found")


def test_not_us_of_an_incident_is_said_of_its_posts(crisis: Api) -> None:
    crisis.send("POST", "/incidents/1/verdicts", {"verdict": "not-us"})
    assert crisis.ok("/brands/1/relevance")["not_us"] == 3
