"""``groundswell match``: which queries do these mentions answer? Needs no store."""

from __future__ import annotations

from collections import Counter
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from rules.query import Query, parse
from service.cli.app import WRONG_INPUT, WrongInput, app, reports_errors
from service.cli.files import read_workspace
from service.cli.line_stream import answer_stdin
from service.cli.match_lines import Matcher
from service.clock import SystemClock
from service.workspace.lists import lists_for
from service.workspace.model import Workspace


@app.command()
@reports_errors
def match(
    queries: Annotated[Path, typer.Option(help="Workspace file (TOML) that has the queries.")],
    explain: Annotated[
        bool,
        typer.Option(
            "--explain", help='Also give each query\'s "clause" tree, and "why" others are not met.'
        ),
    ] = False,
    jobs: Annotated[
        int, typer.Option(min=1, max=256, help="Processes that match at the same time.")
    ] = 1,
) -> None:
    """Match mentions from stdin against the queries of a file.

    Reads JSON Lines as import does, and writes one line for each match: {"id", "query", "spans":
    [{"field", "start", "end", "term"}]}, with offsets into the mention's own strings. Works as a
    stream, in constant memory; with --jobs in several processes, and still in the order of the
    input. A line that cannot be read is told on stderr and the exit code is 2 at the end.

    With --explain there is a line for every query and mention: "clause" has the parts of the query
    as {"text", "held", "spans", "near_miss", "children"}, and where the query is not met, "why"
    says it in a sentence.
    """
    named = named_queries(read_workspace(queries, tested=False, owned=False))
    if not named:
        raise WrongInput(f"{queries}: has no queries; add [[query]] with a name and a text")
    make = partial(
        Matcher,
        named,
        explains=explain,
        now=SystemClock().now(),
    )
    if not answer_stdin(make, jobs=jobs):
        raise typer.Exit(WRONG_INPUT)


def named_queries(workspace: Workspace) -> dict[str, Query]:
    """The queries by name; where two brands use one name, by ``brand / name``."""
    names = Counter(query.name for query in workspace.query)
    return {
        query.name if names[query.name] == 1 else f"{query.brand} / {query.name}": parse(
            query.text, lists=lists_for(workspace.list, query.brand)
        )
        for query in workspace.query
    }
