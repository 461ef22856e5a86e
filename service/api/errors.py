"""Every error of the API in one shape: RFC 9457 problem details.

    {"type", "title", "status", "code", "detail", "errors": [{"field", "message", …}, …]}

``code`` is stable and for programs; ``detail`` is for people. An error that nobody expected says
nothing of its cause: it has an ``id``, which stands beside the cause in the log.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.errors import ServiceError
from service.logs import logger

MEDIA_TYPE = "application/problem+json"

_CODES = {400: "bad-request", 404: "not-found", 405: "method-not-allowed", 413: "too-large"}

log = logger(__name__)


def install(app: FastAPI) -> None:
    """Render every error of this application as a problem."""
    app.add_exception_handler(ServiceError, _handle)
    app.add_exception_handler(HTTPException, _handle)
    app.add_exception_handler(RequestValidationError, _handle)
    app.add_middleware(Unexpected)


def problem_response(error: Exception, request: Request) -> JSONResponse:
    """The answer to an error; one that is not ours is logged under the id it is given."""
    if isinstance(error, ServiceError):
        return _problem(
            error.status,
            code=error.code,
            detail=error.message,
            errors=error.errors,
            headers=_headers(error),
        )
    if isinstance(error, RequestValidationError):
        return _problem(
            422,
            code="invalid",
            detail="the request is not what this asks for; see errors",
            errors=[_invalid(told) for told in error.errors()],
        )
    if isinstance(error, HTTPException):
        # The detail of one that we did not write could hold anything.
        return _problem(
            error.status_code,
            code=_CODES.get(error.status_code, "http-error"),
            detail=_detail(error, request),
            headers=dict(error.headers or {}),
        )
    error_id = secrets.token_hex(8)
    log.error(
        "unexpected error",
        id=error_id,
        method=request.method,
        path=request.url.path,
        exc_info=error,
    )
    return _problem(
        500,
        code="internal-error",
        detail="something went wrong here; the log tells more under this id",
        id=error_id,
    )


class Unexpected:
    """The last catch. Unlike the framework's own it does not raise the error once more, so that it
    is logged once, with its id."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def send_noting(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, send_noting)
        except Exception as error:
            if started or scope["type"] != "http":
                raise
            await problem_response(error, Request(scope))(scope, receive, send)


async def _handle(request: Request, error: Exception) -> JSONResponse:
    return problem_response(error, request)


def _problem(
    status: int,
    *,
    code: str,
    detail: str,
    errors: Iterable[dict[str, Any]] = (),
    headers: dict[str, str] | None = None,
    **more: Any,
) -> JSONResponse:
    body = {
        "type": f"urn:groundswell:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
        "errors": list(errors),
        **more,
    }
    return JSONResponse(body, status_code=status, headers=headers, media_type=MEDIA_TYPE)


def _headers(error: ServiceError) -> dict[str, str]:
    headers: dict[str, str] = {}
    if error.status == 401:
        headers["WWW-Authenticate"] = 'Bearer realm="groundswell"'
    if error.retry_after is not None:
        headers["Retry-After"] = str(error.retry_after)
    return headers


def _invalid(told: dict[str, Any]) -> dict[str, Any]:
    """Where and why, without the value: it may be a secret."""
    place, *inside = (str(part) for part in told["loc"])
    return {
        "in": place,
        "field": ".".join(inside),
        "message": str(told["msg"]).removeprefix("Value error, "),
    }


def _detail(error: HTTPException, request: Request) -> str:
    if error.status_code == 404:
        return f"there is nothing at {request.url.path}"
    if error.status_code == 405:
        return f"{request.method} is not possible at {request.url.path}"
    return HTTPStatus(error.status_code).phrase
