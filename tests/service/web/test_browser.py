"""The pages in a real Chromium: at a desk by day and on a phone at night."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, expect

from service.auth.roles import Role
from service.auth.users import create_user
from service.escalation import incidents
from service.runtime import Runtime
from service.store.reads.incident import incident_view
from tests.builders import NOON
from tests.service.web.browser import PASSWORD, SCREENS, Reader, reading, started
from tests.service.web.crisis import a_crisis
from tests.service.web.serving import served

pytestmark = pytest.mark.browser

PATHS = [
    "/",
    "/incidents",
    "/incidents/1",
    "/mentions",
    "/mentions/1",
    "/queries",
    "/queries/1",
    "/queries/new",
    "/queries/lists/new",
    "/sources",
    "/rejects",
    "/deliveries",
]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with started() as browser:
        yield browser


@pytest.fixture
def address(app: FastAPI, runtime: Runtime) -> Iterator[str]:
    with runtime.store.write() as session:
        a_crisis(session, demo=True, post="fire " + "x" * 3000 + " <script>alert(1)</script>")
        create_user(session, name="ines", role=Role.RESPONDER, password=PASSWORD, now=NOON)
    app.state.look_every = 0.1
    with served(app) as address:
        yield address


@pytest.fixture(params=SCREENS)
def reader(request: pytest.FixtureRequest, chromium: Browser, address: str) -> Iterator[Reader]:
    with reading(chromium, address, screen=request.param) as reader:
        yield reader


def test_woken_at_night(reader: Reader, runtime: Runtime, tmp_path: Path) -> None:
    page = reader.page
    reader.sign_in("/incidents/1")
    expect(page).to_have_url(f"{reader.address}/incidents/1")
    expect(page.get_by_text("crisis", exact=True).first).to_be_visible()
    page.screenshot(path=tmp_path / "woken.png")
    expect(page.get_by_role("button", name="Acknowledge")).to_be_in_viewport()
    page.get_by_role("button", name="Acknowledge").click()
    expect(page.get_by_text("ines is on it since")).to_be_visible()
    with runtime.store.read() as session:
        assert incident_view(session, 1, now=NOON).acknowledged_by == "ines"
    assert reader.overflow() == 0
    assert reader.complaints == []


def test_what_others_do_appears_without_reloading(reader: Reader, runtime: Runtime) -> None:
    page = reader.page
    reader.sign_in("/incidents/1")
    expect(page.get_by_text("Live", exact=True)).to_be_visible()
    page.evaluate("window.loadedOnce = true")
    page.get_by_label("Add a note").fill("half a sentence that must not be lo")
    page.get_by_text("The chart as a table").click()
    with runtime.store.write() as session:
        incidents.add_note(session, 1, actor="otto", text="I am calling the factory.", now=NOON)
    expect(page.get_by_text("I am calling the factory.")).to_be_visible()
    assert page.evaluate("window.loadedOnce")
    expect(page.get_by_label("Add a note")).to_have_value("half a sentence that must not be lo")
    expect(page.get_by_role("table").first).to_be_visible()
    assert reader.complaints == []


def test_no_page_is_wider_than_the_screen_or_breaks_its_policy(
    reader: Reader, tmp_path: Path
) -> None:
    reader.sign_in()
    for path in PATHS:
        reader.page.goto(f"{reader.address}{path}")
        assert reader.overflow() == 0, path
        name = path.strip("/").replace("/", "-") or "overview"
        reader.page.screenshot(path=tmp_path / f"{name}.png", full_page=True)
    assert reader.complaints == []


def test_what_is_touched_is_large_enough(reader: Reader) -> None:
    reader.sign_in("/incidents/1")
    small = reader.page.evaluate(
        """[...document.querySelectorAll("button, summary, .links a, nav a, select, input")]
        .map((each) => [each.textContent.trim(), each.getBoundingClientRect()])
        .filter(([_, box]) => box.width && box.height < 43.5).map(([text]) => text)"""
    )
    assert small == []


def test_everything_works_without_javascript(chromium: Browser, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    reader = Reader(context.new_page(), address, [])
    reader.sign_in("/incidents/1")
    reader.page.get_by_label("Add a note").fill("Called the factory.")
    reader.page.get_by_role("button", name="Add the note").click()
    expect(reader.page.get_by_text("Called the factory.")).to_be_visible()
    reader.page.get_by_role("button", name="Acknowledge").click()
    reader.page.get_by_role("button", name="Too late").click()
    expect(reader.page.get_by_text("Last given: Too late by ines")).to_be_visible()
    reader.page.get_by_role("button", name="Sign out").click()
    expect(reader.page.get_by_role("heading", name="Sign in")).to_be_visible()
    context.close()


def test_the_draft_can_be_copied(chromium: Browser, address: str) -> None:
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    reader = Reader(context.new_page(), address, [])
    reader.sign_in("/incidents/1")
    reader.page.get_by_role("button", name="Copy the text").click()
    expect(reader.page.get_by_role("button", name="Copied")).to_be_visible()
    assert "Please unplug it" in reader.page.evaluate("navigator.clipboard.readText()")
    context.close()
