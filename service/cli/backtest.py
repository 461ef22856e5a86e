"""``groundswell backtest``: what alert rules would have done, and what it would have cost."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from rules.backtest import Answering
from service.backtest.rulesets import CURRENT, RuleSet, in_use, of_text, policies_in_use
from service.backtest.whole import backtest, steps
from service.cli.app import FAILED, WrongInput, app, opened, reports_errors
from service.cli.backtest_view import show
from service.cli.files import read_text
from service.cli.moments import parse_moment
from service.cli.output import progress, write_json
from service.cli.query.brand import find_brand_id
from service.store.brands import BrandFacts, list_brands
from service.store.engine import Session
from service.workspace.durations import parse_duration

LONGEST = timedelta(days=400)


@app.command("backtest")
@reports_errors
def backtest_rules(
    rules: Annotated[
        str,
        typer.Argument(help='File (TOML) with [[alert]] tables, or "current": those in use.'),
    ],
    brand: Annotated[str | None, typer.Option(help="Slug of a brand. Default: all.")] = None,
    since: Annotated[
        str, typer.Option(help="From this moment on: 2026-01-31, or 90d for 90 days ago.")
    ] = "90d",
    until: Annotated[str | None, typer.Option(help="Before this moment. Default: now.")] = None,
    against: Annotated[
        str | None, typer.Option(help='Other rules beside them: a file, or "current".')
    ] = None,
    budget: Annotated[
        float | None,
        typer.Option(min=0, help="Pages a week that are too many: exit code 1 above, and advice."),
    ] = None,
    answer_after: Annotated[
        str | None,
        typer.Option(
            help="Pages are acknowledged after this long: 15m, or never. "
            "Default: 5m on workdays from 9 to 18 UTC, else 15m."
        ),
    ] = None,
    json: Annotated[
        bool, typer.Option("--json", help="The whole report as one JSON object.")
    ] = False,
) -> None:
    """Try alert rules on the past: which pages they would have sent, to whom, and why.

    Reads the stored counts and writes nothing. The detector, the decisions and the escalation are
    the live ones. Exit code 1 when the pages a week are more than the budget.
    """
    with opened() as runtime:
        now = runtime.clock.now().replace(second=0, microsecond=0)
        begin, end = parse_moment(since, now=now), parse_moment(until, now=now) or now
        if begin is None or not begin < end or end - begin > LONGEST:
            raise WrongInput("--since must lie before --until, by 400 days at most")
        with runtime.store.read() as session:
            brands = _brands(session, brand)
            mine, named = _rules(rules, session, brands)
            other = None if against is None else _rules(against, session, brands)
        policies = sorted({*named, *(other[1] if other else [])})
        with progress("Going back", total=steps(brands, budget=budget)) as advance:
            told = backtest(
                runtime.store,
                brands,
                mine,
                since=begin,
                until=end,
                policies=policies,
                answering=_answering(answer_after),
                against=None if other is None else other[0],
                budget=budget,
                progress=advance,
            )
    write_json(told) if json else show(told)
    if budget is not None and told["total"]["pages_per_week"] > budget:
        raise typer.Exit(FAILED)


def _brands(session: Session, slug: str | None) -> list[BrandFacts]:
    brands = list_brands(session)
    if slug is not None:
        wanted = find_brand_id(session, slug)
        brands = [one for one in list_brands(session, archived=True) if one.id == wanted]
    if not brands:
        raise WrongInput("there is no brand yet; groundswell apply FILE adds one")
    return brands


def _rules(told: str, session: Session, brands: list[BrandFacts]) -> tuple[RuleSet, list[str]]:
    """The rules, and the policies that they name."""
    if told == CURRENT:
        return in_use(session), sorted(policies_in_use(session))
    name = "stdin" if told == "-" else told
    return of_text(read_text(Path(told)), session, name=name, brands=brands)


def _answering(told: str | None) -> Answering:
    if told is None:
        return Answering()
    if told == "never":
        return Answering(in_hours=None, off_hours=None)
    try:
        length = parse_duration(told)
    except ValueError as error:
        raise WrongInput(f"{error}; write 90s, 15m or 1h") from None
    return Answering(in_hours=length, off_hours=length)
