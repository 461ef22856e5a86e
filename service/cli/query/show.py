"""``groundswell query print``: how a query is understood."""

from __future__ import annotations

from typing import Annotated

import typer

from rules.query import QuerySyntaxError, parse, to_json
from service.cli.app import WRONG_INPUT, reports_errors
from service.cli.output import say, write_json
from service.cli.query.given import Refused, given_queries, told_mistake
from service.cli.query.group import File, Text, query


@query.command("print")
@reports_errors
def show(
    text: Text = None,
    file: File = None,
    json: Annotated[
        bool, typer.Option("--json", help="The tree, as one JSON object per query and line.")
    ] = False,
) -> None:
    """Print a query as it is understood: operators written out, lists put in, words folded.

    Two queries that ask the same are printed the same. The queries of a file come one on a line,
    after their names. Needs no store.
    """
    try:
        asked = given_queries(text, file)
    except Refused:
        raise typer.Exit(WRONG_INPUT) from None
    right = True
    for one in asked:
        try:
            parsed = parse(one.text, lists=one.lists)
        except QuerySyntaxError as error:
            right = False
            told_mistake(one, error)
            continue
        named = {} if text is not None else {"query": one.name}
        if json:
            write_json(named | {"canonical": parsed.canonical, "tree": to_json(parsed.tree)})
        else:
            say(f"{one.name}\t{parsed.canonical}" if named else parsed.canonical)
    if not right:
        raise typer.Exit(WRONG_INPUT)
