"""``groundswell query lint``: what is allowed in a query but probably not meant."""

from __future__ import annotations

from typing import Annotated

import typer

from service.cli.app import FAILED, WRONG_INPUT, reports_errors
from service.cli.output import printable, say, write_json
from service.cli.query.given import Given, Refused, given_queries, told_mistake
from service.cli.query.group import File, Text, query
from service.queries.draft import Draft, judge
from service.queries.place import place_of, with_caret
from service.queries.told import draft_json


@query.command()
@reports_errors
def lint(
    text: Text = None,
    file: File = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit code 1 where there is a warning.")
    ] = False,
    json: Annotated[
        bool, typer.Option("--json", help="One JSON object per query and line.")
    ] = False,
) -> None:
    """Warn of what was probably not meant, and say what a query costs to watch.

    Each warning is one line, name:line:column: what; what to do, with the words of the query and
    carets under it. A warning stops nothing. Needs no store.
    """
    try:
        asked = given_queries(text, file)
    except Refused:
        raise typer.Exit(WRONG_INPUT) from None
    drafts = [(one, judge(one.text, lists=one.lists)) for one in asked]
    for one, draft in drafts:
        if json:
            write_json({"query": one.name} | draft_json(draft))
        elif draft.error is not None:
            told_mistake(one, draft.error)
        else:
            _tell(one, draft)
    if any(draft.error for _, draft in drafts):
        raise typer.Exit(WRONG_INPUT)
    if strict and any(draft.warnings for _, draft in drafts):
        raise typer.Exit(FAILED)


def _tell(one: Given, draft: Draft) -> None:
    for warning in draft.warnings:
        place = place_of(one.text, warning.start, warning.end)
        hint = f"; {warning.hint}" if warning.hint else ""
        told = f"{one.name}:{place.line}:{place.column}: {warning.message}{hint}"
        say(printable(told, limit=1000))
        for line in with_caret(place):
            say(f"  {line}")
    count = len(draft.warnings)
    warned = "no warning" if not count else "1 warning" if count == 1 else f"{count} warnings"
    say(printable(f"{one.name}: {warned}; {draft.cost.words if draft.cost else ''}", limit=1000))
