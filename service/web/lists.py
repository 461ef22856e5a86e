"""Sources, rejects and deliveries: where is listened, what matched nothing, what was told."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from service.deps import NowDep, ReadDep, UserDep
from service.store.reads.deliveries import delivery_page
from service.store.reads.rejects import reject_page
from service.store.reads.sources import blind_spots, source_list
from service.web.page import render

router = APIRouter()

STATES = ("due", "sent", "failed", "superseded")
Words = Annotated[str, Query(max_length=200)]
Cursor = Annotated[str, Query(max_length=200)]


@router.get("/sources")
def list_sources(request: Request, user: UserDep, session: ReadDep, now: NowDep) -> Response:
    return render(
        request,
        "sources.html",
        user=user,
        now=now,
        sources=source_list(session),
        spots=blind_spots(session, since=now - timedelta(days=7), limit=50),
    )


@router.get("/rejects")
def list_rejects(
    request: Request,
    user: UserDep,
    session: ReadDep,
    now: NowDep,
    words: Words = "",
    cursor: Cursor = "",
) -> Response:
    page = reject_page(session, words=words or None, cursor=cursor or None, limit=30)
    return render(request, "rejects.html", user=user, now=now, page=page, words=words)


@router.get("/deliveries")
def list_deliveries(
    request: Request,
    user: UserDep,
    session: ReadDep,
    now: NowDep,
    state: str = "",
    cursor: Cursor = "",
) -> Response:
    page = delivery_page(
        session, state=state if state in STATES else None, cursor=cursor or None, limit=30
    )
    return render(
        request,
        "deliveries.html",
        user=user,
        now=now,
        page=page,
        states=STATES,
        state=state,
    )
