"""/ledger and /missed: what alert rules were worth, and what none of them told of."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from service.api.doors import needs
from service.api.limits import LimitDep, brand_within
from service.api.once import OnceDep
from service.api.schemas.fields import LARGEST_ID, IdPath, Moment, PageOut
from service.api.schemas.ledger import LedgerOut, MissedIncidentIn, MissedIncidentOut, MonthOut
from service.deps import CallerDep, NowDep, ReadDep, WriteDep
from service.errors import Invalid
from service.ledger.account import TARGET, ledger, missed_json
from service.ledger.enter import enter
from service.ledger.month import month_of, month_report
from service.store.ledger import get_missed, list_missed, remove_missed

router = APIRouter(tags=["alert rules"])

MONTH = timedelta(days=30)

BrandId = Annotated[int, Query(ge=1, le=LARGEST_ID)]
Since = Annotated[Moment | None, Query(description="From this time on; default 30 days ago.")]
Until = Annotated[Moment | None, Query(description="Before this time; default now.")]
Target = Annotated[float, Query(ge=0, le=1, description="Precision that rules are to have.")]


@router.get("/ledger", response_model=LedgerOut, **needs("read", may_fail=(404,)))
def get_ledger(
    session: ReadDep,
    limit: LimitDep,
    brand_id: BrandId,
    now: NowDep,
    since: Since = None,
    until: Until = None,
    target: Target = TARGET,
) -> LedgerOut:
    """Precision with its interval, pages, minutes and delay of each alert rule of a brand, from the
    verdicts on the incidents that opened in the span; and what was missed."""
    brand = brand_within(session, brand_id, limit=limit)
    end = until or now
    begin = since or end - MONTH
    if not begin < end:
        message = "must lie before until"
        raise Invalid(message, errors=[{"in": "query", "field": "since", "message": message}])
    return LedgerOut.model_validate(ledger(session, brand, since=begin, until=end, target=target))


@router.get("/ledger/months/{month}", response_model=MonthOut, **needs("read", may_fail=(404,)))
def get_month_of_ledger(
    month: str,
    session: ReadDep,
    limit: LimitDep,
    brand_id: BrandId,
    now: NowDep,
    target: Target = TARGET,
) -> MonthOut:
    """The same of a month (UTC), written `2026-10`, beside the month before."""
    brand = brand_within(session, brand_id, limit=limit)
    told = month_report(session, brand, month_of(month), target=target, now=now)
    return MonthOut.model_validate(told)


@router.get("/missed", response_model=PageOut[MissedIncidentOut], **needs("read", may_fail=(404,)))
def list_missed_incidents(
    session: ReadDep,
    limit: LimitDep,
    brand_id: BrandId,
    now: NowDep,
    since: Since = None,
    until: Until = None,
) -> PageOut[MissedIncidentOut]:
    """What happened to a brand and no alert told of, in order of time, on one page."""
    brand = brand_within(session, brand_id, limit=limit)
    end = until or now
    found = list_missed(session, brand.id, since=since or end - MONTH, until=end)
    items = [MissedIncidentOut.model_validate(missed_json(one)) for one in found]
    return PageOut[MissedIncidentOut](items=items, next_cursor=None)


@router.post(
    "/missed",
    response_model=MissedIncidentOut,
    status_code=201,
    **needs("respond", may_fail=(404,)),
)
def enter_missed_incident(
    given: MissedIncidentIn,
    session: WriteDep,
    once: OnceDep,
    limit: LimitDep,
    caller: CallerDep,
    now: NowDep,
) -> Response:
    """Ledger and backtests count it as missed: rules that would have caught it say so."""

    def act() -> MissedIncidentOut:
        brand_within(session, given.brand_id, limit=limit)
        missed_id = enter(
            session,
            given.brand_id,
            title=given.title,
            began_at=given.began_at,
            ended_at=given.ended_at,
            by=caller.name,
            note=given.note,
            post=given.post,
            now=now,
        )
        return MissedIncidentOut.model_validate(missed_json(get_missed(session, missed_id)))

    return once.answer(act, status=201)


@router.delete("/missed/{missed_id}", status_code=204, **needs("respond", may_fail=(404,)))
def remove_missed_incident(missed_id: IdPath, session: WriteDep, limit: LimitDep) -> None:
    """It was entered by mistake."""
    brand_within(session, get_missed(session, missed_id).brand_id, limit=limit)
    remove_missed(session, missed_id)
