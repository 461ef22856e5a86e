"""What another text of a query or a list would have made of the past, before it is saved.

Whoever may see the pages may ask: it reads the store and changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from service.deps import NowDep, UserDep
from service.history_diff.whole import history_diff
from service.replay.setup import Prepare
from service.runtime import Runtime
from service.web.backtest_view import with_moments
from service.web.page import render
from service.web.runs import Progress
from service.web.watch_runs import Key, asked_of, mark_of, runs_of

router = APIRouter()

DAYS: Final = 30
MOST_POSTS: Final = 50_000
"""In these days and the weeks before: some minutes of judging, in the background."""


@dataclass(frozen=True, slots=True)
class Asked:
    """``title``: what is changed; ``back``: where it is changed; ``text``: to what."""

    title: str
    back: str
    text: str
    days: int = DAYS


def start_diff(
    request: Request, runtime: Runtime, change: Prepare, *, asked: Asked, now: datetime
) -> Response:
    """Off to the page that shows how far it is. Raises TooMany."""

    def act(progress: Progress) -> dict[str, Any]:
        return history_diff(
            runtime.store,
            since=now - timedelta(days=asked.days),
            until=now,
            change=change,
            most=MOST_POSTS,
            progress=progress,
        )

    run = runs_of(request).start(act, asked=asked)
    return RedirectResponse(f"/history-diff/{run.key}", status_code=303)


@router.get("/history-diff/{key}")
def show_diff(request: Request, key: Key, user: UserDep, now: NowDep) -> Response:
    run = runs_of(request).find(key)
    return render(
        request,
        "history_diff.html",
        user=user,
        now=now,
        run=run,
        asked=asked_of(run, Asked),
        mark=mark_of(run),
        told=with_moments(run.told),
    )
