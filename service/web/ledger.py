"""What alert rules were worth, and what none of them told of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Form, Path, Query, Request, Response
from fastapi.responses import RedirectResponse
from markupsafe import Markup

from service.deps import CsrfDep, NowDep, ReadDep, User, UserDep, WriteDep, need_role
from service.errors import Invalid
from service.ledger.account import TARGET, ledger
from service.ledger.enter import LONGEST_NOTE, LONGEST_TITLE, enter
from service.ledger.markdown import precision
from service.ledger.month import before, month_of, month_report, written
from service.store.brands import BrandFacts, brand_named, list_brands
from service.store.engine import Session
from service.store.ledger import remove_missed
from service.web.interval_chart import interval_chart
from service.web.page import render

router = APIRouter(prefix="/ledger")

SPANS: Final = (30, 90, 365)
MONTHS: Final = 12
RESPONDER: Final = [CsrfDep, Depends(need_role("responder"))]

Slug = Annotated[str, Query(max_length=200)]
Line = Annotated[str, Form(max_length=400)]
Target = Annotated[int, Query(ge=0, le=100)]
"""Per cent."""


@dataclass(frozen=True, slots=True)
class MissedForm:
    """As it was typed; times in UTC."""

    title: str = ""
    began: str = ""
    ended: str = ""
    post: str = ""
    note: str = ""


def read_form(
    title: Line = "",
    began: Line = "",
    ended: Line = "",
    post: Annotated[str, Form(max_length=2000)] = "",
    note: Annotated[str, Form(max_length=LONGEST_NOTE)] = "",
) -> MissedForm:
    return MissedForm(title.strip(), began.strip(), ended.strip(), post.strip(), note.strip())


@router.get("")
def show_ledger(
    request: Request,
    user: UserDep,
    session: ReadDep,
    now: NowDep,
    brand: Slug = "",
    days: Annotated[int, Query(ge=1, le=400)] = 90,
    target: Target = round(100 * TARGET),
    entered: Annotated[str, Query(max_length=10)] = "",
) -> Response:
    chosen = _chosen(session, brand)
    return _page(
        request,
        session,
        user,
        now=now,
        brand=chosen,
        days=days,
        target=target,
        entered=bool(entered),
    )


@router.get("/months/{month}")
def show_month(
    request: Request,
    month: Annotated[str, Path(max_length=20)],
    brand: Slug,
    user: UserDep,
    session: ReadDep,
    now: NowDep,
    target: Target = round(100 * TARGET),
) -> Response:
    """To be read, and to be printed."""
    found = brand_named(session, brand)
    told = month_report(session, found, month_of(month), target=target / 100, now=now)
    return render(
        request, "month.html", user=user, now=now, report=told, brand=found, precision=precision
    )


@router.post("/missed", dependencies=RESPONDER)
def enter_missed(
    request: Request,
    brand: Annotated[str, Form(max_length=200)],
    form: Annotated[MissedForm, Depends(read_form)],
    user: UserDep,
    session: WriteDep,
    now: NowDep,
) -> Response:
    found = brand_named(session, brand)
    try:
        enter(
            session,
            found.id,
            title=form.title,
            began_at=_moment(form.began),
            ended_at=_moment(form.ended),
            by=user.name,
            note=form.note,
            post=form.post,
            now=now,
        )
    except Invalid as error:
        problem = f"{error.message[:1].upper()}{error.message[1:]}.".replace("_at", "")
        return _page(
            request, session, user, now=now, brand=found, form=form, problem=problem, status=422
        )
    return RedirectResponse(f"/ledger?brand={found.slug}&entered=1#missed", status_code=303)


@router.post("/missed/{missed_id}/remove", dependencies=RESPONDER)
def take_missed_back(
    missed_id: Annotated[int, Path(ge=1, le=2**31 - 1)],
    brand: Annotated[str, Form(max_length=200)],
    user: UserDep,
    session: WriteDep,
) -> Response:
    """It was entered by mistake."""
    found = brand_named(session, brand)
    remove_missed(session, missed_id)
    return RedirectResponse(f"/ledger?brand={found.slug}#missed", status_code=303)


def _page(
    request: Request,
    session: Session,
    user: User,
    *,
    now: datetime,
    brand: BrandFacts | None,
    days: int = 90,
    target: int = round(100 * TARGET),
    form: MissedForm = MissedForm(),
    problem: str = "",
    entered: bool = False,
    status: int = 200,
) -> Response:
    told = None
    if brand is not None:
        since = now - timedelta(days=days)
        told = ledger(session, brand, since=since, until=now, target=target / 100)
    return render(
        request,
        "ledger.html",
        user=user,
        now=now,
        status=status,
        brands=list_brands(session),
        brand=brand,
        told=told,
        charts=_charts(told["rules"], target=target / 100) if told else {},
        precision=precision,
        spans=sorted({*SPANS, days}),
        days=days,
        target=target,
        months=_months(now),
        form=form,
        longest=LONGEST_TITLE,
        problem=problem,
        entered=entered,
    )


def _charts(rules: Sequence[Mapping[str, Any]], *, target: float) -> dict[str, Markup]:
    return {
        one["rule"]: interval_chart(
            one["precision"],
            low=one["low"],
            high=one["high"],
            target=target,
            label=f"Precision of {one['rule']}: {precision(one)}; aimed at {100 * target:.0f} %",
        )
        for one in rules
        if one["precision"] is not None
    }


def _months(now: datetime) -> list[str]:
    """Those that reports are offered of, the newest first; the first is not over yet."""
    month = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    told = []
    for _ in range(MONTHS):
        told.append(written(month))
        month = before(month)
    return told


def _moment(text: str) -> datetime | None:
    """What a browser's field for a date and time gives, in UTC. Raises Invalid."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Invalid(f"{text!r} is no time; write it as 2026-03-04T14:00") from None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _chosen(session: Session, slug: str) -> BrandFacts | None:
    """The one that was asked for, else the first. Raises NotFound."""
    if slug:
        return brand_named(session, slug)
    return next(iter(list_brands(session)), None)
