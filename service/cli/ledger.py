"""``groundswell ledger``: what alert rules were worth; ``groundswell missed``: what none told."""

from __future__ import annotations

import getpass
from typing import Annotated

import typer

from rules.backtest.ledger import Account, accounts
from service.cli.app import WrongInput, app, opened, reports_errors
from service.cli.moments import parse_moment
from service.cli.output import printable, say, table, write_json
from service.cli.query.brand import find_brand_id
from service.store.ledger import add_missed, handled, list_missed


@app.command()
@reports_errors
def ledger(
    brand: Annotated[str, typer.Option(help="Slug of the brand.")],
    since: Annotated[
        str, typer.Option(help="From this moment on: 2026-01-31, or 30d for 30 days ago.")
    ] = "30d",
    until: Annotated[str | None, typer.Option(help="Before this moment. Default: now.")] = None,
    target: Annotated[
        float, typer.Option(min=0, max=1, help="Precision that rules are to have.")
    ] = 0.5,
    json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """What each alert rule was worth: precision, pages, minutes, delay; and what was missed.

    The interval is that in which the true precision lies with 95 %. A rule is flagged when even
    its upper bound is below the target.
    """
    with opened() as runtime, runtime.store.read() as session:
        now = runtime.clock.now()
        begin, end = parse_moment(since, now=now), parse_moment(until, now=now) or now
        if begin is None or not begin < end:
            raise WrongInput("--since must lie before --until")
        brand_id = find_brand_id(session, brand)
        told = accounts(handled(session, brand_id, since=begin, until=end), target=target)
        missed = list_missed(session, brand_id, since=begin, until=end)
    if json:
        rules = [one.to_json() for one in told]
        lost = [{"began_at": at.isoformat(), "title": title} for at, title in missed]
        write_json({"brand": brand, "target": target, "rules": rules, "missed": lost})
        return
    header = ("rule", "incidents", "pages", "precision", "minutes", "delay", "")
    table(header, [_row(one) for one in told])
    for at, title in missed:
        say(f"MISSED  {at:%Y-%m-%d %H:%M}  {printable(title)}")


@app.command()
@reports_errors
def missed(
    title: Annotated[str, typer.Argument(help="What happened, in a few words.")],
    brand: Annotated[str, typer.Option(help="Slug of the brand.")],
    began: Annotated[str, typer.Option(help="When: 2026-01-31T14:00, or 3h for 3 hours ago.")],
    ended: Annotated[str | None, typer.Option(help="Until when. Default: now.")] = None,
    note: Annotated[str, typer.Option(help="Whatever else should be known.")] = "",
) -> None:
    """Enter an incident that no alert told of: ledger and backtest count it as missed."""
    if not title.strip() or len(title) > 200:
        raise WrongInput("the title needs 1 to 200 characters")
    with opened() as runtime, runtime.store.write() as session:
        now = runtime.clock.now()
        begin, end = parse_moment(began, now=now), parse_moment(ended, now=now) or now
        if begin is None or not begin < end <= now:
            raise WrongInput("--began must lie before --ended, and neither in the future")
        add_missed(
            session,
            find_brand_id(session, brand),
            title=title.strip(),
            began_at=begin,
            ended_at=end,
            entered_by=getpass.getuser(),
            note=note,
            now=now,
        )
    say(f"entered: {printable(title)}, from {begin:%Y-%m-%d %H:%M} UTC")


def _row(one: Account) -> tuple[str, ...]:
    precision = "none judged"
    if one.precision is not None and one.low is not None and one.high is not None:
        precision = (
            f"{one.precision:.0%} ({one.real} of {one.judged}; {one.low:.0%}–{one.high:.0%})"
        )
    delay = "" if one.delay is None else f"{one.delay:.0f} min"
    flag = "below target" if one.below else ""
    counts = (str(one.incidents), str(one.pages))
    return (one.rule, *counts, precision, f"{one.minutes:.0f}", delay, flag)
