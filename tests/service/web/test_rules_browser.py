"""Backtest and ledger in a real Chromium: at a desk and on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, expect

from service.auth.roles import Role
from service.auth.users import create_user
from service.runtime import Runtime
from service.store.ledger import add_missed
from service.store.tables import VerdictRow
from tests.builders import NOON, an_incident, minutes
from tests.fakes import FakeClock
from tests.service.backtest.scenes import a_bad_day, arrive
from tests.service.web.browser import PASSWORD, Reader, reading, started
from tests.service.web.serving import served

pytestmark = pytest.mark.browser

RULES = '[[alert]]\nname = "only crises"\nbrand = "acme"\nper_week = 0.02\n'


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with started() as browser:
        yield browser


@pytest.fixture
def address(app: FastAPI, runtime: Runtime, clock: FakeClock) -> Iterator[str]:
    with runtime.store.write() as session:
        scene = a_bad_day(session)
        for minute in range(500):
            arrive(session, scene, minute)
        incident = an_incident(
            session, query=scene.query, opened_at=NOON + minutes(60), resolved_at=NOON + minutes(90)
        )
        session.add(
            VerdictRow(
                incident_id=incident, verdict="real", given_by="ines", given_at=NOON + minutes(90)
            )
        )
        add_missed(
            session,
            scene.brand,
            title="Kettles recalled in Italy",
            began_at=NOON - minutes(3 * 1440),
            ended_at=NOON - minutes(3 * 1440 - 60),
            entered_by="ines",
            now=NOON,
        )
        create_user(session, name="ines", role=Role.RESPONDER, password=PASSWORD, now=NOON)
    clock.moment = NOON + minutes(700)
    with served(app) as address:
        yield address


@pytest.fixture(params=["desk", "small phone"])
def reader(request: pytest.FixtureRequest, chromium: Browser, address: str) -> Iterator[Reader]:
    with reading(chromium, address, screen=request.param) as reader:
        yield reader


def test_rules_are_tried_beside_those_in_use(reader: Reader, tmp_path: Path) -> None:
    page = reader.page
    reader.sign_in("/backtest")
    page.screenshot(path=tmp_path / "form.png", full_page=True)
    assert reader.overflow() == 0
    page.get_by_label("These, beside those in use:").check()
    page.get_by_label("Rules to try").fill(RULES)
    page.get_by_label("How far back").select_option("7 days")
    page.get_by_label("Budget, pages a week").fill("1")
    page.get_by_role("button", name="Try them on the past").click()
    # The page shows the result by itself.
    expect(page.get_by_role("heading", name="The bill")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("Kettles recalled in Italy")).to_be_visible()
    expect(page.get_by_role("img", name="Negative mentions of Acme")).to_be_visible()
    expect(page.get_by_role("heading", name="Beside the rules in use")).to_be_visible()
    page.screenshot(path=tmp_path / "result.png", full_page=True)
    assert reader.overflow() == 0
    assert reader.complaints == []
    page.get_by_role("link", name="Change it and try again").click()
    expect(page.get_by_label("Rules to try")).to_have_value(RULES)


def test_what_was_missed_is_entered_in_the_ledger(reader: Reader, tmp_path: Path) -> None:
    page = reader.page
    reader.sign_in("/ledger")
    expect(page.get_by_role("img", name="Precision of default")).to_be_visible()
    page.get_by_label("What happened").fill("Kettles recalled in Spain")
    page.get_by_label("Began, UTC").fill("2026-03-02T09:30")
    page.get_by_label("Ended, UTC").fill("2026-03-02T11:30")
    page.get_by_role("button", name="Enter it").click()
    expect(page.get_by_text("Entered.")).to_be_visible()
    expect(page.get_by_text("Kettles recalled in Spain").first).to_be_visible()
    page.screenshot(path=tmp_path / "ledger.png", full_page=True)
    assert reader.overflow() == 0
    page.get_by_role("link", name="2026-03 so far").click()
    expect(page.get_by_role("heading", name="Alerts of Acme, 2026-03")).to_be_visible()
    page.screenshot(path=tmp_path / "month.png", full_page=True)
    assert reader.overflow() == 0
    assert reader.complaints == []
