"""Alert rules tried on the past: asked for, waited for, and told with the bill.

Whoever may see the pages may try rules: it reads the store and changes nothing.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, Path, Query, Request, Response
from fastapi.responses import RedirectResponse
from sse_starlette import EventSourceResponse

from service.backtest.whole import backtest, steps
from service.deps import CsrfDep, MaybeUserDep, NowDep, ReadDep, RuntimeDep, User, UserDep
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
from service.web.live import refuse_strangers, stream
from service.web.page import render
from service.web.runs import Progress, Run, Runs

Key = Annotated[str, Path(max_length=40)]


@dataclass(frozen=True, slots=True)
class Asked:
    """``form``: to be changed and tried again."""

    form: BacktestForm
    brand: BrandFacts


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    yield
    app.state.runs.close()


router = APIRouter(lifespan=_lifespan)


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
    form = _runs(request).find(run).asked.form if run else BacktestForm(brand=brand)
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
    run = _runs(request).start(
        lambda progress: _try(runtime, brand, tried, now=now, progress=progress),
        asked=Asked(form, brand),
    )
    return RedirectResponse(f"/backtest/runs/{run.key}", status_code=303)


@router.get("/backtest/runs/{key}")
def show_run(request: Request, key: Key, user: UserDep, now: NowDep) -> Response:
    run = _runs(request).find(key)
    told = None if run.told is None else view_backtest(run.told)
    return render(
        request, "backtest_run.html", user=user, now=now, run=run, mark=_mark(run), told=told
    )


@router.get("/live/backtests/{key}")
async def watch_run(
    request: Request,
    key: Key,
    runtime: RuntimeDep,
    user: MaybeUserDep,
    seen: Annotated[str, Query(max_length=200)] = "",
) -> EventSourceResponse:
    """Says how far it is; ends when it is over, and the page is then read again."""
    refuse_strangers(user)
    run = _runs(request).find(key)
    return stream(request, runtime, mark=lambda _: None if run.over else _mark(run), seen=seen)


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


def _mark(run: Run) -> str:
    return f"{run.begun:d}.{run.share:.2f}.{run.over:d}"


def _runs(request: Request) -> Runs:
    runs: Runs = request.app.state.runs
    return runs
