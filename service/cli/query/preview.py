"""``groundswell query preview``: what would it have caught?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Annotated, Any

import typer

from rules.query import Query, QuerySyntaxError, Span, parse
from service.cli.app import WRONG_INPUT, WrongInput, opened, reports_errors
from service.cli.output import printable, say, write_json
from service.cli.query.brand import find_brand_id
from service.cli.query.given import Given, told_mistake
from service.cli.query.group import query
from service.store.engine import Session
from service.store.named_lists import named_lists
from service.store.reads.queries import QueryView, query_list
from service.store.search.find import Found
from service.store.search.preview import Difference, Preview
from service.store.search.preview import preview as look
from service.workspace.problems import choose_from

LONGEST = 365
BAR = 40


@query.command()
@reports_errors
def preview(
    text: Annotated[
        str | None, typer.Argument(help="The query, in quotes. Left out: see --query.")
    ] = None,
    saved: Annotated[
        str | None,
        typer.Option("--query", help='A saved query, "brand / name": to compare with, or to look.'),
    ] = None,
    brand: Annotated[
        str | None, typer.Option(help="Slug of the brand whose lists TEXT may name.")
    ] = None,
    days: Annotated[int, typer.Option(min=1, max=LONGEST, help="How far to look back.")] = 30,
    json: Annotated[bool, typer.Option("--json", help="Everything as one JSON object.")] = False,
) -> None:
    """Show what a query would have caught among the stored mentions of the last days.

    Counts per day and the newest examples; with TEXT and --query together also what would come in
    and what would go. What was fetched and matched nothing is looked through as well. Changes
    nothing.
    """
    if text is None and saved is None:
        raise WrongInput("nothing to look for; give a query in quotes, or --query NAME")
    with opened() as runtime, runtime.store.read() as session:
        running = None if saved is None else saved_query(session, saved)
        given = _given(session, text, running, brand=brand)
        current = None
        if running is not None and text is not None:
            current = _read(_given(session, None, running, brand=None))
        told = look(session, _read(given), now=runtime.clock.now(), days=days, current=current)
        write_json(_facts(told)) if json else _tell(told, days=days, now=runtime.clock.now())


def saved_query(session: Session, name: str) -> QueryView:
    """The query called "brand / name", or by its name alone if one has it. Raises WrongInput."""
    known = {f"{one.brand_slug} / {one.name}": one for one in query_list(session)}
    alone = [one for one in known.values() if one.name == name]
    if name not in known and len(alone) == 1:
        return alone[0]
    if name not in known:
        hint = choose_from(name, list(known)[:50], empty="groundswell apply FILE adds one")
        raise WrongInput(f"there is no query {name!r}; {hint}")
    return known[name]


def _given(
    session: Session, text: str | None, running: QueryView | None, *, brand: str | None
) -> Given:
    brand_id = running.brand_id if running else None
    if brand is not None:
        brand_id = find_brand_id(session, brand)
    shown = text if text is not None else running.text if running else ""
    return Given("query", shown, lists=named_lists(session).of(brand_id))


def _read(given: Given) -> Query:
    try:
        return parse(given.text, lists=given.lists)
    except QuerySyntaxError as error:
        told_mistake(given, error)
        raise typer.Exit(WRONG_INPUT) from None


def _tell(told: Preview, *, days: int, now: datetime) -> None:
    count = "1 mention" if told.total == 1 else f"{told.total} mentions"
    say(f"{count} in the last {days} days")
    _bars(told.days, since=told.since.date(), until=now.date())
    _examples(told.examples)
    for name, difference in (("would come in", told.entering), ("would go", told.leaving)):
        if difference is not None:
            say(f"{difference.count} {name}")
            _examples(difference.examples)
    missed = told.missed
    if missed is not None and missed.total:
        say(f"{missed.total} more were fetched and matched no query then:")
        for one in missed.examples:
            say(f"    > {printable(one.reject.title or one.reject.text, limit=120)}")
    if told.looked_back_to is not None:
        say(f"there is more: only what is newer than {told.looked_back_to:%Y-%m-%d %H:%M} was seen")


def _bars(days: Mapping[date, int], *, since: date, until: date) -> None:
    most = max(days.values(), default=0)
    for back in range((until - since).days + 1):
        day = since + timedelta(days=back)
        count = days.get(day, 0)
        bar = "█" * max(round(BAR * count / most), 1) if count else ""
        say(f"  {day:%a %d %b} {count:>7}  {bar}".rstrip())


def _examples(found: Sequence[Found]) -> None:
    for one in found:
        mention = one.mention
        said = printable(mention.title or mention.text, limit=120)
        say(f"    {mention.effective_at:%d %b %H:%M} {mention.platform}: {said}")


def _facts(told: Preview) -> dict[str, Any]:
    missed = told.missed
    return {
        "since": told.since.isoformat(),
        "until": told.until.isoformat(),
        "total": told.total,
        "days": {day.isoformat(): count for day, count in sorted(told.days.items())},
        "examples": [_found(one) for one in told.examples],
        "entering": _difference(told.entering),
        "leaving": _difference(told.leaving),
        "missed": None if missed is None else missed.total,
        "looked_back_to": told.looked_back_to and told.looked_back_to.isoformat(),
    }


def _difference(told: Difference | None) -> dict[str, Any] | None:
    if told is None:
        return None
    return {"count": told.count, "examples": [_found(one) for one in told.examples]}


def _found(one: Found) -> dict[str, Any]:
    return {
        "mention": one.mention.id,
        "platform": one.mention.platform,
        "title": one.mention.title,
        "text": one.mention.text,
        "spans": [_span(span) for span in one.spans],
    }


def _span(span: Span) -> dict[str, Any]:
    return {"field": span.field, "start": span.start, "end": span.end, "term": span.term}
