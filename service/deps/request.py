"""The runtime, the moment, and a session of the store."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, nullcontext
from datetime import datetime
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.concurrency import contextmanager_in_threadpool, run_in_threadpool

from service.auth.throttle import Throttle
from service.runtime import Runtime
from service.store.engine import Session


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


def read_session(runtime: RuntimeDep) -> Iterator[Session]:
    with runtime.store.read() as session:
        yield session


ReadDep = Annotated[Session, Depends(read_session, scope="function")]
"""For reading; ends before the response is sent, so a streamed body must open its own."""


async def write_session(request: Request, runtime: RuntimeDep) -> AsyncIterator[Session]:
    async with turn(request), contextmanager_in_threadpool(runtime.store.write()) as session:
        request.state.writing = session
        try:
            yield session
        finally:
            request.state.writing = None


WriteDep = Annotated[Session, Depends(write_session, scope="function")]
"""One transaction per request, committed before the response is sent."""


def turn(request: Request) -> AbstractAsyncContextManager[Any]:
    return request.app.state.turn or nullcontext()


async def jot(request: Request, runtime: Runtime, note: Callable[[Session], None]) -> None:
    """A small write beside the request's own: into its transaction if one is open already."""
    open_already: Session | None = getattr(request.state, "writing", None)
    if open_already is not None:
        await run_in_threadpool(note, open_already)
        return

    def alone() -> None:
        with runtime.store.write() as session:
            note(session)

    async with turn(request):
        await run_in_threadpool(alone)
