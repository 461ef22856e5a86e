"""What a change would have made of the past, through the API."""

from __future__ import annotations

from typing import Any

import pytest

from service.store.reads.queries import query_list
from tests.builders import a_brand, a_named_list
from tests.service.api.conftest import ALL, Api
from tests.service.api.test_errors import assert_problem
from tests.service.history_diff.scenes import UNTIL, lived
from tests.service.replay.scenes import BRANDS

SPAN = {"since": "2026-03-04T12:00:00Z"}


@pytest.fixture
def past(quick: Api) -> Api:
    lived(quick.store)
    quick.clock.moment = UNTIL
    return quick


def differs(api: Api, **asked: Any) -> dict[str, Any]:
    answer = api.send("POST", "/history-diffs", {**SPAN, **asked})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_texts_of_queries_or_a_file_are_compared_with_what_is_in_use(past: Api) -> None:
    assert differs(past)["changed"] is False
    narrow = differs(past, queries=[{"id": 1, "text": "acme NOT horrible"}])
    assert narrow["queries"][0]["counts"]["left"] == 60
    same = differs(past, workspace=BRANDS.replace('"acme"', '"acme NOT horrible"'))
    assert same == narrow
    with past.store.read() as session:
        assert query_list(session)[0].text == "acme"


def test_what_cannot_be_read_is_refused_before_anything_is_judged(past: Api) -> None:
    with past.store.write() as session:
        a_named_list(session, "words", "fire")
    for asked, code in (
        ({"queries": [{"id": 1, "text": "acme AND ("}]}, "query-syntax"),
        ({"lists": [{"id": 1, "text": "fire OR"}]}, "query-syntax"),
        ({"workspace": "[[query]"}, "invalid"),
        ({"workspace": BRANDS, "queries": [{"id": 1, "text": "acme"}]}, "invalid"),
        ({"since": "2025-01-01T00:00:00Z"}, "invalid"),
    ):
        answer = past.send("POST", "/history-diffs", {**SPAN, **asked})
        assert_problem(answer, status=422, code=code)
    gone = past.send("POST", "/history-diffs", {**SPAN, "queries": [{"id": 99, "text": "x"}]})
    assert_problem(gone, status=404, code="not-found")


def test_it_is_for_those_who_may_see_all_brands(quick: Api) -> None:
    with quick.store.write() as session:
        a_brand(session, "Ours")
    token = quick.token(*ALL, brands=("ours",))
    answer = quick.send("POST", "/history-diffs", SPAN, token=token)
    assert_problem(answer, status=403, code="brand-limited")
