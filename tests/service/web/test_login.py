"""Coming in, going out, and what must not get anybody in."""

from __future__ import annotations

import re

import httpx
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from structlog.testing import capture_logs

from service.auth.login_links import create_login_link
from service.auth.roles import Role
from service.auth.sessions import find_session
from service.auth.throttle import PER_NAME_AND_ADDRESS, WINDOW
from service.auth.users import create_user
from service.deps import safe_next
from service.runtime import Runtime
from service.settings import Settings
from tests.builders import NOON
from tests.fakes import FakeClock
from tests.service.web.conftest import SignIn

PASSWORD = "a long enough one"


@pytest.fixture(autouse=True)
def ines(runtime: Runtime) -> None:
    with runtime.store.write() as session:
        create_user(session, name="ines", role=Role.RESPONDER, password=PASSWORD, now=NOON)


def csrf_of(page: str) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def log_in(client: TestClient, password: str = PASSWORD, **fields: str) -> httpx.Response:
    csrf = csrf_of(client.get("/login").text)
    form = {"name": "ines", "password": password, "csrf": csrf} | fields
    answer: httpx.Response = client.post("/login", data=form)
    return answer


def test_the_right_password_gets_in_and_goes_on(visitor: TestClient) -> None:
    answer = log_in(visitor, next="/incidents?show=all")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/incidents?show=all"
    assert visitor.get("/").status_code == 200


def test_a_wrong_password_and_an_unknown_name_look_the_same(visitor: TestClient) -> None:
    wrong, unknown = log_in(visitor, "not the right one"), log_in(visitor, name="nobody")
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.text.replace("ines", "X") == unknown.text.replace("nobody", "X")
    assert visitor.get("/").status_code == 303


def test_guessing_is_slowed_down(visitor: TestClient, clock: FakeClock) -> None:
    for _ in range(PER_NAME_AND_ADDRESS):
        assert log_in(visitor, "not the right one").status_code == 401
    refused = log_in(visitor)
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) > 0
    assert "Too many wrong attempts" in refused.text
    clock.advance(WINDOW)
    assert log_in(visitor).status_code == 303


@pytest.mark.parametrize("csrf", ["", "x" * 43])
def test_a_login_form_from_elsewhere_is_refused(visitor: TestClient, csrf: str) -> None:
    visitor.get("/login")
    answer = visitor.post("/login", data={"name": "ines", "password": PASSWORD, "csrf": csrf})
    assert answer.status_code == 403
    assert "This form has expired" in answer.text
    assert visitor.get("/").status_code == 303


def test_a_login_form_without_its_cookie_is_refused(visitor: TestClient) -> None:
    csrf = csrf_of(visitor.get("/login").text)
    visitor.cookies.clear()
    form = {"name": "ines", "password": PASSWORD, "csrf": csrf}
    assert visitor.post("/login", data=form).status_code == 403


def test_a_session_planted_before_signing_in_does_not_become_signed_in(
    visitor: TestClient, runtime: Runtime
) -> None:
    planted = "p" * 43
    visitor.cookies.set("groundswell_session", planted)
    answer = log_in(visitor)
    assert answer.status_code == 303
    assert planted not in answer.headers["set-cookie"]
    with runtime.store.read() as session:
        assert find_session(session, planted, now=NOON) is None


def test_signing_in_again_ends_the_session_before(visitor: TestClient, runtime: Runtime) -> None:
    log_in(visitor)
    first = visitor.cookies["groundswell_session"]
    page = visitor.get("/login")
    assert page.status_code == 303
    csrf = "c" * 43
    visitor.cookies.set("groundswell_form", csrf)
    visitor.post("/login", data={"name": "ines", "password": PASSWORD, "csrf": csrf})
    with runtime.store.read() as session:
        assert find_session(session, first, now=NOON) is None


def test_signing_out_ends_the_session_in_the_store(visitor: TestClient, runtime: Runtime) -> None:
    log_in(visitor)
    token = visitor.cookies["groundswell_session"]
    csrf = csrf_of(visitor.get("/").text)
    assert visitor.post("/logout", data={"csrf": csrf}).headers["location"] == "/login"
    with runtime.store.read() as session:
        assert find_session(session, token, now=NOON) is None


def test_signing_out_needs_the_form(sign_in: SignIn) -> None:
    client = sign_in()
    assert client.post("/logout").status_code == 403
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "evil.example",
        "/login",
        "/logout",
        "",
        "/a\r\nSet-Cookie: x=y",
        " //evil.example",
    ],
)
def test_signing_in_never_leads_to_another_site(visitor: TestClient, elsewhere: str) -> None:
    assert log_in(visitor, next=elsewhere).headers["location"] == "/"
    assert safe_next(elsewhere) == "/"


def test_a_path_of_ours_is_gone_on_to() -> None:
    assert safe_next("/mentions?words=a%20b") == "/mentions?words=a%20b"


def test_looking_at_a_sign_in_link_does_not_use_it_up(
    visitor: TestClient, runtime: Runtime
) -> None:
    with runtime.store.write() as session:
        path = create_login_link(session, name="ines", now=NOON).path
    for _ in range(3):
        page = visitor.get(path)
        assert page.status_code == 200
        assert visitor.head(path).status_code in (200, 405)
    assert visitor.get("/").status_code == 303
    csrf = csrf_of(page.text)
    assert visitor.post(path, data={"csrf": "x" * 43}).status_code == 403
    assert visitor.post(path, data={"csrf": csrf}).status_code == 303
    assert visitor.get("/").status_code == 200
    visitor.cookies.set("groundswell_form", csrf)
    assert visitor.post(path, data={"csrf": csrf}).status_code == 410


def test_an_unknown_link_says_what_to_do(visitor: TestClient) -> None:
    answer = visitor.get("/login/link/nothing")
    assert answer.status_code == 410
    assert "groundswell user link" in answer.text


def flags(header: str) -> set[str]:
    return {part.strip().split("=")[0].lower() for part in header.split(";")[1:]}


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(visitor: TestClient) -> None:
    for cookie in [
        visitor.get("/login").headers["set-cookie"],
        log_in(visitor).headers["set-cookie"],
    ]:
        assert {"httponly", "samesite", "path"} <= flags(cookie)
        assert "secure" not in flags(cookie)
        assert "domain" not in flags(cookie)


class TestOverHttps:
    @pytest.fixture
    def settings(self) -> Settings:
        return Settings(public_url="https://testserver")

    def test_cookies_are_secure_and_of_this_host_only(self, visitor: TestClient) -> None:
        visitor.base_url = "https://testserver"
        page = visitor.get("/login")
        assert page.headers["strict-transport-security"].startswith("max-age=")
        assert page.headers["set-cookie"].startswith("__Host-groundswell_form=")
        answer = log_in(visitor)
        assert answer.status_code == 303
        assert "__Host-groundswell_session=" in answer.headers["set-cookie"]
        assert {"secure", "httponly", "path"} <= flags(page.headers["set-cookie"])
        assert visitor.get("/").status_code == 200


def test_a_sign_in_link_that_fails_does_not_stand_in_the_log(
    visitor: TestClient, runtime: Runtime
) -> None:
    with runtime.store.engine.begin() as connection:
        connection.execute(text("DROP TABLE login_links"))
    with capture_logs() as told:
        assert visitor.get("/login/link/s3cret").status_code == 500
    assert [line["path"] for line in told] == ["/login/link/{token}"]
