"""``groundswell match``: which queries do these mentions answer? Needs no store."""

from __future__ import annotations

import gc
import sys
from collections import Counter, deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import datetime
from io import BufferedReader
from pathlib import Path
from typing import Annotated, cast

import typer

from rules.query import Query, parse
from service.cli.app import WRONG_INPUT, app, reports_errors
from service.cli.files import read_workspace
from service.cli.match_lines import Answer, Matcher
from service.cli.output import complain
from service.clock import SystemClock
from service.workspace.lists import lists_for
from service.workspace.model import Workspace

_READ_AT_ONCE = 1 << 20
_LINES = 1_000
"""Lines of one batch at most: more make nothing faster."""
_AHEAD = 3
"""Batches for each process that are read before the first of them is answered."""


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
    parsed = named_queries(read_workspace(queries, tested=False, owned=False))
    now = SystemClock().now()
    if jobs == 1:
        matcher = Matcher(parsed, explains=explain, now=now)
        # The trees stay to the end: the collector need not look through them again and again.
        gc.collect()
        gc.freeze()
        answers: Iterator[Answer] = (
            matcher.answer(lines, first=first) for first, lines in _batches()
        )
    else:
        answers = _in_processes(parsed, explains=explain, now=now, jobs=jobs)
    right = True
    for answer in answers:
        right = right and not answer.complaints
        for complaint in answer.complaints:
            complain(complaint, prefix=False)
        sys.stdout.write(answer.told)
        sys.stdout.flush()
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


def _batches() -> Iterator[tuple[int, list[bytes]]]:
    """Lines as they come, with the number of the first: all that is there, but not too many."""
    number = 1
    rest = b""
    stdin = cast(BufferedReader, sys.stdin.buffer)
    while data := stdin.read1(_READ_AT_ONCE):
        lines = (rest + data).split(b"\n") if b"\n" in data else [rest + data]
        rest = lines.pop()
        for at in range(0, len(lines), _LINES):
            yield number, lines[at : at + _LINES]
            number += len(lines[at : at + _LINES])
    if rest:
        yield number, [rest]


_own: list[Matcher] = []
"""The matcher of this process, where it is one of several."""


def _begin(queries: dict[str, Query], explains: bool, now: datetime) -> None:
    _own[:] = [Matcher(queries, explains=explains, now=now)]
    gc.collect()
    gc.freeze()


def _answer(lines: list[bytes], first: int) -> Answer:
    return _own[0].answer(lines, first=first)


def _in_processes(
    queries: dict[str, Query], *, explains: bool, now: datetime, jobs: int
) -> Iterator[Answer]:
    """Answers in the order of the lines, with a few batches under way."""
    with ProcessPoolExecutor(jobs, initializer=_begin, initargs=(queries, explains, now)) as pool:
        under_way: deque[Future[Answer]] = deque()
        for first, lines in _batches():
            under_way.append(pool.submit(_answer, lines, first))
            if len(under_way) >= _AHEAD * jobs:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
