"""ETags: a single resource says which state it shows; whoever changes it may say which they saw.

A tag is strong: the hash of the representation, byte by byte.
"""

from __future__ import annotations

import hashlib
from typing import Annotated

from fastapi import Depends, Header, Request
from pydantic import BaseModel
from starlette.responses import Response

from service.errors import ServiceError


class PreconditionFailed(ServiceError):
    status = 412
    code = "precondition-failed"


def etag_of(body: bytes) -> str:
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def tagged(request: Request, out: BaseModel) -> Response:
    """The resource with its ETag; 304 without a body where the caller has this state already."""
    body = out.model_dump_json().encode()
    # Kept by the caller, but asked about each time.
    headers = {"ETag": etag_of(body), "Cache-Control": "private, no-cache"}
    asked = _tags(request.headers.get("if-none-match", ""), weak=True)
    if request.method in ("GET", "HEAD") and asked & {"*", headers["ETag"]}:
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type="application/json")


class Precondition:
    """What a change was decided on."""

    def __init__(self, if_match: str | None) -> None:
        self._if_match = if_match

    def check(self, current: BaseModel) -> None:
        """Raises PreconditionFailed where the caller saw another state than the current one."""
        if self._if_match is None or self._if_match.strip() == "*":
            return
        if etag_of(current.model_dump_json().encode()) not in _tags(self._if_match, weak=False):
            raise PreconditionFailed("it has changed since you looked; get it and decide again")


def _precondition(
    if_match: Annotated[
        str | None,
        Header(alias="If-Match", description="The ETag you saw; 412 where it has changed since."),
    ] = None,
) -> Precondition:
    return Precondition(if_match)


PreconditionDep = Annotated[Precondition, Depends(_precondition)]


def _tags(header: str, *, weak: bool) -> set[str]:
    """The tags listed. If-None-Match compares weakly (RFC 9110, 13.1.2), If-Match strongly."""
    told = {tag.strip() for tag in header.split(",")}
    return {tag.removeprefix("W/") for tag in told} if weak else told
