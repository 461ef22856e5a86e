"""What each page shows, and to whom."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.routing import BaseRoute

from service.auth.sessions import SLIDE_EVERY
from service.deps.security import POLICY
from service.main import create_app
from service.runtime import Runtime
from tests.fakes import FakeClock
from tests.service.web.conftest import SignIn
from tests.service.web.crisis import a_crisis

PAGES = [
    "/",
    "/incidents",
    "/incidents?show=all",
    "/mentions",
    "/topics",
    "/queries",
    "/sources",
    "/rejects",
    "/deliveries",
]


@pytest.fixture
def incident(runtime: Runtime) -> int:
    with runtime.store.write() as session:
        return a_crisis(session)


def every_get_route(app: FastAPI) -> list[str]:
    """The paths of all pages, with a number for each parameter."""

    def walk(routes: list[BaseRoute]) -> list[str]:
        found: list[str] = []
        for route in routes:
            path = getattr(route, "path", "")
            inner = getattr(route, "routes", None) or getattr(
                getattr(route, "original_router", None), "routes", None
            )
            if inner:
                found += walk(list(inner))
            elif "GET" in (getattr(route, "methods", None) or ()):
                found.append(re.sub(r"{\w+}", "1", path))
        return found

    return walk(list(app.routes))


def test_every_page_but_sign_in_sends_a_stranger_to_sign_in(
    app: FastAPI, visitor: TestClient, incident: int
) -> None:
    paths = [
        path
        for path in every_get_route(app)
        if not path.startswith(
            ("/login", "/api", "/healthz", "/readyz", "/metrics", "/static", "/live")
        )
    ]
    assert {"/", "/incidents", "/incidents/1", "/mentions/1", "/sources"} <= set(paths)
    for path in paths:
        answer = visitor.get(path)
        assert answer.status_code == 303, path
        assert answer.headers["location"].startswith("/login"), path


def test_after_signing_in_the_page_that_was_wanted_is_shown(visitor: TestClient) -> None:
    answer = visitor.get("/mentions?words=kettle&brand=acme")
    assert answer.headers["location"] == "/login?next=/mentions%3Fwords%3Dkettle%26brand%3Dacme"


@pytest.mark.parametrize("path", PAGES)
def test_an_empty_store_has_friendly_pages(sign_in: SignIn, path: str) -> None:
    answer = sign_in("viewer").get(path)
    assert answer.status_code == 200
    assert 'class="empty"' in answer.text


def test_the_empty_overview_says_what_to_do(sign_in: SignIn) -> None:
    assert "groundswell listen" in sign_in("viewer").get("/").text


@pytest.mark.parametrize("path", [*PAGES, "/incidents/1", "/mentions/1"])
def test_pages_show_a_crisis(sign_in: SignIn, incident: int, path: str) -> None:
    answer = sign_in("viewer").get(path)
    assert answer.status_code == 200, answer.text[:500]


def test_the_review_page_tells_what_happened_and_why(sign_in: SignIn, incident: int) -> None:
    page = sign_in().get(f"/incidents/{incident}").text
    for told in (
        "SEV1",
        "crisis",
        "2 to 7 are usual at this hour",
        "It is on three platforms",
        "ines",
        "is paged next",
        "Have legal read it first.",
        "Please unplug it",
        "Acknowledge",
        "Resolve",
        "Already known",
        "Opened as SEV1",
        "<svg",
        "First post",
    ):
        assert told in page, told


def test_a_demo_brand_is_marked_on_each_page_that_shows_it(
    runtime: Runtime, sign_in: SignIn
) -> None:
    with runtime.store.write() as session:
        a_crisis(session, demo=True)
    client = sign_in()
    assert "DEMO" in client.get("/").text
    assert "DEMO" in client.get("/incidents/1").text


def test_a_list_of_mentions_says_which_brand_each_is_about(sign_in: SignIn, incident: int) -> None:
    for path in ("/", "/mentions"):
        assert "about Acme" in sign_in().get(path).text, path


def test_the_head_of_the_review_quotes_the_loudest_post_and_leads_to_what_to_say(
    sign_in: SignIn, incident: int
) -> None:
    head = sign_in().get(f"/incidents/{incident}").text.split("</header>")[1]
    assert "<q" in head
    assert 'href="#response"' in head


def test_a_viewer_sees_no_buttons(sign_in: SignIn, incident: int) -> None:
    page = sign_in("viewer").get(f"/incidents/{incident}").text
    assert "/acknowledge" not in page
    assert "You may look, not act" in page


@pytest.mark.parametrize(
    ("asked", "found", "left"),
    [
        ("label=negative", "Consumer Desk", "No mention fits"),
        ("query=refund", "dad_of_three", "Consumer Desk"),
        ("label=positive", "No mention fits", "dad_of_three"),
        ("platform=reddit", "No mention fits", "dad_of_three"),
        ("brand=acme&span=hour", "dad_of_three", "No mention fits"),
    ],
)
def test_mentions_can_be_narrowed(
    sign_in: SignIn, incident: int, asked: str, found: str, left: str
) -> None:
    page = sign_in().get(f"/mentions?{asked}").text
    assert found in page
    assert left not in page


def test_scores_are_explained_word_by_word(sign_in: SignIn, incident: int) -> None:
    page = sign_in().get("/mentions/1").text
    assert '<mark class="bad" title="priority +0.41: fire, a danger to people; polarity' in page
    assert "−0.71" in page


ANSWERS = ["/", "/login", "/nowhere", "/mentions/0", "/static/style.css", "/static/nowhere"]
MACHINES = ["/live/overview", "/healthz", "/api/v1/nowhere", "/metrics"]


def assert_guarded(headers: Mapping[str, str]) -> None:
    assert headers["content-security-policy"] == POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "strict-transport-security" not in headers


def test_every_page_has_the_security_headers(visitor: TestClient, sign_in: SignIn) -> None:
    viewer = sign_in("viewer")
    for path in ANSWERS:
        assert_guarded(visitor.get(path).headers)
        assert_guarded(viewer.get(path).headers)


def test_what_machines_read_has_them_too(runtime: Runtime) -> None:
    with TestClient(create_app(runtime), follow_redirects=False) as client:
        for path in [*ANSWERS, *MACHINES]:
            assert_guarded(client.get(path).headers)


def test_pages_are_never_kept_by_a_cache(sign_in: SignIn) -> None:
    assert sign_in().get("/").headers["cache-control"] == "no-store"


def test_a_page_that_breaks_says_so_kindly_and_keeps_the_headers(
    app: FastAPI, visitor: TestClient
) -> None:
    def broken() -> None:
        raise RuntimeError("a secret detail")

    app.add_api_route("/broken", broken)
    answer = visitor.get("/broken")
    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.text
    assert "a secret detail" not in answer.text
    assert answer.headers["content-security-policy"] == POLICY


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("/nowhere", 404, "There is nothing here"),
        ("/incidents/999", 404, "There is nothing here"),
        ("/incidents/99999999999999999999", 404, "There is nothing here"),
        ("/mentions/x", 404, "There is nothing here"),
        ("/mentions?cursor=rubbish", 422, "begin again without it"),
        ("/mentions?span=never", 422, "not right"),
        ("/incidents/1/acknowledge", 405, "cannot be done here"),
    ],
)
def test_errors_are_pages(sign_in: SignIn, path: str, status: int, told: str) -> None:
    answer = sign_in().get(path)
    assert answer.status_code == status
    assert told in answer.text
    assert answer.headers["content-type"].startswith("text/html")


def test_using_a_session_moves_its_end_on(sign_in: SignIn, clock: FakeClock) -> None:
    client = sign_in()
    assert "set-cookie" not in client.get("/").headers
    clock.advance(SLIDE_EVERY)
    assert "Max-Age=1209600" in client.get("/").headers["set-cookie"]
    assert "set-cookie" not in client.get("/").headers
