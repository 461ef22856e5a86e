"""Live pages: a stream of server-sent events that says only *that* something changed.

The page then fetches itself again, so there is one way to render it and no second format. A
stream ends when its session does, when the browser goes, and when the service stops.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Annotated, Any, Final

import anyio
from anyio import to_thread
from fastapi import APIRouter, Query, Request
from sse_starlette import EventSourceResponse

from service.auth import sessions
from service.deps import MaybeUserDep, RuntimeDep, cookie_name
from service.errors import NotFound, Unauthenticated
from service.runtime import Runtime
from service.store.engine import Session
from service.store.reads.live import incident_mark, overview_mark
from service.web.incidents import IncidentId

router = APIRouter(prefix="/live")

LOOK_EVERY: Final = 2.0
"""Seconds between two looks at the store."""

SESSION_EVERY: Final = timedelta(seconds=20)
"""How often the session is looked at again: signing out ends the stream this soon."""

HEARTBEAT: Final = 15
"""Seconds between comments that keep proxies from closing a silent stream."""

Mark = Callable[[Session], str | None]
Seen = Annotated[str, Query(max_length=200)]


@router.get("/overview")
async def watch_overview(
    request: Request, runtime: RuntimeDep, user: MaybeUserDep, seen: Seen = ""
) -> EventSourceResponse:
    refuse_strangers(user)
    return stream(request, runtime, mark=overview_mark, seen=seen)


@router.get("/incidents/{incident_id}")
async def watch_incident(
    request: Request,
    incident_id: IncidentId,
    runtime: RuntimeDep,
    user: MaybeUserDep,
    seen: Seen = "",
) -> EventSourceResponse:
    refuse_strangers(user)

    def mark(session: Session) -> str | None:
        return incident_mark(session, incident_id, now=runtime.clock.now())

    if await _look(request, runtime, mark) is None:
        raise NotFound(f"there is no incident {incident_id}")
    return stream(request, runtime, mark=mark, seen=seen)


def refuse_strangers(user: Any) -> None:
    """Not a redirect: an event source would follow it and read the sign-in page as a stream."""
    if user is None:
        raise Unauthenticated("sign in first")


def stream(request: Request, runtime: Runtime, *, mark: Mark, seen: str) -> EventSourceResponse:
    # Behind a proxy or not, the answer must come at once, however quiet the store is.
    return EventSourceResponse(
        _changes(request, runtime, mark=mark, seen=seen), ping=HEARTBEAT, send_timeout=30
    )


async def _changes(
    request: Request, runtime: Runtime, *, mark: Mark, seen: str
) -> AsyncIterator[dict[str, str | int]]:
    checked = runtime.clock.now()
    yield {"event": "hello", "data": "", "retry": 5000}
    while True:
        if runtime.clock.now() - checked >= SESSION_EVERY:
            if not await _still_signed_in(request, runtime):
                yield {"event": "ended", "data": "signed out"}
                return
            checked = runtime.clock.now()
        told = await _look(request, runtime, mark)
        if told is None:
            yield {"event": "ended", "data": "gone"}
            return
        if told != seen:
            seen = told
            yield {"event": "changed", "data": told, "id": told}
        await anyio.sleep(request.app.state.look_every)


async def _look(request: Request, runtime: Runtime, mark: Mark) -> str | None:
    def look() -> str | None:
        with runtime.store.read() as session:
            return mark(session)

    # A limiter of their own: a hundred open pages must not take the threads of those who act.
    return await to_thread.run_sync(look, limiter=request.app.state.live_limiter)


async def _still_signed_in(request: Request, runtime: Runtime) -> bool:
    token = request.cookies.get(cookie_name("session", runtime.settings), "")

    def look() -> bool:
        with runtime.store.read() as session:
            return sessions.find_session(session, token, now=runtime.clock.now()) is not None

    return await to_thread.run_sync(look, limiter=request.app.state.live_limiter)
