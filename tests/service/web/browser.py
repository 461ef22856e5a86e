"""A real Chromium, and somebody in front of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PASSWORD = "a long enough one"
SCREENS = {
    "desk": (1280, 800, "light"),
    "phone": (390, 844, "dark"),
    "small phone": (360, 740, "dark"),
}


@dataclass
class Reader:
    """Somebody in front of a page. ``complaints``: what the browser's console said."""

    page: Page
    address: str
    complaints: list[str]

    def sign_in(self, next_path: str = "/") -> None:
        self.page.goto(f"{self.address}{next_path}")
        self.page.get_by_label("Name").fill("ines")
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        expect(self.page.get_by_role("button", name="Sign out")).to_be_visible()

    def overflow(self) -> int:
        """Pixels by which the page is wider than the screen."""
        told = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        return int(told)


@contextmanager
def started() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.fail(
            f"there is no {CHROMIUM}: `make test` installs it, `make test BROWSER=no` does without"
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def reading(browser: Browser, address: str, *, screen: str) -> Iterator[Reader]:
    """A reader at a screen of that size."""
    width, height, scheme = SCREENS[screen]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield Reader(page, address, complaints)
    context.close()
