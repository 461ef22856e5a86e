"""Bodies are bounded: they are read before anybody knows who sent them."""

from __future__ import annotations

from typing import Final

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST_BODY: Final = 1_000_000
"""Bytes; many times the largest that any route takes."""


class BoundedBody:
    """Reading a body on past the bound is answered 413. Of one that says beforehand that it is
    larger nothing is read."""

    def __init__(self, app: ASGIApp, *, most: int = LARGEST_BODY) -> None:
        self._app = app
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        announced = dict(scope["headers"]).get(b"content-length", b"")
        too_large = announced.isdigit() and (len(announced) > 15 or int(announced) > self._most)
        size = 0

        async def receive_bounded() -> Message:
            nonlocal size
            if too_large:
                raise HTTPException(413)
            message = await receive()
            size += len(message.get("body", b""))
            if size > self._most:
                raise HTTPException(413)
            return message

        await self._app(scope, receive_bounded, send)
