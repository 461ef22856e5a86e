"""Errors as pages that say what happened and what to do.

The API is an application of its own and renders its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from service.deps import CsrfRefused, LoginNeeded
from service.deps.security import guard_headers
from service.errors import ServiceError
from service.logs import logger
from service.web.login import LoginRefused, login_page
from service.web.page import render

Handler = Callable[[Request, Any], Any]

TITLES: Final[Mapping[int, str]] = {
    400: "That request could not be read",
    401: "Sign in first",
    403: "You may not do this",
    404: "There is nothing here",
    405: "That cannot be done here",
    409: "Somebody was faster",
    410: "This is over",
    413: "That is too long",
    422: "Something in that form is not right",
    429: "Too many attempts",
    500: "Something went wrong on our side",
    503: "Not now",
}
ADVICE: Final[Mapping[int, str]] = {
    401: "Your session may have ended. Sign in and try again.",
    403: "Ask whoever runs this service for a role that may.",
    404: "It may have been removed, or the address was mistyped.",
    409: "Look at how it stands now before you go on.",
    422: "Go back, correct it, and send it again.",
    500: "Nothing was changed. Try again; if it happens again, tell whoever runs this service: "
    "the log holds the details.",
}

log = logger(__name__)


def install(app: FastAPI) -> None:
    """Register the handlers."""
    handlers: dict[Any, Handler] = {
        LoginNeeded: _login_needed,
        LoginRefused: _login_refused,
        CsrfRefused: _csrf_refused,
        ServiceError: _service_error,
        HTTPException: _http_exception,
        RequestValidationError: _validation_error,
        Exception: _unexpected,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)


def error_page(
    request: Request,
    *,
    status: int,
    message: str = "",
    title: str = "",
    advice: str = "",
) -> Response:
    return render(
        request,
        "error.html",
        user=None,
        now=request.app.state.runtime.clock.now(),
        status=status,
        title=title or TITLES.get(status, "That did not work"),
        message=message,
        advice=advice or ADVICE.get(status, ""),
        code=status,
        back=_back(request),
    )


def _back(request: Request) -> str | None:
    """The page that an action belongs to: /incidents/7/acknowledge is done on /incidents/7."""
    if request.method in ("GET", "HEAD"):
        return None
    return request.url.path.rpartition("/")[0] or None


def _login_needed(request: Request, error: LoginNeeded) -> Response:
    where = (
        "/login" if error.next_path == "/" else f"/login?next={quote(error.next_path, safe='/')}"
    )
    return RedirectResponse(where, status_code=303)


def _login_refused(request: Request, error: LoginRefused) -> Response:
    runtime = request.app.state.runtime
    page = login_page(
        request,
        runtime.settings,
        now=runtime.clock.now(),
        next_path=error.next_path,
        name=error.name[:200],
        problem=error.message,
        status=error.status,
    )
    if error.retry_after is not None:
        page.headers["Retry-After"] = str(error.retry_after)
    return page


def _csrf_refused(request: Request, _error: CsrfRefused) -> Response:
    return error_page(
        request,
        status=403,
        title="This form has expired",
        message="It was opened before you last signed in, or sent from another site. "
        "Nothing was changed.",
        advice="Open the page again and repeat what you were doing.",
    )


def _service_error(request: Request, error: ServiceError) -> Response:
    page = error_page(request, status=error.status, message=error.message)
    if error.retry_after is not None:
        page.headers["Retry-After"] = str(error.retry_after)
    return page


def _http_exception(request: Request, error: HTTPException) -> Response:
    page = error_page(request, status=error.status_code)
    for name, value in (error.headers or {}).items():
        page.headers[name] = value
    return page


def _validation_error(request: Request, error: RequestValidationError) -> Response:
    problems = error.errors()
    if any(problem["loc"][0] == "path" for problem in problems):
        return error_page(request, status=404)
    told = "; ".join(f"{problem['loc'][-1]}: {problem['msg']}" for problem in problems)
    return error_page(request, status=422, message=told)


def _unexpected(request: Request, error: Exception) -> Response:
    """Outside every middleware, so the headers are put on here."""
    # The route's own path: that of a sign-in link would let a reader of the log in.
    route = getattr(request.scope.get("route"), "path", "")
    log.error("page failed", path=route, error=type(error).__name__)
    page = error_page(request, status=500)
    guard_headers(page.headers, request.app.state.runtime.settings)
    return page
