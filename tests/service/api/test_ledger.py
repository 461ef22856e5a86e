"""The ledger of alert rules, and what was missed."""

from __future__ import annotations

from tests.builders import NOON, a_brand, minutes
from tests.service.api.conftest import ALL, Api
from tests.service.api.test_errors import assert_problem
from tests.service.ledger.scenes import two_months


def test_the_ledger_tells_what_each_rule_was_worth(both: Api) -> None:
    with both.store.write() as session:
        brand = two_months(session)
    both.clock.moment = NOON + minutes(600)
    told = both.ok(f"/ledger?brand_id={brand}&since=2026-03-01T00:00:00Z")
    assert [(one["rule"], one["judged"], one["real"]) for one in told["rules"]] == [
        ("default", 1, 1),
        ("nights", 2, 1),
    ]
    assert told["missed"][0]["title"].startswith("Kettles")
    month = both.ok(f"/ledger/months/2026-02?brand_id={brand}")
    assert (month["total"]["incidents"], month["so_far"]) == (1, None)
    assert both.get(f"/ledger/months/soon?brand_id={brand}").status_code == 422
    backwards = f"/ledger?brand_id={brand}&since=2026-03-02T00:00:00Z&until=2026-03-01T00:00:00Z"
    assert both.get(backwards).status_code == 422


def test_what_was_missed_is_entered_listed_and_removed(both: Api) -> None:
    with both.store.write() as session:
        brand = a_brand(session)
    body = {"brand_id": brand, "title": "Recall", "began_at": (NOON - minutes(60)).isoformat()}
    made = both.send("POST", "/missed", body)
    assert made.status_code == 201, made.text
    assert made.json()["ended_at"] == "2026-03-04T12:00:00Z"
    listed = both.ok(f"/missed?brand_id={brand}")["items"]
    assert [one["id"] for one in listed] == [made.json()["id"]]
    early = both.send("POST", "/missed", {**body, "ended_at": "2020-01-01T00:00:00Z"})
    assert_problem(early, status=422, code="invalid")
    assert both.send("DELETE", f"/missed/{made.json()['id']}").status_code == 204
    assert both.ok(f"/missed?brand_id={brand}")["items"] == []


def test_a_token_of_another_brand_sees_none_of_it(quick: Api) -> None:
    with quick.store.write() as session:
        a_brand(session, "Ours")
        theirs = a_brand(session, "Theirs")
    body = {"brand_id": theirs, "title": "Recall", "began_at": (NOON - minutes(60)).isoformat()}
    made = quick.send("POST", "/missed", body).json()["id"]
    token = quick.token(*ALL, brands=("ours",))
    for method, path, sent in (
        ("GET", f"/ledger?brand_id={theirs}", None),
        ("GET", f"/ledger/months/2026-03?brand_id={theirs}", None),
        ("GET", f"/missed?brand_id={theirs}", None),
        ("POST", "/missed", body),
        ("DELETE", f"/missed/{made}", None),
    ):
        answer = quick.send(method, path, sent, token=token)
        assert_problem(answer, status=404, code="not-found")
