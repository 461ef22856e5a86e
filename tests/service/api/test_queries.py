"""Queries looked at, tested and saved; lists that they share."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import a_brand, a_match, a_named_list, a_query, a_stored_mention
from tests.service.api.conftest import ALL, Api
from tests.service.api.test_errors import assert_problem


@pytest.fixture
def brand(both: Api) -> int:
    with both.store.write() as session:
        return a_brand(session, "Acme")


def made(api: Api, path: str, body: dict[str, Any]) -> Any:
    answer = api.send("POST", path, body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_a_text_is_checked_without_being_saved(both: Api, brand: int) -> None:
    with both.store.write() as session:
        a_named_list(session, "trouble", "fire OR recall")
        a_named_list(session, "trouble", "smoke", brand_id=brand)

    def told(text: str, **more: Any) -> Any:
        answer = both.send("POST", "/queries/check", {"text": text, **more})
        assert answer.status_code == 200, answer.text
        return answer.json()

    good = told("acme {{trouble}}")
    assert good["error"] is None
    assert good["canonical"] == "acme AND (fire OR recall)"
    assert good["lists"] == ["trouble"]
    assert good["tree"]["and"]
    assert 0 <= good["cost"]["share"] <= 1
    assert told("acme {{trouble}}", brand_id=brand)["canonical"] == "acme AND smoke"
    bad = told("acme\n AND (")
    assert bad["canonical"] is None
    assert (bad["error"]["line"], bad["error"]["start"]) == (2, 10)
    assert told("acme and recall")["warnings"][0]["start"] == 5
    assert both.ok("/queries")["items"] == []


def test_another_tools_query_is_carried_over_with_what_became_of_it(quick: Api) -> None:
    text = '"apple pie" NEAR/3f (fire OR burn) AND language:en AND authorGender:F'
    given = {"text": text, "dialect": "brandwatch"}
    told = quick.send("POST", "/queries/import", given).json()
    assert told["text"] == '"apple pie" ONEAR/3 (fire OR burn) AND lang:en'
    lost = [note for note in told["notes"] if note["level"] == "lost"]
    assert [text[note["start"] : note["end"]] for note in lost] == ["authorGender:F"]
    assert quick.send("POST", "/queries/import", {"text": text}).json()["dialect"] == "brandwatch"
    unknown = quick.send("POST", "/queries/import", {"text": "acme"})
    assert assert_problem(unknown, status=422, code="invalid")["errors"][0]["field"] == "dialect"
    broken = quick.send("POST", "/queries/import", {"text": "acme AND (", "dialect": "lucene"})
    assert_problem(broken, status=422, code="query-syntax")


def test_a_query_that_fails_its_tests_is_saved_by_force_only(both: Api, brand: int) -> None:
    body = {
        "brand_id": brand,
        "name": "q",
        "text": "acme NOT jobs",
        "must_match": ["Acme!", {"title": "Acme", "lang": "de"}],
        "must_not_match": ["Acme jobs", "My Acme kettle"],
    }
    refused = both.send("POST", "/queries", body)
    (error,) = assert_problem(refused, status=422, code="query-tests")["errors"]
    assert (error["field"], error["example"]) == ("must_not_match", "My Acme kettle")
    assert "acme" in error["message"].lower()
    query = made(both, "/queries", body | {"force": True})
    assert [one["text"] for one in query["must_not_match"]] == ["Acme jobs", "My Acme kettle"]
    assert query["must_match"][1]["lang"] == "de"

    path = f"/queries/{query['id']}"
    # What does not touch text or tests is not held up by them.
    assert both.send("PATCH", path, {"role": "topic"}).status_code == 200
    assert_problem(both.send("PATCH", path, {"text": "acme"}), status=422, code="query-tests")
    mended = both.send("PATCH", path, {"must_not_match": ["Acme jobs"]}).json()
    assert mended["version"] == 1
    assert len(mended["must_match"]) == 2
    assert both.send("PATCH", path, {"text": "acme", "force": True}).json()["version"] == 2


def test_a_saved_query_or_another_text_is_tried_on_the_examples(both: Api, brand: int) -> None:
    body = {"brand_id": brand, "name": "q", "text": "acme", "must_match": ["Acme!"]}
    query = made(both, "/queries", body)["id"]

    def told(**given: Any) -> Any:
        return both.send("POST", "/queries/test", given).json()

    assert (told(query_id=query)["passed"], told(query_id=query)["failed"]) == (1, 0)
    other = told(query_id=query, text="globex", must_not_match=["Acme", "Globex"])
    assert [outcome["passed"] for outcome in other["outcomes"]] == [False, True, False]
    assert other["outcomes"][0]["why"]
    assert_problem(both.send("POST", "/queries/test", {}), status=422, code="invalid")


def test_why_a_query_does_not_match_is_told_clause_by_clause(both: Api, brand: int) -> None:
    with both.store.write() as session:
        query = a_query(session, brand=brand, text="acme NEAR/2 fire")
        other = a_query(session, brand=a_brand(session, "Globex"), text="globex")
        mention = a_stored_mention(session, text="Acme is not the one on fire")
        a_match(session, query=query, mention=mention)
        foreign = a_stored_mention(session, text="globex")
        a_match(session, query=other, mention=foreign)

    def told(**given: Any) -> Any:
        answer = both.send("POST", "/queries/explain", given)
        assert answer.status_code == 200, answer.text
        return answer.json()

    missed = told(query_id=query, mention_id=mention)
    assert missed["matches"] is False
    assert missed["why"]
    assert missed["clause"]["near_miss"]
    assert [child["held"] for child in missed["clause"]["children"]] == [True, True]
    held = told(query_id=query, example="Fire at Acme")
    assert held["matches"] is True
    assert [span["term"] for span in held["spans"]] == ["fire", "acme"]
    by_lang = told(text="acme lang:de", example={"text": "Acme", "lang": "de-AT"})
    assert by_lang["matches"] is True
    for given in ({"text": "acme"}, {"example": "Acme"}):
        answer = both.send("POST", "/queries/explain", given)
        assert_problem(answer, status=422, code="invalid")
    token = both.token(*ALL, brands=("acme",))
    hidden = both.send(
        "POST", "/queries/explain", {"text": "x", "mention_id": foreign}, token=token
    )
    assert_problem(hidden, status=404, code="not-found")


def test_lists_are_made_changed_and_taken_out_of_use(both: Api, brand: int) -> None:
    shared = made(both, "/lists", {"name": "rivals", "text": "globex OR initech"})
    own = made(both, "/lists", {"name": "rivals", "text": "hooli", "brand_id": brand})
    assert [one["id"] for one in both.ok("/lists")["items"]] == [shared["id"], own["id"]]
    body = {"brand_id": brand, "name": "q", "text": "acme {{rivals}}", "must_match": ["acme hooli"]}
    query = made(both, "/queries", body)["id"]

    again = both.send("POST", "/lists", {"name": "rivals", "text": "x"})
    assert_problem(again, status=409, code="list-exists")
    path = f"/lists/{own['id']}"
    bad = both.send("PATCH", path, {"text": "hooli AND ("})
    assert assert_problem(bad, status=422, code="query-syntax")["errors"][0]["start"] == 10
    fails = both.send("PATCH", path, {"text": "umbrella"})
    assert assert_problem(fails, status=422, code="query-tests")["errors"][0]["query_id"] == query
    circle = both.send("PATCH", path, {"text": "{{rivals}}"})
    assert_problem(circle, status=422, code="query-syntax")

    wider = both.send("PATCH", path, {"text": "hooli OR umbrella"})
    assert wider.json()["text"] == "hooli OR umbrella"
    assert both.ok(f"/queries/{query}")["version"] == 2
    etag = both.get(path).headers["etag"]
    both.send("PATCH", path, {"text": "hooli"})
    stale = both.send("PATCH", path, {"text": "x"}, headers={"If-Match": etag})
    assert_problem(stale, status=412, code="precondition-failed")

    # Without its own list the query would name the shared one, and fail its test.
    assert_problem(both.send("DELETE", path), status=422, code="query-tests")
    both.send("PATCH", f"/queries/{query}", {"must_match": []})
    assert both.send("DELETE", path).status_code == 204
    assert both.ok(path)["enabled"] is False
    last = both.send("DELETE", f"/lists/{shared['id']}")
    assert_problem(last, status=422, code="list-breaks-query")
    both.send("DELETE", f"/queries/{query}")
    assert both.send("DELETE", f"/lists/{shared['id']}").status_code == 204
    back = both.send("PATCH", f"/queries/{query}", {"enabled": True})
    assert_problem(back, status=422, code="query-syntax")


def test_a_list_is_made_once_for_one_key(quick: Api) -> None:
    body, headers = {"name": "rivals", "text": "globex"}, {"Idempotency-Key": "k"}
    first = quick.send("POST", "/lists", body, headers=headers)
    second = quick.send("POST", "/lists", body, headers=headers)
    assert first.json() == second.json()
    assert second.headers["idempotent-replayed"] == "true"


def test_a_token_of_one_brand_sees_shared_lists_and_its_own_and_changes_its_own_only(
    both: Api,
) -> None:
    with both.store.write() as session:
        ours, theirs = a_brand(session, "Ours"), a_brand(session, "Theirs")
        shared = a_named_list(session, "all", "globex")
        mine = a_named_list(session, "mine", "a1", brand_id=ours)
        foreign = a_named_list(session, "secret", "b1", brand_id=theirs)
        their_query = a_query(session, brand=theirs)
    token = both.token(*ALL, brands=("ours",))

    listed = both.ok("/lists", token=token)["items"]
    assert [one["id"] for one in listed] == [shared, mine]
    assert_problem(both.get(f"/lists/{foreign}", token=token), status=404, code="not-found")
    for method in ("PATCH", "DELETE"):
        answer = both.send(method, f"/lists/{shared}", {"text": "x"}, token=token)
        assert_problem(answer, status=403, code="brand-limited")
    answer = both.send("POST", "/lists", {"name": "x", "text": "x"}, token=token)
    assert_problem(answer, status=403, code="brand-limited")
    for path, body in (
        ("/lists", {"name": "x", "text": "x", "brand_id": theirs}),
        ("/queries/check", {"text": "{{secret}}", "brand_id": theirs}),
        ("/queries/test", {"query_id": their_query}),
    ):
        answer = both.send("POST", path, body, token=token)
        assert_problem(answer, status=404, code="not-found")
    assert both.send("PATCH", f"/lists/{mine}", {"text": "a2"}, token=token).status_code == 200
