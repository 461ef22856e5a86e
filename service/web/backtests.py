"""Alert rules tried on the past: asked for, waited for, and told with the bill.

Whoever may see the pages may try rules: it reads the store and changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from service.backtest.whole import backtest, steps
from service.deps import CsrfDep, NowDep, ReadDep, RuntimeDep, User, UserDep
from service.runtime import Runtime
from service.store.brands import BrandFacts, find_brand, list_brands
from service.store.engine import Session
from service.web.backtest_form import (
    SPANS,
    BacktestForm,
    FormDep,
    Refused,
    Tried,
    read_tried,
    rules_in_use,
)
from service.web.backtest_view import view_backtest
from service.web.page import render
from service.web.runs import Progress
from service.web.watch_runs import Key, asked_of, mark_of, runs_of


@dataclass(frozen=True, slots=True)
class Asked:
    """``form``: to be changed and tried again."""

    form: BacktestForm
    brand: BrandFacts


router = APIRouter()


@router.get("/backtest")
def show_form(
    request: Request,
    user: UserDep,
    session: ReadDep,
    now: NowDep,
    brand: Annotated[str, Query(max_length=200)] = "",
    run: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    """``run``: its form is shown again, to be changed."""
    form = asked_of(runs_of(request).find(run), Asked).form if run else BacktestForm(brand=brand)
    return _form_page(request, session, user, now=now, form=form)


@router.post("/backtest", dependencies=[CsrfDep])
def start(
    request: Request,
    form: FormDep,
    user: UserDep,
    session: ReadDep,
    runtime: RuntimeDep,
    now: NowDep,
) -> Response:
    brand = find_brand(session, form.brand)
    try:
        if brand is None:
            raise Refused("Choose a brand.")
        tried = read_tried(session, form, brand=brand)
    except Refused as error:
        return _form_page(
            request, session, user, now=now, form=form, problems=error.problems, status=422
        )
    run = runs_of(request).start(
        lambda progress: _try(runtime, brand, tried, now=now, progress=progress),
        asked=Asked(form, brand),
    )
    return RedirectResponse(f"/backtest/runs/{run.key}", status_code=303)


@router.get("/backtest/runs/{key}")
def show_run(request: Request, key: Key, user: UserDep, now: NowDep) -> Response:
    run = runs_of(request).find(key)
    asked_of(run, Asked)
    told = None if run.told is None else view_backtest(run.told)
    return render(
        request, "backtest_run.html", user=user, now=now, run=run, mark=mark_of(run), told=told
    )


def _try(
    runtime: Runtime, brand: BrandFacts, tried: Tried, *, now: datetime, progress: Progress
) -> dict[str, Any]:
    until = now.replace(second=0, microsecond=0)
    all_steps = steps([brand], budget=tried.budget)
    return backtest(
        runtime.store,
        [brand],
        tried.rules,
        since=until - timedelta(days=tried.days),
        until=until,
        policies=tried.policies,
        against=tried.old,
        budget=tried.budget,
        pictures=True,
        progress=lambda done: progress(done / all_steps),
    )


def _form_page(
    request: Request,
    session: Session,
    user: User,
    *,
    now: datetime,
    form: BacktestForm,
    problems: tuple[str, ...] = (),
    status: int = 200,
) -> Response:
    brands = list_brands(session)
    chosen = next((one for one in brands if one.slug == form.brand), None)
    if not form.text:
        form = replace(form, text=rules_in_use(session, chosen))
    return render(
        request,
        "backtest.html",
        user=user,
        now=now,
        status=status,
        brands=brands,
        form=form,
        spans=SPANS,
        problems=problems,
    )
