"""/mentions and /rejects: what was found, and what was fetched and not found."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import AfterValidator
from starlette.responses import Response

from rules.score.intent import Intent
from service.api.conditional import tagged
from service.api.doors import needs
from service.api.limits import AllBrands, LimitDep, brand_named_within
from service.api.once import OnceDep
from service.api.schemas.fields import (
    CursorQuery,
    IdQuery,
    LimitQuery,
    MentionIdPath,
    Moment,
    PageOut,
    Words,
    without_nul,
)
from service.api.schemas.mentions import MentionOut, RejectOut
from service.api.schemas.verdicts import (
    MentionVerdictIn,
    MentionVerdictOut,
    PreviewOut,
    Proposed,
)
from service.deps import CallerDep, NowDep, ReadDep, WriteDep
from service.ingest import relevance_preview, verdicts
from service.store.reads.mentions import mention_page, mention_view
from service.store.reads.rejects import reject_page
from service.store.relevance_examples import About, holding

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
    intent: Intent | None = None,
    story: Annotated[
        str | None,
        Query(max_length=600, description="`story` of a match: all that tell it."),
        AfterValidator(lambda text: text and without_nul(text)),
    ] = None,
    topic: Annotated[
        Words | None, Query(max_length=80, description="Name of a topic it speaks of.")
    ] = None,
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

    Brand, query, label, intent, story, topic, priority and relevance are asked of one and the same
    match.
    """
    page = mention_page(
        session,
        brand_id=brand_id,
        query_id=query_id,
        platform=platform,
        label=label,
        intent=intent.value if intent else None,
        story=story,
        topic=topic,
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


@router.get(
    "/mentions/{mention_id}/verdicts",
    response_model=PageOut[MentionVerdictOut],
    **needs("read", may_fail=(404,)),
)
def list_mention_verdicts(
    mention_id: MentionIdPath, session: ReadDep, limit: LimitDep
) -> PageOut[MentionVerdictOut]:
    """The verdicts on a mention that hold: one for each brand that somebody judged it for."""
    mention_view(session, mention_id, brands=limit)
    held = holding(session, mention_id)
    items = [
        MentionVerdictOut.model_validate(each)
        for brand_id, each in sorted(held.items())
        if limit is None or brand_id in limit
    ]
    return PageOut[MentionVerdictOut](items=items, next_cursor=None)


@router.get(
    "/mentions/{mention_id}/verdicts/preview",
    response_model=PreviewOut,
    **needs("read", may_fail=(404,)),
)
def preview_mention_verdict(
    mention_id: MentionIdPath,
    brand: Annotated[Words, Query(max_length=80, description="The brand's slug.")],
    verdict: Proposed,
    session: ReadDep,
    limit: LimitDep,
    now: NowDep,
) -> PreviewOut:
    """Which stored mentions would be judged otherwise if this verdict were given, or undone."""
    about = brand_named_within(session, brand, limit=limit)
    if verdict == "undo":
        told = relevance_preview.if_taken_back(session, mention_id, brand=about, now=now)
    else:
        told = relevance_preview.if_given(
            session, mention_id, brand=about, verdict=About(verdict), now=now
        )
    return PreviewOut.model_validate(told)


@router.post(
    "/mentions/{mention_id}/verdicts",
    response_model=MentionVerdictOut,
    **needs("respond", may_fail=(404,)),
)
def give_mention_verdict(
    mention_id: MentionIdPath,
    given: MentionVerdictIn,
    session: WriteDep,
    once: OnceDep,
    limit: LimitDep,
    caller: CallerDep,
    now: NowDep,
) -> Response:
    """Say whether a mention is about a brand. What comes in from then on is judged with it."""

    def act() -> MentionVerdictOut:
        brand = brand_named_within(session, given.brand, limit=limit)
        made = verdicts.give(
            session, mention_id, brand=brand, verdict=given.verdict, by=caller.name, now=now
        )
        return MentionVerdictOut.model_validate(made)

    return once.answer(act)


@router.delete(
    "/mentions/{mention_id}/verdicts", status_code=204, **needs("respond", may_fail=(404,))
)
def undo_mention_verdict(
    mention_id: MentionIdPath,
    brand: Annotated[Words, Query(max_length=80, description="The brand's slug.")],
    session: WriteDep,
    limit: LimitDep,
    caller: CallerDep,
    now: NowDep,
) -> None:
    """Undo the verdict on a mention: what it taught is unlearned."""
    about = brand_named_within(session, brand, limit=limit)
    verdicts.take_back(session, mention_id, brand=about, by=caller.name, now=now)


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
