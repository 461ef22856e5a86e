"""Every error has one shape."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import httpx
import pytest
from starlette.requests import Request
from structlog.testing import capture_logs

from service.api.body import LARGEST_BODY
from service.api.errors import problem_response
from service.errors import Conflict, TooMany
from tests.builders import a_brand, a_query, an_incident
from tests.service.api.conftest import Api

MEMBERS = {"type", "title", "status", "code", "detail", "errors"}


def assert_problem(answer: httpx.Response, *, status: int, code: str) -> dict[str, Any]:
    """The one shape of RFC 9457 that we promise."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert set(body) - {"id"} == MEMBERS
    assert body["type"] == f"urn:groundswell:problem:{code}"
    assert body["code"] == code
    assert body["status"] == status
    assert body["title"] == HTTPStatus(status).phrase
    assert isinstance(body["detail"], str)
    assert body["detail"]
    assert all({"field", "message"} <= set(told) for told in body["errors"])
    return body


def test_every_kind_of_error_has_the_one_shape(quick: Api) -> None:
    with quick.store.write() as session:
        brand = a_brand(session)
        incident = an_incident(session, query=a_query(session, brand=brand), status="resolved")
    quick.send("POST", "/brands", {"name": "Beta"}, headers={"Idempotency-Key": "k"})

    assert_problem(quick.get("/brands", token=""), status=401, code="unauthenticated")
    assert_problem(quick.get("/brands", token="gs_wrong"), status=401, code="bad-token")
    read_only = quick.token("read")
    refused = quick.send("POST", "/brands", {"name": "C"}, token=read_only)
    assert_problem(refused, status=403, code="scope-missing")
    assert_problem(quick.get("/brands/999"), status=404, code="not-found")
    assert_problem(quick.get("/nothing"), status=404, code="not-found")
    assert_problem(quick.get("/api/v2/brands"), status=404, code="not-found")
    assert_problem(quick.get("/api"), status=404, code="not-found")
    assert_problem(quick.send("PUT", "/brands"), status=405, code="method-not-allowed")
    again = quick.send("POST", "/brands", {"name": "Beta"})
    assert_problem(again, status=409, code="brand-exists")
    over = quick.send("POST", f"/incidents/{incident}/resolve")
    assert_problem(over, status=409, code="transition-refused")
    changed = quick.send("PATCH", f"/brands/{brand}", {"name": "D"}, headers={"If-Match": '"old"'})
    assert_problem(changed, status=412, code="precondition-failed")
    other = quick.send("POST", "/brands", {"name": "E"}, headers={"Idempotency-Key": "k"})
    assert_problem(other, status=422, code="idempotency-key-reused")
    assert_problem(quick.get("/mentions?cursor=rubbish"), status=422, code="invalid-cursor")
    told = assert_problem(quick.get("/mentions?limit=0"), status=422, code="invalid")
    assert told["errors"][0]["in"] == "query"
    assert told["errors"][0]["field"] == "limit"


def test_a_body_that_is_not_json_is_a_problem(quick: Api) -> None:
    answer = quick.client.post(
        "/api/v1/brands",
        content=b"{",
        headers={"Authorization": f"Bearer {quick.secret}", "Content-Type": "application/json"},
    )

    assert_problem(answer, status=422, code="invalid")


def test_an_unexpected_error_says_nothing_but_its_id_which_the_log_has_too(
    quick: Api,
) -> None:
    with quick.store.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE rollups")
    with quick.store.write() as session:
        query = a_query(session, brand=a_brand(session))

    with capture_logs() as logged:
        answer = quick.get(
            f"/series?query_id={query}&since=2026-03-04T00:00:00Z&until=2026-03-04T01:00:00Z"
        )

    body = assert_problem(answer, status=500, code="internal-error")
    assert len(body["id"]) == 16
    assert "rollups" not in answer.text
    assert [entry["id"] for entry in logged if entry["log_level"] == "error"] == [body["id"]]


def test_an_unauthenticated_answer_says_how_to_come_in(quick: Api) -> None:
    assert quick.get("/me", token="").headers["www-authenticate"].startswith("Bearer")


def test_a_method_that_is_not_possible_is_answered_with_those_that_are(quick: Api) -> None:
    assert "GET" in quick.send("PUT", "/mentions").headers["allow"]


def test_too_many_requests_say_when_to_come_back(quick: Api) -> None:
    from_code = api_problem(TooMany("slow down", retry_after=7))

    assert from_code.headers["retry-after"] == "7"
    assert from_code.status_code == 429


def test_the_errors_of_an_error_of_ours_are_told() -> None:
    told = api_problem(Conflict("no", errors=[{"field": "a", "message": "b"}]))

    assert b'"errors":[{"field":"a","message":"b"}]' in told.body


def test_a_refused_value_is_not_repeated(quick: Api) -> None:
    answer = quick.send("POST", "/tokens", {"name": "x", "scopes": ["s3cret-value"]})

    body = assert_problem(answer, status=422, code="invalid")
    assert "s3cret-value" not in str(body)


@pytest.mark.parametrize(
    "path",
    [
        "/brands/0",
        "/brands/99999999999999999999",
        "/mentions/9223372036854775808",
        "/mentions?words=%00",
        "/mentions?platform=%00",
        "/mentions?since=2026-01-01T00:00:00",
        "/mentions?since=0001-01-01T00:00:00%2B05:00",
        "/mentions?min_priority=nan",
        "/rejects?url=%00",
        "/series?query_id=1&since=9999-12-31T23:59:59Z&until=9999-12-31T23:59:59Z",
    ],
)
def test_values_no_store_can_take_are_refused_before_they_reach_it(both: Api, path: str) -> None:
    assert_problem(both.get(path), status=422, code="invalid")


def test_nul_in_a_body_is_refused_wherever_it_stands(both: Api) -> None:
    answer = both.send("POST", "/brands", {"name": "A", "voice": {"templates": {"x": "\0"}}})

    assert_problem(answer, status=422, code="invalid")


def api_problem(error: Exception) -> Any:
    from_scope = Request({"type": "http", "method": "GET", "path": "/api", "headers": []})
    return problem_response(error, from_scope)


def test_a_body_too_large_is_refused_before_anybody_asks_who_sent_it(quick: Api) -> None:
    body = {"name": "x" * (LARGEST_BODY + 1)}
    for token in (None, ""):
        answer = quick.send("POST", "/brands", body, token=token)
        assert_problem(answer, status=413, code="too-large")
    parts = (b" " * 100_000 for _ in range(11))
    unannounced = quick.client.post(
        "/api/v1/brands", content=parts, headers={"Content-Type": "application/json"}
    )
    assert_problem(unannounced, status=413, code="too-large")


def test_a_body_nested_without_end_is_refused(quick: Api) -> None:
    deep = "[" * 100_000 + "]" * 100_000
    headers = {"Authorization": f"Bearer {quick.secret}", "Content-Type": "application/json"}
    answer = quick.client.post("/api/v1/brands", content=deep, headers=headers)
    assert_problem(answer, status=400, code="bad-request")
