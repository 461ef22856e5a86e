"""``groundswell ledger``: what alert rules were worth; ``groundswell missed``: what none told."""

from __future__ import annotations

import getpass
import sys
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

import typer

from service.cli.app import WrongInput, app, opened, reports_errors
from service.cli.moments import parse_moment
from service.cli.output import printable, say, table, write_json
from service.cli.query.brand import find_brand_id
from service.ledger.account import TARGET, ledger
from service.ledger.enter import enter
from service.ledger.markdown import as_markdown
from service.ledger.month import before, month_of, month_report
from service.store.brands import BrandFacts, get_brand
from service.store.engine import Session
from service.web.month import month_document


class Format(StrEnum):
    MARKDOWN = "md"
    HTML = "html"
    JSON = "json"


Target = Annotated[float, typer.Option(min=0, max=1, help="Precision that rules are to have.")]

group = typer.Typer(rich_markup_mode=None)
app.add_typer(group, name="ledger")


@group.callback(invoke_without_command=True)
@reports_errors
def show_ledger(
    context: typer.Context,
    brand: Annotated[str | None, typer.Option(help="Slug of the brand.")] = None,
    since: Annotated[
        str, typer.Option(help="From this moment on: 2026-01-31, or 30d for 30 days ago.")
    ] = "30d",
    until: Annotated[str | None, typer.Option(help="Before this moment. Default: now.")] = None,
    target: Target = TARGET,
    json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """What each alert rule was worth: precision, pages, minutes, delay; and what was missed.

    The interval is that in which the true precision lies with 95 %. A rule is flagged when even
    its upper bound is below the target.
    """
    if context.invoked_subcommand is not None:
        return
    with opened() as runtime, runtime.store.read() as session:
        now = runtime.clock.now()
        begin, end = parse_moment(since, now=now), parse_moment(until, now=now) or now
        if begin is None or not begin < end:
            raise WrongInput("--since must lie before --until")
        told = ledger(session, _brand(session, brand), since=begin, until=end, target=target)
    if json:
        write_json(told)
        return
    header = ("rule", "incidents", "pages", "precision", "minutes", "delay", "")
    table(header, [_row(one) for one in told["rules"]])
    for one in told["missed"]:
        say(f"MISSED  {one['began_at'][:16].replace('T', ' ')}  {printable(one['title'])}")


@group.command("report")
@reports_errors
def report_month(
    brand: Annotated[str, typer.Option(help="Slug of the brand.")],
    month: Annotated[
        str | None, typer.Option(help="As 2026-10, in UTC. Default: the one that ended last.")
    ] = None,
    target: Target = TARGET,
    format: Annotated[
        Format, typer.Option(help="html is one page without anything from elsewhere.")
    ] = Format.MARKDOWN,
) -> None:
    """The report of a month: what rules were worth, beside the month before.

    With every incident, its verdict, and what was missed. Goes to stdout.
    """
    with opened() as runtime, runtime.store.read() as session:
        now = runtime.clock.now()
        begin = before(_begin(now)) if month is None else month_of(month)
        told = month_report(session, _brand(session, brand), begin, target=target, now=now)
    if format is Format.JSON:
        write_json(told)
    else:
        sys.stdout.write(as_markdown(told) if format is Format.MARKDOWN else month_document(told))


@app.command()
@reports_errors
def missed(
    title: Annotated[str, typer.Argument(help="What happened, in a few words.")],
    brand: Annotated[str, typer.Option(help="Slug of the brand.")],
    began: Annotated[
        str | None,
        typer.Option(help="When: 2026-01-31T14:00, or 3h for 3 hours ago. Default: see --post."),
    ] = None,
    ended: Annotated[str | None, typer.Option(help="Until when. Default: now.")] = None,
    post: Annotated[
        str, typer.Option(help="Address of a stored post with which it began; see why-missed.")
    ] = "",
    note: Annotated[str, typer.Option(help="Whatever else should be known.")] = "",
) -> None:
    """Enter an incident that no alert told of: ledger and backtest count it as missed."""
    with opened() as runtime, runtime.store.write() as session:
        now = runtime.clock.now()
        begin, end = parse_moment(began, now=now), parse_moment(ended, now=now)
        enter(
            session,
            find_brand_id(session, brand),
            title=title,
            began_at=begin,
            ended_at=end,
            by=getpass.getuser(),
            note=note,
            post=post,
            now=now,
        )
    say(f"entered: {printable(title)}")


def _brand(session: Session, slug: str | None) -> BrandFacts:
    if slug is None:
        raise WrongInput("--brand is missing: whose ledger?")
    return get_brand(session, find_brand_id(session, slug))


def _begin(moment: datetime) -> datetime:
    """Of the month."""
    return moment.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def _row(one: dict[str, Any]) -> tuple[str, ...]:
    precision = "none judged"
    if one["precision"] is not None:
        share = f"{one['real']} of {one['judged']}; {one['low']:.0%}–{one['high']:.0%}"
        precision = f"{one['precision']:.0%} ({share})"
    delay = "" if one["delay"] is None else f"{one['delay']:.0f} min"
    flag = "below target" if one["below"] else ""
    counts = (str(one["incidents"]), str(one["pages"]))
    return (one["rule"], *counts, precision, f"{one['minutes']:.0f}", delay, flag)
