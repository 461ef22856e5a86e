"""``groundswell match``: which queries do these mentions answer? Needs no store."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from connectors.file.parse import parse_json, parse_line
from rules.errors import InvalidMention
from rules.mention import Mention
from rules.query import Document, Match, Query, QuerySet, parse
from service.cli.app import WRONG_INPUT, app, reports_errors
from service.cli.explain_view import explained
from service.cli.files import read_workspace
from service.cli.output import complain, printable, write_json
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
) -> None:
    """Match mentions from stdin against the queries of a file.

    Reads JSON Lines as import does, and writes one line for each match: {"id", "query", "spans":
    [{"field", "start", "end", "term"}]}, with offsets into the mention's own strings. Works as a
    stream. A line that cannot be read is told on stderr and the exit code is 2 at the end.

    With --explain there is a line for every query and mention: "clause" has the parts of the query
    as {"text", "held", "spans", "near_miss", "children"}, and where the query is not met, "why"
    says it in a sentence.
    """
    parsed = named_queries(read_workspace(queries, tested=False, owned=False))
    matcher = QuerySet(parsed)
    now = SystemClock().now()
    right = True
    for number, data in enumerate(sys.stdin.buffer, start=1):
        if not data.strip():
            continue
        try:
            told = parse_json(data.decode("utf-8", "replace"))
            mention = parse_line(told, now=now)
        except InvalidMention as error:
            right = False
            complain(f"stdin:{number}: {printable(str(error))}; left out", prefix=False)
            continue
        _write(mention, matcher, parsed if explain else {})
    if not right:
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


def _write(mention: Mention, matcher: QuerySet[str], queries: Mapping[str, Query]) -> None:
    """``queries``: those to explain."""
    document = Document.of(mention)
    found = matcher.match(document)
    shown_id = mention.native_id or mention.id
    for name, one in sorted(found.items()):
        more = explained(queries[name], document, one) if queries else {}
        write_json({"id": shown_id, "query": name, "spans": _spans(one)} | more)
    for name, query in sorted(queries.items()):
        if name not in found:
            more = explained(query, document, None)
            write_json({"id": shown_id, "query": name, "spans": []} | more)
    sys.stdout.flush()


def _spans(found: Match) -> list[dict[str, Any]]:
    return [
        {"field": span.field, "start": span.start, "end": span.end, "term": span.term}
        for span in found.spans
    ]
