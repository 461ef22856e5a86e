"""Idempotency-Key: a POST repeated with its key gets the first one's answer and does nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Header, Request
from pydantic import BaseModel
from starlette.responses import JSONResponse

from service.deps import CallerDep, NowDep, WriteDep
from service.errors import Invalid
from service.store import idempotency
from service.store.engine import Session


class Once:
    """One POST. The answer is remembered in the transaction of what it did: both or neither."""

    def __init__(
        self, session: Session, *, caller: str, key: str | None, request_hash: str, now: datetime
    ) -> None:
        self._session = session
        self._caller = hashlib.sha256(caller.encode()).hexdigest()
        self._key = key
        self._request_hash = request_hash
        self._now = now

    def answer(
        self, act: Callable[[], BaseModel], *, status: int = 200, at: str | None = None
    ) -> JSONResponse:
        """What ``act`` makes, or what it made under this key before. ``at``: the collection that
        a thing made is found in. Raises Invalid for a key that came with another request."""
        if self._key is None:
            return _respond(act().model_dump(mode="json"), status=status, at=at)
        kept = idempotency.claim(
            self._session,
            caller=self._caller,
            key=self._key,
            request_hash=self._request_hash,
            now=self._now,
        )
        if kept is None:
            body = act().model_dump(mode="json")
            idempotency.keep(
                self._session, caller=self._caller, key=self._key, status=status, body=body
            )
            return _respond(body, status=status, at=at)
        if kept.request_hash != self._request_hash:
            raise Invalid(
                "this Idempotency-Key was used for another request; take a new one",
                code="idempotency-key-reused",
            )
        answer = _respond(kept.body, status=kept.status, at=at)
        answer.headers["Idempotent-Replayed"] = "true"
        return answer


async def _once(
    request: Request,
    caller: CallerDep,
    session: WriteDep,
    now: NowDep,
    idempotency_key: Annotated[
        str | None,
        Header(
            alias="Idempotency-Key",
            description="Your own word for this request. Sent again within 24 hours it gets the "
            "same answer and nothing is done twice.",
            min_length=1,
            max_length=200,
            pattern=r"^[\x21-\x7e]+$",
        ),
    ] = None,
) -> Once:
    told = json.dumps([request.method, request.url.path, (await request.body()).hex()])
    return Once(
        session,
        caller=caller.name,
        key=idempotency_key,
        request_hash=hashlib.sha256(told.encode()).hexdigest(),
        now=now,
    )


OnceDep = Annotated[Once, Depends(_once)]


def _respond(body: dict[str, object], *, status: int, at: str | None) -> JSONResponse:
    headers = {"Location": f"{at}/{body['id']}"} if at else None
    return JSONResponse(body, status_code=status, headers=headers)
