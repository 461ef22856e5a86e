"""Queries written in a real Chromium: at a desk and on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, expect

from service.auth.roles import Role
from service.auth.users import create_user
from service.runtime import Runtime
from service.store.reads.queries import query_view
from tests.builders import (
    NOON,
    a_brand,
    a_named_list,
    a_query,
    a_rollup,
    a_stored_mention,
    an_author,
)
from tests.service.web.browser import PASSWORD, Reader, reading, started
from tests.service.web.serving import served

pytestmark = pytest.mark.browser

TEXT = """\
("acme air" OR acmeair OR @acmeair)
  AND {{trouble}}
  NOT (jobs OR hiring)"""
POSTS = (
    (1, "Acme Air cancelled my flight again, three hours at the gate. 😡"),
    (1, "Strike at Acme Air: all flights from Lisbon cancelled."),
    (2, "acmeair lost my suitcase, no answer since Monday"),
    (2, "Acme Air is hiring 40 pilots"),
    (6, "Recall of seats at Acme Air after an inspection"),
    (6, "Flew with Acme Air, good coffee"),
    (12, "@acmeair strike? Really?"),
)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with started() as browser:
        yield browser


@pytest.fixture
def address(app: FastAPI, runtime: Runtime) -> Iterator[str]:
    with runtime.store.write() as session:
        brand = a_brand(session, "Acme Air")
        a_named_list(session, "trouble", 'strike OR cancel* OR lost OR recall OR "lawsuit filed"')
        query = a_query(
            session,
            brand=brand,
            name="Trouble",
            text=TEXT,
            examples={
                "must_match": [
                    {"text": "Acme Air cancelled my flight"},
                    {"title": "Strike at Acme Air", "text": "", "lang": "en"},
                ],
                "must_not_match": [{"text": "Acme Air strike team is hiring"}],
            },
        )
        a_query(session, brand=brand, name="Acme Air", text='"acme air" and acmeair')
        rival = a_query(session, brand=brand, name="Globex Air", role="competitor", text="globex")
        a_rollup(session, query=query, bucket=NOON, grain="hour", mentions=128)
        a_rollup(session, query=rival, bucket=NOON, grain="hour", mentions=1)
        for days, text in POSTS:
            at = NOON - timedelta(days=days)
            a_stored_mention(
                session, text=text, published_at=at, collected_at=at, author=an_author(name="Ann")
            )
        create_user(session, name="ines", role=Role.EDITOR, password=PASSWORD, now=NOON)
    with served(app) as address:
        yield address


@pytest.fixture(params=["desk", "small phone"])
def reader(request: pytest.FixtureRequest, chromium: Browser, address: str) -> Iterator[Reader]:
    with reading(chromium, address, screen=request.param) as reader:
        yield reader


def test_a_query_is_mended_while_its_mistakes_are_shown(
    reader: Reader, runtime: Runtime, tmp_path: Path
) -> None:
    page = reader.page
    reader.sign_in("/queries")
    page.screenshot(path=tmp_path / "queries.png", full_page=True)
    assert reader.overflow() == 0
    page.get_by_role("link", name="Trouble").first.click()
    text = page.get_by_label("What to look for")
    expect(page.get_by_text("It can be read.")).to_be_visible()
    page.screenshot(path=tmp_path / "query.png", full_page=True)
    assert reader.overflow() == 0

    # An emoji before the mistake: the browser counts it as two.
    text.fill('"acme air" 😡 AND (strike OR')
    expect(page.locator("#feedback .remark.wrong")).to_be_visible()
    expect(page.locator(".code-marks mark.wrong")).to_have_text("OR")
    page.locator("#feedback .remark").click()
    picked = "[t.selectionStart, t.selectionEnd]"
    place = page.evaluate(f"(() => {{ const t = document.activeElement; return {picked}; }})()")
    assert text.input_value()[slice(*_code_points(text.input_value(), place))] == "OR"
    page.screenshot(path=tmp_path / "mistake.png", full_page=True)

    text.fill('"acme air" and (strike OR cancel*)')
    expect(page.locator("#feedback .remark.odd").first).to_be_visible()
    expect(page.locator(".code-marks mark.odd").first).to_have_text("and")
    expect(page.locator("#test-summary")).to_contain_text("fail")
    page.screenshot(path=tmp_path / "warning.png", full_page=True)

    text.fill('"acme air" AND (strike OR cancel*) NOT hiring')
    expect(page.locator("#test-summary")).to_have_text("All pass.")
    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    with runtime.store.read() as session:
        assert query_view(session, 1).version == 2
    assert reader.complaints == []


def test_a_text_is_tried_and_a_test_is_made_of_it(reader: Reader, tmp_path: Path) -> None:
    page = reader.page
    reader.sign_in("/queries/1")
    page.get_by_label("A post as somebody might write it").fill(
        "Flying Acme Air tomorrow. Will they strike or cancel? Their hiring page is funny."
    )
    expect(page.get_by_text("It does not match")).to_be_visible()
    expect(page.locator(".clause.failed").first).to_be_visible()
    expect(page.locator("#tried mark").first).to_be_visible()
    page.locator("#try").screenshot(path=tmp_path / "tried.png")
    page.get_by_role("button", name="Add a test").click()
    page.get_by_label("The text").last.fill("Acme Air lost my bag")
    expect(page.locator("#outcome-3")).to_contain_text("passes")
    page.get_by_role("button", name="Remove this test").first.click()
    expect(page.locator(".test")).to_have_count(3)
    expect(page.locator("#outcome-2")).to_contain_text("passes")
    page.locator("#tests").screenshot(path=tmp_path / "tests.png")
    page.get_by_label("What the query must do").last.select_option("must not match")
    expect(page.locator("#outcome-2")).to_contain_text("fails")
    page.get_by_role("button", name="Save").last.click()
    expect(page.get_by_text("Not saved.")).to_be_visible()
    page.screenshot(path=tmp_path / "refused.png")
    assert reader.overflow() == 0
    assert [one for one in reader.complaints if "422" not in one] == []


def test_a_preview_shows_what_a_change_brings_and_loses(reader: Reader, tmp_path: Path) -> None:
    page = reader.page
    reader.sign_in("/queries/1")
    page.get_by_label("What to look for").fill('"acme air" AND (strike OR coffee)')
    page.get_by_role("button", name="Preview of 30 days").click()
    expect(page.get_by_role("heading", name="The last 30 days")).to_be_visible()
    expect(page.get_by_role("heading", name="Would come in")).to_be_visible()
    expect(page.locator("#previewed mark").first).to_be_visible()
    page.locator("#previewed").screenshot(path=tmp_path / "preview.png")
    assert reader.overflow() == 0
    assert reader.complaints == []


def test_what_is_touched_is_large_enough(reader: Reader) -> None:
    reader.sign_in("/queries/1")
    page = reader.page
    page.get_by_label("A post as somebody might write it").fill("Acme Air strike")
    expect(page.locator("#tried .clauses").first).to_be_visible()
    small = page.evaluate(
        """[...document.querySelectorAll("button, summary, .links a, nav a, select, input")]
        .filter((each) => !each.closest(".hidden") && !each.matches(".hidden"))
        .map((each) => [each.textContent.trim() || each.name, each.getBoundingClientRect()])
        .filter(([_, box]) => box.width && box.height < 43.5).map(([text]) => text)"""
    )
    assert small == []


def test_a_query_is_made_without_javascript(chromium: Browser, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    reader = Reader(page, address, [])
    reader.sign_in("/queries")
    page.get_by_role("link", name="New query").first.click()
    page.get_by_label("Name").fill("Delays")
    page.get_by_label("What to look for").fill('"acme air" AND (late OR')
    page.get_by_role("button", name="Check").last.click()
    expect(page.locator(".remark.wrong")).to_be_visible()
    page.get_by_label("What to look for").fill('"acme air" AND late')
    page.get_by_role("button", name="Add a test").click()
    page.get_by_label("The text").fill("Acme Air was late")
    page.get_by_role("button", name="Run the tests").click()
    expect(page.get_by_text("All pass.")).to_be_visible()
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("heading", name="The last 30 days")).to_be_visible()
    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    context.close()


def _code_points(text: str, units: list[int]) -> tuple[int, int]:
    """Places that a browser counted in UTF-16 units, in characters."""
    raw = text.encode("utf-16-le")
    start, end = (len(raw[: 2 * unit].decode("utf-16-le")) for unit in units)
    return start, end
