"""Puts the pages together."""

from __future__ import annotations

from typing import Final

import anyio
from fastapi import APIRouter, FastAPI

from service.web import (
    backtests,
    corrections,
    errors,
    history_diffs,
    incidents,
    ledger,
    lists,
    live,
    login,
    mentions,
    named_lists,
    overview,
    queries,
    query_editor,
    review,
    topics,
    verdicts,
    watch_runs,
)
from service.web.runs import Runs

LARGEST_FORM: Final = 64 * 1024
"""Bytes of one form: a note of 4000 characters, encoded as badly as can be, fits thrice."""

LARGEST_QUERY_FORM: Final = 1_000_000
"""Bytes of the form of a query, which carries the texts it is tested on, and of a file of rules."""


def build_router() -> APIRouter:
    """Every page and the streams that keep them current; not part of the API's schema."""
    router = APIRouter(include_in_schema=False, max_body_size=LARGEST_FORM)
    for page in (
        *(login, overview, incidents, review, mentions, topics, verdicts, corrections),
        *(lists, ledger, live),
    ):
        router.include_router(page.router)
    router.include_router(incidents.actions)
    return router


def build_editor() -> APIRouter:
    """The pages of queries and rules: as the others, but for how much they take."""
    router = APIRouter(include_in_schema=False, max_body_size=LARGEST_QUERY_FORM)
    for page in (queries, named_lists, query_editor, backtests, history_diffs, watch_runs):
        router.include_router(page.router)
    return router


def install(app: FastAPI) -> None:
    """The pages, their error pages, and what they keep between requests."""
    app.state.bands = {}
    app.state.runs = Runs()
    app.state.look_every = live.LOOK_EVERY
    app.state.live_limiter = anyio.CapacityLimiter(4)
    app.include_router(build_router())
    app.include_router(build_editor())
    errors.install(app)
