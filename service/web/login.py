"""Signing in and out: by password, or by a link that works once.

Before anybody is signed in there is no session to bind a form to, so these forms carry the value
of a cookie of their own (double submit): another site can send a form here, but cannot know it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from service.auth import login_links, sessions, users
from service.auth.random_secrets import new_secret, same
from service.deps import (
    CsrfDep,
    CsrfRefused,
    MaybeUserDep,
    NowDep,
    ReadDep,
    RuntimeDep,
    ThrottleDep,
    UserDep,
    WriteDep,
    cookie_name,
    drop_session_cookie,
    safe_next,
    set_session_cookie,
)
from service.deps.people import is_https
from service.errors import Unauthenticated
from service.runtime import Runtime
from service.settings import Settings
from service.store.users import UserFacts
from service.web.page import render
from service.web.words import span_of_time

router = APIRouter()

FORM_LIFE: Final = timedelta(hours=12)
"""How long a sign-in page may stand open before it is sent."""


class LoginRefused(Unauthenticated):
    """Shown as the sign-in page once more. ``wait``: how long before they may try again."""

    def __init__(
        self, message: str, *, name: str, next_path: str, wait: timedelta | None = None
    ) -> None:
        retry_after = None if wait is None else int(wait.total_seconds()) + 1
        super().__init__(message, code="login-refused", retry_after=retry_after)
        self.status = 401 if wait is None else 429
        self.name = name
        self.next_path = next_path


@router.get("/login")
def show_login(
    request: Request,
    runtime: RuntimeDep,
    user: MaybeUserDep,
    now: NowDep,
    next: str = "/",
) -> Response:
    if user is not None:
        return RedirectResponse(safe_next(next), status_code=303)
    return login_page(request, runtime.settings, now=now, next_path=safe_next(next))


def login_page(
    request: Request,
    settings: Settings,
    *,
    now: datetime,
    next_path: str,
    name: str = "",
    problem: str = "",
    status: int = 200,
) -> Response:
    csrf = form_secret(request, settings)
    page = render(
        request,
        "login.html",
        user=None,
        now=now,
        status=status,
        csrf=csrf,
        next_path=next_path,
        name=name,
        problem=problem,
    )
    set_form_cookie(page, settings, secret=csrf)
    return page


def check_login(
    request: Request,
    runtime: RuntimeDep,
    throttle: ThrottleDep,
    now: NowDep,
    name: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    csrf: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = "/",
) -> UserFacts:
    """Before any transaction: hashing takes its time, and the store has one writer."""
    check_form_cookie(request, runtime.settings, csrf=csrf)
    address = request.client.host if request.client else ""
    wait = throttle.wait(name=name, address=address, now=now)
    if wait is not None:
        raise LoginRefused(
            f"Too many wrong attempts. Try again in {span_of_time(wait)}, or ask whoever runs "
            "this service for a sign-in link.",
            name=name,
            next_path=safe_next(next),
            wait=wait,
        )
    # Counted before the answer is known: a hundred guesses at once are a hundred guesses.
    throttle.failed(name=name, address=address, now=now)
    with runtime.store.read() as session:
        user = users.check_password(session, name=name, password=password)
    if user is None:
        raise LoginRefused(
            "That name and password do not go together.", name=name, next_path=safe_next(next)
        )
    throttle.succeeded(name=name, address=address)
    return user


@router.post("/login")
def log_in(
    request: Request,
    runtime: RuntimeDep,
    user: Annotated[UserFacts, Depends(check_login)],
    session: WriteDep,
    now: NowDep,
    password: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = "/",
) -> Response:
    users.renew_password_hash(session, name=user.name, password=password)
    replaces = request.cookies.get(cookie_name("session", runtime.settings))
    token = sessions.open_session(session, user_id=user.id, now=now, replaces=replaces)
    return _signed_in(runtime, token=token, next_path=safe_next(next))


@router.post("/logout", dependencies=[CsrfDep])
def log_out(request: Request, runtime: RuntimeDep, session: WriteDep, _user: UserDep) -> Response:
    token = request.cookies.get(cookie_name("session", runtime.settings), "")
    sessions.close_session(session, token)
    gone = RedirectResponse("/login", status_code=303)
    drop_session_cookie(gone, runtime.settings)
    return gone


@router.get("/login/link/{token}")
def show_link(
    request: Request, token: str, runtime: RuntimeDep, session: ReadDep, now: NowDep
) -> Response:
    """Only a button: whatever looks at links in messages must not use this one up."""
    csrf = form_secret(request, runtime.settings)
    is_open = login_links.is_open(session, token, now=now)
    page = render(
        request,
        "login_link.html",
        user=None,
        now=now,
        status=200 if is_open else 410,
        is_open=is_open,
        csrf=csrf,
    )
    set_form_cookie(page, runtime.settings, secret=csrf)
    return page


def check_link_form(
    request: Request, runtime: RuntimeDep, csrf: Annotated[str, Form()] = ""
) -> None:
    check_form_cookie(request, runtime.settings, csrf=csrf)


@router.post("/login/link/{token}", dependencies=[Depends(check_link_form)])
def use_link(
    request: Request, token: str, runtime: RuntimeDep, session: WriteDep, now: NowDep
) -> Response:
    user_id = login_links.use_login_link(session, token, now=now)
    if user_id is None:
        return render(
            request, "login_link.html", user=None, now=now, status=410, is_open=False, csrf=""
        )
    replaces = request.cookies.get(cookie_name("session", runtime.settings))
    opened = sessions.open_session(session, user_id=user_id, now=now, replaces=replaces)
    return _signed_in(runtime, token=opened, next_path="/")


def _signed_in(runtime: Runtime, *, token: str, next_path: str) -> Response:
    answer = RedirectResponse(next_path, status_code=303)
    set_session_cookie(answer, runtime.settings, token=token)
    answer.delete_cookie(
        cookie_name("form", runtime.settings),
        path="/",
        secure=is_https(runtime.settings),
        httponly=True,
        samesite="strict",
    )
    return answer


def form_secret(request: Request, settings: Settings) -> str:
    """The browser's own, if it has one already: a second tab must not void the first's form."""
    known = request.cookies.get(cookie_name("form", settings), "")
    return known if len(known) == len(new_secret()) else new_secret()


def set_form_cookie(response: Response, settings: Settings, *, secret: str) -> None:
    response.set_cookie(
        cookie_name("form", settings),
        secret,
        max_age=int(FORM_LIFE.total_seconds()),
        path="/",
        secure=is_https(settings),
        httponly=True,
        samesite="strict",
    )


def check_form_cookie(request: Request, settings: Settings, *, csrf: str) -> None:
    """Raises CsrfRefused."""
    if request.headers.get("sec-fetch-site", "same-origin") == "cross-site":
        raise CsrfRefused
    if not same(csrf, request.cookies.get(cookie_name("form", settings), "")):
        raise CsrfRefused
