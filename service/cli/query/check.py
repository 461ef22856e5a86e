"""``groundswell query check``: can it be read?"""

from __future__ import annotations

import typer

from rules.query import QuerySyntaxError, parse
from service.cli.app import WRONG_INPUT, reports_errors
from service.cli.output import printable, say
from service.cli.query.given import Refused, given_queries, told_mistake
from service.cli.query.group import File, Text, query


@query.command()
@reports_errors
def check(text: Text = None, file: File = None) -> None:
    """Say whether a query can be read, and if not, where and what to do.

    The mistake is one line on stderr, name:line:column: what; what to do, and under it the words of
    the query with carets at the place. With --file alone, all queries and lists of a workspace file
    are looked at; their tests are run by query test. Exit code 2 when there is a mistake. Needs no
    store.
    """
    try:
        asked = given_queries(text, file)
    except Refused:
        raise typer.Exit(WRONG_INPUT) from None
    right = True
    for one in asked:
        try:
            parse(one.text, lists=one.lists)
        except QuerySyntaxError as error:
            right = False
            told_mistake(one, error)
        else:
            say(f"{printable(one.name)}: right")
    if not right:
        raise typer.Exit(WRONG_INPUT)
