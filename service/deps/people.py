"""Who is signed in to the pages, and the checks before anything of theirs is changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final
from urllib.parse import urlsplit

from fastapi import Depends, Form, Request
from fastapi.concurrency import run_in_threadpool

from service.auth import sessions
from service.auth.random_secrets import same
from service.auth.roles import Role
from service.deps.request import NowDep, RuntimeDep, jot
from service.errors import Forbidden, Unauthenticated
from service.runtime import Runtime
from service.settings import Settings
from service.store.engine import Session
from service.store.sessions import SessionFacts

SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class User:
    """Who is signed in. ``csrf_token`` goes into every form of theirs."""

    id: int
    name: str
    role: Role
    csrf_token: str

    def may(self, role: str) -> bool:
        """Whether their role includes that one: ``user.may("responder")``."""
        return self.role.includes(Role(role))


class LoginNeeded(Unauthenticated):
    """A page was asked for by somebody not signed in; the handler sends them to /login."""

    def __init__(self, next_path: str) -> None:
        super().__init__("sign in first", code="login-needed")
        self.next_path = next_path


class CsrfRefused(Forbidden):
    """A form without the session's token: from another site, or from before signing in anew."""

    code = "csrf"

    def __init__(self) -> None:
        super().__init__("this form has expired or was sent from somewhere else", code="csrf")


def cookie_name(kind: str, settings: Settings) -> str:
    """``__Host-`` where cookies are Secure: no other host or path can then set or shadow it."""
    return f"__Host-groundswell_{kind}" if is_https(settings) else f"groundswell_{kind}"


def is_https(settings: Settings) -> bool:
    return urlsplit(settings.address()).scheme == "https"


def safe_next(path: str | None) -> str:
    """A path on this site to go on to; anything else becomes the overview.

    Browsers read ``//host``, ``/\\host`` and paths with control characters as other sites.
    """
    if not path or not path.startswith("/") or path.startswith(("//", "/login", "/logout")):
        return "/"
    if "\\" in path or any(ord(character) <= 0x20 or ord(character) == 0x7F for character in path):
        return "/"
    return path[:2000]


async def find_user(request: Request, runtime: RuntimeDep, now: NowDep) -> User | None:
    """Whoever is signed in in this browser, or nobody. Using a session moves its end on."""
    token = request.cookies.get(cookie_name("session", runtime.settings))
    if not token:
        return None
    found = await run_in_threadpool(_find_session, runtime, token, now)
    if found is None:
        return None
    later = sessions.later_end(found, now=now)
    if later is not None:
        standing = found

        def slide(session: Session) -> None:
            sessions.slide_session(session, standing, expires_at=later)

        await jot(request, runtime, slide)
        request.state.renewed_session = token
    return User(
        id=found.user_id,
        name=found.user_name,
        role=Role(found.role),
        csrf_token=found.csrf_token,
    )


MaybeUserDep = Annotated[User | None, Depends(find_user)]


def require_user(request: Request, user: MaybeUserDep) -> User:
    if user is None:
        raise LoginNeeded(_wanted(request))
    return user


UserDep = Annotated[User, Depends(require_user)]
"""Pages: the signed-in user, else off to /login and back."""


def need_role(role: str) -> Callable[[User], User]:
    """A dependency that lets in users whose role includes that one."""
    needed = Role(role)

    def check(user: UserDep) -> User:
        if not user.role.includes(needed):
            raise Forbidden(
                f"this needs the role {needed.value}; you are {user.role.value}",
                code="role-missing",
            )
        return user

    return check


ResponderDep = Annotated[User, Depends(need_role("responder"))]


def check_csrf(request: Request, user: UserDep, csrf: Annotated[str, Form()] = "") -> None:
    """For every form that changes something: the session's token must be in it."""
    if request.headers.get("sec-fetch-site", "same-origin") == "cross-site":
        raise CsrfRefused
    if not same(csrf, user.csrf_token):
        raise CsrfRefused


CsrfDep = Depends(check_csrf)
"""In a route's ``dependencies``; put it first, so that nothing is done before it."""


def _wanted(request: Request) -> str:
    """Where to go on to after signing in. A form cannot be repeated, only its page shown."""
    if request.method not in SAFE_METHODS:
        return "/"
    query = request.url.query
    return safe_next(f"{request.url.path}?{query}" if query else request.url.path)


def _find_session(runtime: Runtime, token: str, now: datetime) -> SessionFacts | None:
    with runtime.store.read() as session:
        return sessions.find_session(session, token, now=now)
