"""/mentions/…/corrections and /brands/…/polarity: how mentions really sound."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from rules.score import Label
from rules.score.corrections import Corrections
from service.api.doors import needs
from service.api.limits import LimitDep, brand_named_within, brand_within
from service.api.once import OnceDep
from service.api.schemas.corrections import (
    CorrectionIn,
    CorrectionOut,
    PolarityOut,
    PolarityPreviewOut,
    ProposedLabel,
    UncorrectedOut,
)
from service.api.schemas.fields import IdPath, MentionIdPath, PageOut, Words
from service.deps import CallerDep, NowDep, ReadDep, RuntimeDep, WriteDep
from service.ingest import corrections, polarity_preview
from service.store.corrections import given_corrections, holding
from service.store.reads.mentions import mention_view

LAST = 100

router = APIRouter()

Slug = Annotated[Words, Query(max_length=80, description="The brand's slug.")]


@router.get(
    "/mentions/{mention_id}/corrections",
    response_model=PageOut[CorrectionOut],
    tags=["mentions"],
    **needs("read", may_fail=(404,)),
)
def list_corrections(
    mention_id: MentionIdPath, session: ReadDep, limit: LimitDep
) -> PageOut[CorrectionOut]:
    """The corrections of a mention's polarity that hold: one for each brand."""
    mention_view(session, mention_id, brands=limit)
    items = [
        CorrectionOut.model_validate(each)
        for brand_id, each in sorted(holding(session, mention_id).items())
        if limit is None or brand_id in limit
    ]
    return PageOut[CorrectionOut](items=items, next_cursor=None)


@router.get(
    "/mentions/{mention_id}/corrections/preview",
    response_model=PolarityPreviewOut,
    tags=["mentions"],
    **needs("read", may_fail=(404,)),
)
def preview_correction(
    mention_id: MentionIdPath,
    brand: Slug,
    label: ProposedLabel,
    session: ReadDep,
    limit: LimitDep,
    runtime: RuntimeDep,
    now: NowDep,
) -> PolarityPreviewOut:
    """Which stored mentions would get another label if this correction were given, or undone."""
    about = brand_named_within(session, brand, limit=limit)
    if label == "undo":
        told = polarity_preview.if_taken_back(
            session, mention_id, brand=about, now=now, depth=runtime.depth
        )
    else:
        told = polarity_preview.if_given(
            session, mention_id, brand=about, label=Label(label), now=now, depth=runtime.depth
        )
    return PolarityPreviewOut.model_validate(told)


@router.post(
    "/mentions/{mention_id}/corrections",
    response_model=CorrectionOut,
    tags=["mentions"],
    **needs("respond", may_fail=(404,)),
)
def correct_mention(
    mention_id: MentionIdPath,
    given: CorrectionIn,
    session: WriteDep,
    once: OnceDep,
    limit: LimitDep,
    caller: CallerDep,
    now: NowDep,
) -> Response:
    """Say how a mention really sounds towards a brand. What comes in is judged with it."""

    def act() -> CorrectionOut:
        brand = brand_named_within(session, given.brand, limit=limit)
        made = corrections.give(
            session, mention_id, brand=brand, label=Label(given.label), by=caller.name, now=now
        )
        return CorrectionOut.model_validate(made)

    return once.answer(act)


@router.delete(
    "/mentions/{mention_id}/corrections",
    status_code=204,
    tags=["mentions"],
    **needs("respond", may_fail=(404,)),
)
def undo_correction(
    mention_id: MentionIdPath,
    brand: Slug,
    session: WriteDep,
    limit: LimitDep,
    caller: CallerDep,
    now: NowDep,
) -> None:
    """Undo the correction of a mention: what it taught is unlearned."""
    about = brand_named_within(session, brand, limit=limit)
    corrections.take_back(session, mention_id, brand=about, by=caller.name, now=now)


@router.get(
    "/brands/{brand_id}/polarity",
    response_model=PolarityOut,
    tags=["brands"],
    **needs("read", may_fail=(404,)),
)
def get_polarity(brand_id: IdPath, session: ReadDep, limit: LimitDep) -> PolarityOut:
    """The brand's own words, and what was corrected of its mentions' polarity."""
    brand = brand_within(session, brand_id, limit=limit)
    known = corrections.corrections_of(session).get(brand.id, Corrections())
    negative, neutral, positive = known.given
    return PolarityOut(
        words=dict(brand.words),
        negative=negative,
        neutral=neutral,
        positive=positive,
        version=f"corrected-{known.digest}" if known else None,
        corrections=[
            CorrectionOut.model_validate(each)
            for each in given_corrections(session, brand.id, limit=LAST)
        ],
    )


@router.get(
    "/brands/{brand_id}/polarity/preview-reset",
    response_model=PolarityPreviewOut,
    tags=["brands"],
    **needs("read", may_fail=(404,)),
)
def preview_polarity_reset(
    brand_id: IdPath, session: ReadDep, limit: LimitDep, runtime: RuntimeDep, now: NowDep
) -> PolarityPreviewOut:
    """Which stored mentions would get another label without the corrections."""
    brand = brand_within(session, brand_id, limit=limit)
    return PolarityPreviewOut.model_validate(
        polarity_preview.if_reset(session, brand=brand, now=now, depth=runtime.depth)
    )


@router.delete(
    "/brands/{brand_id}/polarity",
    response_model=UncorrectedOut,
    tags=["brands"],
    **needs("write", may_fail=(404,)),
)
def reset_polarity(
    brand_id: IdPath, session: WriteDep, limit: LimitDep, caller: CallerDep, now: NowDep
) -> UncorrectedOut:
    """Undo every correction of a brand. Its own words stay."""
    brand = brand_within(session, brand_id, limit=limit)
    return UncorrectedOut(undone=corrections.reset(session, brand, by=caller.name, now=now))
