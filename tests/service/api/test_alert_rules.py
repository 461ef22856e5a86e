"""Alert rules: made, changed, versioned, taken out of use; of one brand or of all."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import a_brand
from tests.service.api.conftest import Api
from tests.service.api.test_errors import assert_problem

NIGHTS = {
    "name": "nights",
    "per_week": 0.5,
    "quiet": {"start": "22:00", "end": "07:00", "days": ["fri"], "timezone": "Europe/Berlin"},
    "severities": {"SEV2": "SEV3"},
}


@pytest.fixture
def brand(both: Api) -> int:
    with both.store.write() as session:
        return a_brand(session, "Acme")


def made(api: Api, body: dict[str, Any]) -> dict[str, Any]:
    answer = api.send("POST", "/alert-rules", body)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def test_a_rule_is_made_changed_and_taken_out_of_use(both: Api, brand: int) -> None:
    one = made(both, {**NIGHTS, "brand_id": brand})
    assert one["quiet"] == NIGHTS["quiet"]
    assert (one["version"], one["brand_slug"], one["even_then"]) == (1, "acme", "SEV1")
    path = f"/alert-rules/{one['id']}"

    changed = both.send("PATCH", path, {"least_reach": 100}).json()
    assert (changed["version"], changed["least_reach"]) == (2, 100)
    assert changed["quiet"] == one["quiet"]
    assert both.send("PATCH", path, {"least_reach": 100}).json()["version"] == 2
    assert both.send("PATCH", path, {"quiet": None}).json()["quiet"] is None

    assert both.send("DELETE", path).status_code == 204
    off = both.ok(path)
    assert (off["enabled"], off["version"]) == (False, 3)
    assert both.send("PATCH", path, {"enabled": True}).json()["version"] == 3


def test_what_cannot_hold_is_refused(both: Api, brand: int) -> None:
    made(both, NIGHTS)
    again = both.send("POST", "/alert-rules", NIGHTS)
    assert_problem(again, status=409, code="alert-rule-exists")
    for body in (
        {"name": "x", "policy": "nobody"},
        {"name": "x", "per_week": 0},
        {"name": "x", "quiet": {"start": "22:00", "end": "7"}},
        {"name": "x", "severities": {"SEV9": "SEV1"}},
        {"name": "x", "tail": 3},
    ):
        assert both.send("POST", "/alert-rules", body).status_code == 422, body
    assert both.send("PATCH", "/alert-rules/1", {"red_line": None}).status_code == 422
    assert len(both.ok("/alert-rules")["items"]) == 1


def test_a_token_of_one_brand_sees_shared_rules_and_its_own_and_changes_its_own_only(
    both: Api, brand: int
) -> None:
    with both.store.write() as session:
        other = a_brand(session, "Globex")
    shared = made(both, {"name": "all"})["id"]
    mine = made(both, {"name": "mine", "brand_id": brand})["id"]
    foreign = made(both, {"name": "theirs", "brand_id": other})["id"]
    token = both.token("read", "write", brands=("acme",))
    listed = both.ok("/alert-rules", token=token)["items"]
    assert [one["id"] for one in listed] == [shared, mine]
    hidden = both.send("GET", f"/alert-rules/{foreign}", token=token)
    assert_problem(hidden, status=404, code="not-found")
    answer = both.send("PATCH", f"/alert-rules/{shared}", {"red_line": True}, token=token)
    assert_problem(answer, status=403, code="brand-limited")
    answer = both.send("POST", "/alert-rules", {"name": "x", "brand_id": other}, token=token)
    assert_problem(answer, status=404, code="not-found")
    assert both.send("DELETE", f"/alert-rules/{mine}", token=token).status_code == 204


def test_a_rule_listens_to_a_signal_and_may_share_the_page_budget(both: Api, brand: int) -> None:
    one = made(both, {"name": "silent", "signal": "silence", "per_week": 0.5, "brand_id": brand})
    assert one["signal"] == "silence"
    path = f"/alert-rules/{one['id']}"
    assert both.send("PATCH", path, {"per_week": None}).json()["per_week"] is None
    refused = both.send("POST", "/alert-rules", {"name": "x", "signal": "noise"})
    assert_problem(refused, status=422, code="invalid")
    assert "negative_share" in refused.text
