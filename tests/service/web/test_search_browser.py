"""Mentions searched in a real Chromium: at a desk, on a phone, and without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, expect

from service.auth.roles import Role
from service.auth.users import create_user
from service.runtime import Runtime
from tests.builders import NOON
from tests.service.web.browser import PASSWORD, Reader, reading, started
from tests.service.web.crisis import a_crisis
from tests.service.web.serving import served

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with started() as browser:
        yield browser


@pytest.fixture
def address(app: FastAPI, runtime: Runtime) -> Iterator[str]:
    with runtime.store.write() as session:
        a_crisis(session)
        create_user(session, name="ines", role=Role.RESPONDER, password=PASSWORD, now=NOON)
    with served(app) as address:
        yield address


@pytest.fixture(params=["desk", "small phone"])
def reader(request: pytest.FixtureRequest, chromium: Browser, address: str) -> Iterator[Reader]:
    with reading(chromium, address, screen=request.param) as someone:
        yield someone


def test_a_mistake_is_told_while_it_is_typed_and_leads_to_its_place(
    reader: Reader, tmp_path: Path
) -> None:
    page = reader.page
    reader.sign_in("/mentions")
    box = page.get_by_role("searchbox", name="Search")
    box.press_sequentially("👍 kettle AND (fire")
    expect(page.get_by_text("this parenthesis is never closed")).to_be_visible()
    expect(box).to_have_attribute("aria-invalid", "true")
    assert reader.overflow() == 0
    page.screenshot(path=tmp_path / "mistake.png")
    page.get_by_text("this parenthesis is never closed").click()
    told = "[document.activeElement.selectionStart, document.activeElement.selectionEnd]"
    assert page.evaluate(told) == [14, 15]
    box.press("End")
    box.press_sequentially(" OR smoke)")
    expect(page.get_by_text("this parenthesis is never closed")).to_be_hidden()
    expect(box).not_to_have_attribute("aria-invalid", "true")
    assert reader.complaints == []


def test_what_is_found_is_marked_and_fits_the_screen(reader: Reader, tmp_path: Path) -> None:
    page = reader.page
    reader.sign_in("/mentions")
    page.get_by_role("searchbox", name="Search").fill("kettle* NEAR/4 (fire OR plug)")
    page.get_by_role("searchbox", name="Search").press("Enter")
    expect(page.locator("article")).to_have_count(2)
    expect(page.locator("mark.term").first).to_be_visible()
    page.get_by_text("How to search").click()
    expect(page.get_by_text("these words side by side")).to_be_visible()
    assert reader.overflow() == 0
    page.screenshot(path=tmp_path / "found.png", full_page=True)
    small = page.evaluate(
        """[...document.querySelectorAll("#search button, #search select, #search input, summary")]
        .map((each) => [each.textContent.trim(), each.getBoundingClientRect()])
        .filter(([_, box]) => box.width && box.height < 43.5).map(([text]) => text)"""
    )
    assert small == []
    assert reader.complaints == []


def test_it_works_without_javascript(chromium: Browser, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    reader = Reader(context.new_page(), address, [])
    reader.sign_in("/mentions")
    page = reader.page
    page.get_by_label("Search").fill("kettle AND (")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("This cannot be searched for yet")).to_be_visible()
    expect(page.locator(".remark")).to_be_visible()
    page.get_by_label("Search").fill("refund")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("article")).to_have_count(1)
    expect(page.locator("mark.term")).to_have_text(["Refund"])
    context.close()
