"""What a request gets: the runtime, a session of the store, the moment, and who is asking.

Rules, in this order:

1. A write is one transaction. ``WriteDep`` ends *before* the response is sent (FastAPI's
   ``scope="function"``): a commit that fails is an error the caller sees, not a lost write.
2. SQLite has one writer. Requests take turns for it on the event loop, not in the thread pool:
   forty requests asleep in forty threads would leave the one that holds the turn no thread to end
   in. Nothing else in a request may open ``store.write()`` of its own.
3. Callers of the API show a bearer token; a browser's session may read only, and only from our own
   pages. Changes from pages are forms with the session's CSRF token.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Final
from urllib.parse import urlsplit

import anyio
from fastapi import Depends, FastAPI, Form, Request
from fastapi.concurrency import contextmanager_in_threadpool, run_in_threadpool

from service.auth import sessions, tokens
from service.auth.random_secrets import same
from service.auth.roles import Role, Scope, scopes_of
from service.auth.throttle import Throttle
from service.errors import Forbidden, Unauthenticated
from service.runtime import Runtime
from service.store.engine import Session
from service.store.sessions import SessionFacts
from service.store.tokens import TokenFacts

SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})


def attach(app: FastAPI, runtime: Runtime) -> None:
    """Give the application what these dependencies look for."""
    app.state.runtime = runtime
    app.state.throttle = Throttle()
    app.state.turn = anyio.Lock() if runtime.store.is_sqlite else None


# The runtime and the moment


def get_runtime(request: Request) -> Runtime:
    runtime: Runtime = request.app.state.runtime
    return runtime


RuntimeDep = Annotated[Runtime, Depends(get_runtime)]


def get_now(runtime: RuntimeDep) -> datetime:
    """One moment for the whole request."""
    return runtime.clock.now()


NowDep = Annotated[datetime, Depends(get_now)]


def get_throttle(request: Request) -> Throttle:
    throttle: Throttle = request.app.state.throttle
    return throttle


ThrottleDep = Annotated[Throttle, Depends(get_throttle)]


# Sessions of the store


def read_session(runtime: RuntimeDep) -> Iterator[Session]:
    with runtime.store.read() as session:
        yield session


ReadDep = Annotated[Session, Depends(read_session, scope="function")]
"""For reading; ends before the response is sent, so a streamed body must open its own."""


async def write_session(request: Request, runtime: RuntimeDep) -> AsyncIterator[Session]:
    async with _turn(request), contextmanager_in_threadpool(runtime.store.write()) as session:
        request.state.writing = session
        try:
            yield session
        finally:
            request.state.writing = None


WriteDep = Annotated[Session, Depends(write_session, scope="function")]
"""One transaction per request, committed before the response is sent."""


def _turn(request: Request) -> AbstractAsyncContextManager[Any]:
    return request.app.state.turn or nullcontext()


async def _jot(request: Request, runtime: Runtime, note: Callable[[Session], None]) -> None:
    """A small write beside the request's own: into its transaction if one is open already."""
    open_already: Session | None = getattr(request.state, "writing", None)
    if open_already is not None:
        await run_in_threadpool(note, open_already)
        return

    def alone() -> None:
        with runtime.store.write() as session:
            note(session)

    async with _turn(request):
        await run_in_threadpool(alone)


# People on the pages


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


def cookie_name(kind: str, runtime: Runtime) -> str:
    """``__Host-`` where cookies are Secure: no other host or path can then set or shadow it."""
    return f"__Host-groundswell_{kind}" if is_https(runtime) else f"groundswell_{kind}"


def is_https(runtime: Runtime) -> bool:
    return urlsplit(runtime.settings.address()).scheme == "https"


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
    token = request.cookies.get(cookie_name("session", runtime))
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

        await _jot(request, runtime, slide)
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


# Callers of the API


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls the API. ``brands``: slugs they are limited to, None for all.

    ``kind``: token or session. ``name`` is what the timeline calls them.
    """

    name: str
    scopes: frozenset[str]
    brands: frozenset[str] | None
    kind: str

    def may_see(self, slug: str) -> bool:
        return self.brands is None or slug in self.brands


async def get_caller(
    request: Request, runtime: RuntimeDep, now: NowDep, user: MaybeUserDep
) -> Caller:
    """By bearer token; or by the browser's session, for reading from our own pages.

    Raises Unauthenticated.
    """
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        found = await run_in_threadpool(_find_token, runtime, secret.strip(), now)
        if found is None:
            raise Unauthenticated("the token is unknown, revoked or expired", code="bad-token")
        if tokens.is_use_due(found, now=now):
            await _jot(request, runtime, lambda session: tokens.note_use(session, found, now=now))
        return Caller(
            name=f"token:{found.name}",
            scopes=frozenset(found.scopes),
            brands=frozenset(found.brands) or None,
            kind="token",
        )
    if scheme:
        raise Unauthenticated("use a bearer token: Authorization: Bearer gs_…", code="bad-token")
    if user is None or request.headers.get("sec-fetch-site", "none") in ("cross-site", "same-site"):
        raise Unauthenticated("a bearer token is needed: Authorization: Bearer gs_…")
    if request.method not in SAFE_METHODS:
        raise Unauthenticated("a browser's session may only read; changes need a bearer token")
    return Caller(
        name=user.name,
        scopes=frozenset(scope.value for scope in scopes_of(user.role)),
        brands=None,
        kind="session",
    )


CallerDep = Annotated[Caller, Depends(get_caller)]


def need_scope(scope: str) -> Callable[[Caller], Caller]:
    """A dependency that lets in callers with that scope: ``Depends(need_scope("read"))``."""
    needed = Scope(scope).value

    def check(caller: CallerDep) -> Caller:
        if needed not in caller.scopes:
            raise Forbidden(f"this needs the scope {needed}", code="scope-missing")
        return caller

    return check


def _find_token(runtime: Runtime, secret: str, now: datetime) -> TokenFacts | None:
    with runtime.store.read() as session:
        return tokens.find_token(session, secret, now=now)
