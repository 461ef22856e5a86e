"""Who calls the API, and how far they may go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request
from fastapi.concurrency import run_in_threadpool

from service.auth import tokens
from service.auth.roles import Scope, scopes_of
from service.deps.people import SAFE_METHODS, MaybeUserDep
from service.deps.request import NowDep, RuntimeDep, jot
from service.errors import Forbidden, Unauthenticated
from service.runtime import Runtime
from service.store.tokens import TokenFacts


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
            await jot(request, runtime, lambda session: tokens.note_use(session, found, now=now))
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
