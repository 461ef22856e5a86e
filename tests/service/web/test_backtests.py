"""The page on which alert rules are tried on the past."""

from __future__ import annotations

import re
import time

import pytest
from fastapi.testclient import TestClient

from service.runtime import Runtime
from tests.builders import NOON, an_alert_rule, minutes
from tests.fakes import FakeClock
from tests.service.backtest.scenes import a_bad_day, arrive
from tests.service.web.conftest import SignIn


@pytest.fixture
def scene(runtime: Runtime, clock: FakeClock) -> None:
    """A day with two fires, of which the first is over."""
    with runtime.store.write() as session:
        made = a_bad_day(session)
        for minute in range(200):
            arrive(session, made, minute)
        an_alert_rule(session, "nights <b>", brand_id=made.brand, body={"per_week": 2.0})
    clock.moment = NOON + minutes(300)


def tried(client: TestClient, **changes: str) -> str:
    """The page of the result."""
    page = client.get("/backtest").text
    csrf = re.search(r'name="csrf" value="([^"]+)"', page)
    assert csrf is not None
    form = {"csrf": csrf[1], "brand": "acme", "days": "7", **changes}
    answer = client.post("/backtest", data=form)
    if answer.status_code != 303:
        return answer.text
    for _ in range(600):
        result = client.get(answer.headers["location"])
        assert result.status_code == 200
        if "<progress" not in result.text:
            return result.text
        time.sleep(0.05)
    raise AssertionError("it never ended")


def test_the_rules_in_use_are_tried_and_the_bill_is_shown(scene: None, sign_in: SignIn) -> None:
    page = tried(sign_in("viewer"))
    assert "The bill" in page
    assert "would have been paged" in page
    assert re.search(r'class="alarm paged"', page)
    assert 'class="usual"' in page
    assert "What history cannot tell" in page
    assert "Beside the rules in use" not in page


def test_given_rules_stand_beside_those_in_use(scene: None, sign_in: SignIn) -> None:
    page = tried(
        sign_in(), which="given", text='[[alert]]\nname = "deaf"\nleast_reach = 1000000000'
    )
    assert "these rules would not have sent a single page" in page
    assert "Only with the rules in use" in page


def test_a_budget_is_met_by_a_setting(scene: None, sign_in: SignIn) -> None:
    assert "per_week = " in tried(sign_in(), budget="9999")


def test_what_is_wrong_is_said_at_its_line_and_the_text_is_kept(
    scene: None, sign_in: SignIn
) -> None:
    client = sign_in()
    page = tried(client, which="given", text='[[alert]]\r\nname = "x"\r\nper_wek = 1 # <i>')
    assert "Line 3, column 1" in page
    assert "per_wek = 1 # &lt;i&gt;" in page
    assert "must be a number from 0.01 to 20" in tried(client, per_week="often")
    assert "Choose a brand." in tried(client, brand="nobody")


def test_the_form_begins_with_the_rules_in_use(scene: None, sign_in: SignIn) -> None:
    page = sign_in().get("/backtest?brand=acme").text
    assert "name = &#34;nights &lt;b&gt;&#34;" in page
    assert "per_week = 2.0" in page


def test_without_a_brand_the_page_says_what_to_do(sign_in: SignIn) -> None:
    assert "No brand yet" in sign_in().get("/backtest").text


def test_nobody_comes_in_without_signing_in_nor_starts_anything_from_elsewhere(
    scene: None, visitor: TestClient, sign_in: SignIn
) -> None:
    assert visitor.get("/backtest").status_code == 303
    assert visitor.get("/live/runs/x").status_code == 401
    assert sign_in().post("/backtest", data={"brand": "acme", "days": "7"}).status_code == 403
    assert sign_in().get("/backtest/runs/forgotten").status_code == 404
