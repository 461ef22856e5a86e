"""Headers on every response, and the life of the session's cookie."""

from __future__ import annotations

from typing import Final

import anyio
from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.auth.sessions import IDLE
from service.auth.throttle import Throttle
from service.deps.people import cookie_name, is_https
from service.settings import Settings

POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
HSTS: Final = "max-age=31536000"


def install_security(app: FastAPI, settings: Settings) -> None:
    """What these dependencies look for in ``app.state``, and the headers of every response.

    ``app.state.runtime`` must be there already.
    """
    app.state.throttle = Throttle()
    app.state.turn = anyio.Lock() if app.state.runtime.store.is_sqlite else None
    app.add_middleware(SecurityHeaders, settings=settings)


class SecurityHeaders:
    """Pure ASGI, so that streams stay streams and error responses get the headers too."""

    def __init__(self, app: ASGIApp, *, settings: Settings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._guard(scope, MutableHeaders(scope=message))
            await send(message)

        await self._app(scope, receive, send_guarded)

    def _guard(self, scope: Scope, headers: MutableHeaders) -> None:
        guard_headers(headers, self._settings)
        if not scope["path"].startswith("/static/"):
            headers.setdefault("Cache-Control", "no-store")
        renewed = scope.get("state", {}).get("renewed_session")
        if renewed is not None and "set-cookie" not in headers:
            jar = Response()
            set_session_cookie(jar, self._settings, token=renewed)
            headers.append("Set-Cookie", jar.headers["set-cookie"])


def guard_headers(headers: MutableHeaders, settings: Settings) -> None:
    """What a browser may do with this response; the same for every one."""
    for name, value in HEADERS.items():
        headers[name] = value
    if is_https(settings):
        headers["Strict-Transport-Security"] = HSTS


def set_session_cookie(response: Response, settings: Settings, *, token: str) -> None:
    """Scripts cannot read it, other sites cannot send it with a form, https keeps it to https."""
    response.set_cookie(
        cookie_name("session", settings),
        token,
        max_age=int(IDLE.total_seconds()),
        path="/",
        secure=is_https(settings),
        httponly=True,
        samesite="lax",
    )


def drop_session_cookie(response: Response, settings: Settings) -> None:
    response.delete_cookie(
        cookie_name("session", settings),
        path="/",
        secure=is_https(settings),
        httponly=True,
        samesite="lax",
    )
