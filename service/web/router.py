"""Puts the pages together."""

from __future__ import annotations

from typing import Final

import anyio
from fastapi import APIRouter, FastAPI

from service.web import errors, incidents, lists, live, login, mentions, overview, review

LARGEST_FORM: Final = 64 * 1024
"""Bytes of one form: a note of 4000 characters, encoded as badly as can be, fits thrice."""


def build_router() -> APIRouter:
    """Every page and the streams that keep them current; not part of the API's schema."""
    router = APIRouter(include_in_schema=False, max_body_size=LARGEST_FORM)
    for page in (login, overview, incidents, review, mentions, lists, live):
        router.include_router(page.router)
    router.include_router(incidents.actions)
    return router


def install(app: FastAPI) -> None:
    """The pages, their error pages, and what they keep between requests."""
    app.state.bands = {}
    app.state.look_every = live.LOOK_EVERY
    app.state.live_limiter = anyio.CapacityLimiter(4)
    app.include_router(build_router())
    errors.install(app)
