"""Alert rules tried on the past, through the API."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import NOON, minutes
from tests.service.api.conftest import Api
from tests.service.api.test_errors import assert_problem
from tests.service.backtest.scenes import Scene, a_bad_day, arrive


@pytest.fixture
def scene(both: Api) -> Scene:
    with both.store.write() as session:
        made = a_bad_day(session)
        for minute in range(200):
            arrive(session, made, minute)
    both.clock.moment = NOON + minutes(300)
    return made


def tried(api: Api, scene: Scene, **asked: Any) -> dict[str, Any]:
    body = {"brand_id": scene.brand, "since": NOON.isoformat(), **asked}
    answer = api.send("POST", "/backtests", body)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_rules_that_are_not_stored_are_tried_beside_those_in_use(both: Api, scene: Scene) -> None:
    made = tried(both, scene, against_current=True)
    assert made["total"]["pages"] >= 1
    assert made["brands"][0]["incidents"][0]["alerts"][0]["reasons"]
    assert not made["against"]["brands"][0]["changed"]

    deaf = {"name": "deaf", "least_reach": 10**9}
    made = tried(both, scene, rules=[deaf], against_current=True)
    assert made["total"]["incidents"] == 0
    assert made["against"]["brands"][0]["only_old"]
    assert tried(both, scene, rules=[deaf], current=True)["total"]["pages"] >= 1
    assert both.ok("/alert-rules")["items"] == []


def test_a_budget_gives_a_suggestion(both: Api, scene: Scene) -> None:
    assert tried(both, scene, budget=9999)["suggestion"]["per_week"] > 10


def test_what_is_too_long_or_of_another_brand_is_refused(both: Api, scene: Scene) -> None:
    body = {"brand_id": scene.brand, "since": "2025-01-01T00:00:00Z"}
    assert both.send("POST", "/backtests", body).status_code == 422
    token = both.token("read", brands=("other",))
    body = {"brand_id": scene.brand, "since": NOON.isoformat()}
    answer = both.send("POST", "/backtests", body, token=token)
    assert_problem(answer, status=404, code="not-found")
