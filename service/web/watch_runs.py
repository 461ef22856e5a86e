"""Pages of runs show how far they are, and themselves again when they are over."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, TypeVar

from fastapi import APIRouter, FastAPI, Path, Query, Request
from sse_starlette import EventSourceResponse

from service.deps import MaybeUserDep, RuntimeDep
from service.errors import NotFound
from service.web.live import refuse_strangers, stream
from service.web.runs import Run, Runs

Key = Annotated[str, Path(max_length=40)]
T = TypeVar("T")


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    yield
    app.state.runs.close()


router = APIRouter(lifespan=_lifespan)


@router.get("/live/runs/{key}")
async def watch_run(
    request: Request,
    key: Key,
    runtime: RuntimeDep,
    user: MaybeUserDep,
    seen: Annotated[str, Query(max_length=200)] = "",
) -> EventSourceResponse:
    """Says how far it is; ends when it is over, and the page is then read again."""
    refuse_strangers(user)
    run = runs_of(request).find(key)
    return stream(request, runtime, mark=lambda _: None if run.over else mark_of(run), seen=seen)


def runs_of(request: Request) -> Runs:
    runs: Runs = request.app.state.runs
    return runs


def asked_of(run: Run, kind: type[T]) -> T:
    """What was asked for. Raises NotFound where that is of another kind."""
    if not isinstance(run.asked, kind):
        raise NotFound("this is the result of something else")
    return run.asked


def mark_of(run: Run) -> str:
    """Changes whenever its page would."""
    return f"{run.begun:d}.{run.share:.2f}.{run.over:d}"
