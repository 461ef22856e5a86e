"""/mentions and /rejects: what was found, and what was fetched and not found."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from service.api.conditional import tagged
from service.api.doors import needs
from service.api.limits import AllBrands, LimitDep
from service.api.schemas.fields import (
    CursorQuery,
    IdQuery,
    LimitQuery,
    MentionIdPath,
    Moment,
    PageOut,
    Words,
)
from service.api.schemas.mentions import MentionOut, RejectOut
from service.deps import ReadDep
from service.store.reads.mentions import mention_page, mention_view
from service.store.reads.rejects import reject_page

router = APIRouter(tags=["mentions"])

Share = Annotated[float | None, Query(ge=0, le=1)]


@router.get("/mentions", response_model=PageOut[MentionOut], **needs("read"))
def list_mentions(
    session: ReadDep,
    brands: LimitDep,
    brand_id: IdQuery = None,
    query_id: IdQuery = None,
    platform: Annotated[Words | None, Query(max_length=40)] = None,
    label: Literal["negative", "neutral", "positive", "unknown"] | None = None,
    words: Annotated[
        Words | None, Query(description="Each must stand in the title or the text.")
    ] = None,
    since: Annotated[Moment | None, Query(description="Not before this time.")] = None,
    until: Annotated[Moment | None, Query(description="Before this time.")] = None,
    min_priority: Share = None,
    min_relevance: Share = None,
    cursor: CursorQuery = None,
    limit: LimitQuery = 50,
) -> PageOut[MentionOut]:
    """Mentions, the newest first, each once with everything it matched.

    Brand, query, label, priority and relevance are asked of one and the same match.
    """
    page = mention_page(
        session,
        brand_id=brand_id,
        query_id=query_id,
        platform=platform,
        label=label,
        words=words,
        since=since,
        until=until,
        min_priority=min_priority,
        min_relevance=min_relevance,
        cursor=cursor,
        limit=limit,
        brands=brands,
    )
    items = [MentionOut.model_validate(mention) for mention in page.items]
    return PageOut[MentionOut](items=items, next_cursor=page.next_cursor)


@router.get("/mentions/{mention_id}", response_model=MentionOut, **needs("read", may_fail=(404,)))
def get_mention(
    mention_id: MentionIdPath, request: Request, session: ReadDep, limit: LimitDep
) -> Response:
    """One mention: what it matched, why it scored what it did, and where it was seen."""
    found = MentionOut.model_validate(mention_view(session, mention_id, brands=limit))
    return tagged(request, found)


@router.get("/rejects", response_model=PageOut[RejectOut], **needs("read", all_brands=AllBrands))
def list_rejects(
    session: ReadDep,
    source_id: IdQuery = None,
    words: Words | None = None,
    url: Annotated[Words | None, Query(max_length=2000)] = None,
    cursor: CursorQuery = None,
    limit: LimitQuery = 50,
) -> PageOut[RejectOut]:
    """What was fetched and matched nothing, the last collected first, with the reason of each
    query: why was this not found?"""
    page = reject_page(
        session, source_id=source_id, words=words, url=url, cursor=cursor, limit=limit
    )
    items = [RejectOut.model_validate(reject) for reject in page.items]
    return PageOut[RejectOut](items=items, next_cursor=page.next_cursor)
