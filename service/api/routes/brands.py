"""/brands"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from rules.errors import InvalidPolicy
from rules.incident import DEFAULT_POLICY
from rules.response import Voice
from service.api.conditional import PreconditionDep, tagged
from service.api.doors import needs
from service.api.limits import AllBrands, LimitDep, brand_within
from service.api.once import OnceDep
from service.api.schemas.brands import BrandIn, BrandOut, BrandPatch
from service.api.schemas.fields import IdPath, PageOut
from service.api.schemas.verdicts import (
    ForgottenOut,
    MentionVerdictOut,
    PreviewOut,
    RelevanceOut,
)
from service.deps import CallerDep, NowDep, ReadDep, WriteDep
from service.errors import Invalid
from service.ingest import relevance_preview, verdicts
from service.ingest.evidence import evidence_of
from service.store import brands, edits
from service.store.engine import Session
from service.store.named_lists import named_lists
from service.store.relevance_examples import given_verdicts
from service.workspace.topic_checks import wrong_topics
from service.workspace.topic_model import TopicModel
from service.workspace.values import slug_of

LAST_VERDICTS = 100

router = APIRouter(prefix="/brands", tags=["brands"])


@router.get("", response_model=PageOut[BrandOut], **needs("read"))
def list_brands(session: ReadDep, limit: LimitDep, archived: bool = False) -> PageOut[BrandOut]:
    """All brands by name, on one page; the archived ones only on request."""
    found = brands.list_brands(session, archived=archived)
    shown = [brand for brand in found if limit is None or brand.id in limit]
    items = [BrandOut.model_validate(brand) for brand in shown]
    return PageOut[BrandOut](items=items, next_cursor=None)


@router.get("/{brand_id}", response_model=BrandOut, **needs("read", may_fail=(404,)))
def get_brand(brand_id: IdPath, request: Request, session: ReadDep, limit: LimitDep) -> Response:
    """One brand."""
    return tagged(request, _out(brand_within(session, brand_id, limit=limit)))


@router.post(
    "",
    response_model=BrandOut,
    status_code=201,
    **needs("write", may_fail=(409,), all_brands=AllBrands),
)
def create_brand(given: BrandIn, session: WriteDep, once: OnceDep, now: NowDep) -> Response:
    """A new brand. Give it queries, else nothing is found for it."""

    def act() -> BrandOut:
        fields = given.fields() | {"enabled": True}
        _check(session, fields)
        # A brand that is not there yet has no lists of its own.
        _check_topics(given.topic, lists=named_lists(session).shared)
        slug = given.slug or slug_of(given.name)
        return _out(brands.get_brand(session, edits.create_brand(session, slug, fields, now=now)))

    return once.answer(act, status=201, at="/api/v1/brands")


@router.patch("/{brand_id}", response_model=BrandOut, **needs("write", may_fail=(404, 409, 412)))
def change_brand(
    brand_id: IdPath,
    given: BrandPatch,
    request: Request,
    session: WriteDep,
    limit: LimitDep,
    seen: PreconditionDep,
    now: NowDep,
) -> Response:
    """Change what is given. `archived` stops and starts listening."""
    seen.check(_out(brand_within(session, brand_id, limit=limit)))
    fields = given.fields()
    _check(session, fields)
    _check_topics(given.topic or (), lists=named_lists(session).of(brand_id))
    edits.change_brand(session, brand_id, fields, now=now)
    return tagged(request, _out(brands.get_brand(session, brand_id)))


@router.get("/{brand_id}/relevance", response_model=RelevanceOut, **needs("read", may_fail=(404,)))
def get_relevance(brand_id: IdPath, session: ReadDep, limit: LimitDep) -> RelevanceOut:
    """What verdicts and examples taught about which mentions are about the brand."""
    brand = brand_within(session, brand_id, limit=limit)
    known = evidence_of(session, lists=named_lists(session)).get(brand.id)
    given = given_verdicts(session, brand.id, limit=LAST_VERDICTS)
    return RelevanceOut(
        us=known.us if known else 0,
        not_us=known.not_us if known else 0,
        version=f"learned-{known.digest}" if known else None,
        verdicts=[MentionVerdictOut.model_validate(each) for each in given],
    )


@router.get(
    "/{brand_id}/relevance/preview-reset",
    response_model=PreviewOut,
    **needs("read", may_fail=(404,)),
)
def preview_relevance_reset(
    brand_id: IdPath, session: ReadDep, limit: LimitDep, now: NowDep
) -> PreviewOut:
    """Which stored mentions would be judged otherwise without the verdicts on the brand."""
    brand = brand_within(session, brand_id, limit=limit)
    return PreviewOut.model_validate(relevance_preview.if_reset(session, brand=brand, now=now))


@router.delete(
    "/{brand_id}/relevance", response_model=ForgottenOut, **needs("write", may_fail=(404,))
)
def reset_relevance(
    brand_id: IdPath, session: WriteDep, limit: LimitDep, caller: CallerDep, now: NowDep
) -> ForgottenOut:
    """Undo every verdict on the brand's mentions. The examples of its queries stay."""
    brand = brand_within(session, brand_id, limit=limit)
    return ForgottenOut(undone=verdicts.reset(session, brand, by=caller.name, now=now))


def _out(brand: brands.BrandFacts) -> BrandOut:
    return BrandOut.model_validate(brand)


def _check_topics(topics: Sequence[TopicModel], *, lists: Mapping[str, str]) -> None:
    errors = [
        {"field": f"topic.{number}.{key}", "message": f"{what}; {hint}"}
        for (number, key), what, hint, _ in wrong_topics(topics, lists=lists)
    ]
    if errors:
        raise Invalid(errors[0]["message"], errors=errors)


def _check(session: Session, fields: dict[str, Any]) -> None:
    """That what the brand refers to is there, and its voice can speak."""
    policy = fields.get("policy")
    if policy not in (None, DEFAULT_POLICY.name) and not edits.has_policy(session, policy):
        told = f"there is no policy {policy!r}"
        raise Invalid(told, errors=[{"field": "policy", "message": told}])
    try:
        Voice.from_json(fields.get("voice", {}))
    except InvalidPolicy as error:
        raise Invalid(str(error), errors=[{"field": "voice", "message": str(error)}]) from None
