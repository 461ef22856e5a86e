"""ETags and Idempotency-Keys."""

from __future__ import annotations

import threading
from datetime import timedelta

from tests.builders import a_brand, a_query, an_incident
from tests.service.api.conftest import Api
from tests.service.api.test_errors import assert_problem


def test_what_has_not_changed_is_not_sent_again(quick: Api) -> None:
    with quick.store.write() as session:
        brand = a_brand(session)
    path = f"/brands/{brand}"
    tag = quick.get(path).headers["etag"]

    for asked in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        answer = quick.get(path, headers={"If-None-Match": asked})
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer.headers["etag"] == tag
    quick.send("PATCH", path, {"name": "Other"})
    assert quick.get(path, headers={"If-None-Match": tag}).status_code == 200


def test_a_change_decided_on_an_older_state_is_refused(both: Api) -> None:
    with both.store.write() as session:
        brand = a_brand(session)
    path = f"/brands/{brand}"
    tag = both.get(path).headers["etag"]

    first = both.send("PATCH", path, {"name": "First"}, headers={"If-Match": tag})
    second = both.send("PATCH", path, {"name": "Second"}, headers={"If-Match": tag})

    assert first.status_code == 200
    assert_problem(second, status=412, code="precondition-failed")
    assert both.ok(path)["name"] == "First"
    again = both.send(
        "PATCH", path, {"name": "Second"}, headers={"If-Match": first.headers["etag"]}
    )
    assert again.status_code == 200


def test_a_post_repeated_with_its_key_gets_the_same_answer_and_does_nothing(both: Api) -> None:
    with both.store.write() as session:
        incident = an_incident(session, query=a_query(session, brand=a_brand(session)), severity=3)
    path = f"/incidents/{incident}/notes"
    key = {"Idempotency-Key": "note-1"}

    first = both.send("POST", path, {"text": "once"}, headers=key)
    second = both.send("POST", path, {"text": "once"}, headers=key)

    assert first.status_code == 200, first.text
    assert second.json() == first.json()
    assert second.headers["idempotent-replayed"] == "true"
    assert "idempotent-replayed" not in first.headers
    assert len(both.ok(f"/incidents/{incident}")["timeline"]) == 1


def test_a_key_belongs_to_one_caller_and_one_request(quick: Api) -> None:
    key = {"Idempotency-Key": "k"}
    other = quick.token("write")

    assert quick.send("POST", "/brands", {"name": "A"}, headers=key).status_code == 201
    elsewhere = quick.send(
        "POST", "/queries", {"brand_id": 1, "name": "q", "text": "a"}, headers=key
    )
    assert_problem(elsewhere, status=422, code="idempotency-key-reused")
    by_other = quick.send("POST", "/brands", {"name": "B"}, headers=key, token=other)
    assert by_other.status_code == 201


def test_a_request_that_failed_leaves_its_key_free(quick: Api) -> None:
    key = {"Idempotency-Key": "k"}
    body = {"brand_id": 1, "name": "q", "text": "acme"}

    assert quick.send("POST", "/queries", body, headers=key).status_code == 404
    quick.send("POST", "/brands", {"name": "A"})
    assert quick.send("POST", "/queries", body, headers=key).status_code == 201


def test_a_key_is_free_again_after_a_day(quick: Api) -> None:
    key = {"Idempotency-Key": "k"}
    quick.send("POST", "/brands", {"name": "A"}, headers=key)
    quick.clock.advance(timedelta(hours=24))

    answer = quick.send("POST", "/brands", {"name": "B"}, headers=key)

    assert (answer.status_code, answer.json()["name"]) == (201, "B")


def test_requests_with_one_key_at_the_same_time_do_one_thing(both: Api) -> None:
    answers = []

    def post() -> None:
        answers.append(
            both.send("POST", "/brands", {"name": "Once"}, headers={"Idempotency-Key": "k"})
        )

    threads = [threading.Thread(target=post) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [answer.status_code for answer in answers] == [201] * 4
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert sum("idempotent-replayed" in answer.headers for answer in answers) == 3
