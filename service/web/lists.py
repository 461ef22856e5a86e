"""Mentions, sources, rejects and deliveries: what was heard, where, what was not, what was told."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request, Response

from service.deps import NowDep, ReadDep, UserDep
from service.store.brands import list_brands
from service.store.reads.deliveries import delivery_page
from service.store.reads.mentions import mention_page, mention_view
from service.store.reads.rejects import reject_page
from service.store.reads.sources import blind_spots, source_list
from service.web.page import render
from service.web.words import PLATFORMS

router = APIRouter()

LABELS = ("negative", "neutral", "positive", "unknown")
SPANS = {
    "hour": ("the last hour", timedelta(hours=1)),
    "day": ("the last 24 hours", timedelta(days=1)),
    "week": ("the last 7 days", timedelta(days=7)),
    "all": ("any time", None),
}
STATES = ("due", "sent", "failed", "superseded")
Span = Literal["hour", "day", "week", "all"]
Words = Annotated[str, Query(max_length=200)]
Cursor = Annotated[str, Query(max_length=200)]


@router.get("/mentions")
def list_mentions(
    request: Request,
    user: UserDep,
    session: ReadDep,
    now: NowDep,
    brand: str = "",
    label: str = "",
    platform: str = "",
    words: Words = "",
    span: Span = "all",
    cursor: Cursor = "",
) -> Response:
    brands = list_brands(session)
    chosen = next((each.id for each in brands if each.slug == brand), None)
    page = mention_page(
        session,
        brand_id=chosen,
        label=label if label in LABELS else None,
        platform=platform or None,
        words=words or None,
        since=_since(span, now=now),
        cursor=cursor or None,
        limit=30,
    )
    return render(
        request,
        "mentions.html",
        user=user,
        now=now,
        page=page,
        brands=brands,
        labels=LABELS,
        platforms=sorted({*PLATFORMS, *([platform] if platform else [])}),
        spans=SPANS,
        chosen={
            "brand": brand,
            "label": label,
            "platform": platform,
            "words": words,
            "span": span,
        },
        filtered=bool(brand or label or platform or words or span != "all"),
    )


@router.get("/mentions/{mention_id}")
def show_mention(
    request: Request,
    mention_id: Annotated[int, Path(ge=1, le=2**63 - 1)],
    user: UserDep,
    session: ReadDep,
    now: NowDep,
) -> Response:
    view = mention_view(session, mention_id)
    return render(request, "mention.html", user=user, now=now, mention=view)


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


def _since(span: Span, *, now: datetime) -> datetime | None:
    length = SPANS[span][1]
    return None if length is None else now - length
