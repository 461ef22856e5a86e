"""``groundswell search``: the query language over everything that is stored."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from typing import Annotated

import typer

from rules.query import Query, QuerySyntaxError, parse
from service.cli.app import WRONG_INPUT, WrongInput, app, opened, reports_errors
from service.cli.export import facts
from service.cli.moments import parse_moment
from service.cli.output import printable, say, write_json
from service.cli.query.brand import find_brand_id
from service.cli.query.given import Given, told_mistake
from service.store.engine import Session
from service.store.named_lists import named_lists
from service.store.search.find import Found, count_days, further, scope_of
from service.store.search.find import search as look
from service.store.search.places import Scope

PAGE = 100
AROUND = 60


@app.command()
@reports_errors
def search(
    query: Annotated[str, typer.Argument(help="What to look for, in the query language.")],
    brand: Annotated[
        str | None,
        typer.Option(help="Slug of a brand: only what matched one of its queries."),
    ] = None,
    since: Annotated[
        str | None, typer.Option(help="From this moment on: 2026-01-31, or 7d for 7 days ago.")
    ] = None,
    until: Annotated[str | None, typer.Option(help="Before this moment.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1_000_000, help="Mentions at most.")] = 20,
    count_per_day: Annotated[
        bool, typer.Option("--count-per-day", help="Only how many there are on each day (UTC).")
    ] = False,
    json: Annotated[
        bool, typer.Option("--json", help="JSON Lines: mentions as export writes them, with spans.")
    ] = False,
) -> None:
    """Find stored mentions with the query language, newest first.

    A query finds here what it would have matched had it run when they came in: the same matcher
    decides. Write the query in quotes, so that the shell leaves it alone. With --count-per-day
    everything is looked through, however long it takes.
    """
    with opened() as runtime:
        now = runtime.clock.now()
        with runtime.store.read() as session:
            brand_id = None if brand is None else find_brand_id(session, brand)
            read = _read(session, query, brand_id=brand_id)
            scope = scope_of(
                since=parse_moment(since, now=now),
                until=parse_moment(until, now=now),
                brand_id=brand_id,
            )
            if count_per_day:
                _tell_days(_days(session, read, scope), json=json)
            else:
                _tell_mentions(session, read, scope, limit=limit, json=json)


def _read(session: Session, text: str, *, brand_id: int | None) -> Query:
    if not text.strip():
        raise WrongInput('nothing to look for; give a query in quotes, as in "acme AND recall"')
    lists = named_lists(session).of(brand_id)
    try:
        return parse(text, lists=lists)
    except QuerySyntaxError as error:
        told_mistake(Given("query", text, lists=lists), error)
        raise typer.Exit(WRONG_INPUT) from None


def _days(session: Session, query: Query, scope: Scope) -> Counter[date]:
    days: Counter[date] = Counter()
    while True:
        told = count_days(session, query, scope=scope)
        days.update(told.days)
        if told.next_cursor is None:
            return days
        scope = further(scope, told.next_cursor)


def _tell_days(days: Counter[date], *, json: bool) -> None:
    for day in sorted(days, reverse=True):
        if json:
            write_json({"day": day.isoformat(), "mentions": days[day]})
        else:
            say(f"{day.isoformat()}  {days[day]:>8}")
    if not json:
        say(f"{'together':10}  {days.total():>8}")


def _tell_mentions(session: Session, query: Query, scope: Scope, *, limit: int, json: bool) -> None:
    left = limit
    while True:
        told = look(session, query, scope=scope, limit=min(left, PAGE))
        for found in told.items:
            _tell(found, json=json)
        left -= len(told.items)
        if told.next_cursor is None or left <= 0:
            break
        scope = further(scope, told.next_cursor)
    if json:
        return
    if left == limit:
        say("nothing found")
    elif told.next_cursor is not None:
        say(f"the newest {limit}; there may be more, see --limit")


def _tell(found: Found, *, json: bool) -> None:
    view = found.mention
    if json:
        spans = [
            {"field": span.field, "start": span.start, "end": span.end, "term": span.term}
            for span in found.spans
        ]
        write_json(facts(view) | {"spans": spans})
        return
    author = printable(view.author.handle or view.author.name or "", limit=40)
    say(f"{_moment(view.effective_at)}  {view.platform}  {author}".rstrip())
    say(f"    {_excerpt(found)}")
    if view.url:
        say(f"    {printable(view.url)}")


def _excerpt(found: Found) -> str:
    """What stands around the first word that was found, in the text or else in the title."""
    view = found.mention
    for name, text in (("text", view.text), ("title", view.title)):
        span = next((each for each in found.spans if each.field == name), None)
        if span is not None:
            begin = max(0, span.start - AROUND)
            cut = text[begin : span.end + 2 * AROUND]
            return ("…" if begin else "") + printable(cut, limit=3 * AROUND)
    return printable(view.title or view.text, limit=3 * AROUND)


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"
