"""The REST API under /api/v1, and /healthz, /readyz and /metrics.

It is an application of its own within the service's: every error under its paths is answered as a
problem, whatever the pages do with theirs. Routes only decode, call and answer.
"""

from __future__ import annotations

from functools import cache

from fastapi import FastAPI
from starlette.responses import JSONResponse
from starlette.routing import Route

from service.api import errors
from service.api.body import BoundedBody
from service.api.openapi import build_openapi
from service.api.router import PREFIX, build_router
from service.api.routes import health

__all__ = ["build_api", "build_router", "install", "mount"]

PATHS = ("/api", "/api/{rest:path}", "/healthz", "/readyz", "/metrics")


def build_api() -> FastAPI:
    """The API alone. It looks for ``state.runtime`` and what ``install_security`` puts there."""
    api = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    errors.install(api)
    api.add_middleware(BoundedBody)
    api.include_router(build_router())
    api.include_router(health.router)
    # Made when somebody first asks: it takes longer than the rest of the start.
    document = cache(lambda: build_openapi(api))

    @api.get(f"{PREFIX}/openapi.json", include_in_schema=False)
    def get_openapi() -> JSONResponse:
        return JSONResponse(document())

    return api


def install(app: FastAPI) -> None:
    """Give the service's application these paths. Whatever is in its state is shared."""
    mount(app, build_api())


def mount(app: FastAPI, api: FastAPI) -> None:
    """The same with an API that was built already, which takes a quarter of a second."""
    api.state = app.state
    for path in PATHS:
        app.router.routes.append(Route(path, endpoint=api, include_in_schema=False))
