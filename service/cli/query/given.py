"""Which queries a command is about: a text, or those of a workspace file."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rules.query import QuerySyntaxError
from service.cli.app import WrongInput
from service.cli.files import read_text
from service.cli.output import complain, printable
from service.queries.place import place_of, with_caret
from service.workspace.bodies import examples_of
from service.workspace.file import read
from service.workspace.lists import lists_for
from service.workspace.problems import WorkspaceInvalid


@dataclass(frozen=True, slots=True)
class Given:
    """One query. ``name`` is what problems call it: ``query``, or that of one in a file."""

    name: str
    text: str
    brand: str = ""
    lists: Mapping[str, str] = field(default_factory=dict)
    examples: Mapping[str, Any] = field(default_factory=dict)


class Refused(Exception):
    """Problems that have been told already, with their places."""


def given_queries(text: str | None, file: Path | None) -> list[Given]:
    """The text, with the file's shared lists at hand; or the file's queries with theirs.

    Raises WrongInput, and Refused for a file with mistakes, which are told with their lines.
    """
    if text is None and file is None:
        raise WrongInput("nothing to look at; give a query in quotes, or --file FILE")
    if file is None:
        return [Given("query", _text(text))]
    if text == "-" and str(file) == "-":
        raise WrongInput("stdin can be one of the two; give the query or the file by name")
    source = read_text(file)
    name = "stdin" if str(file) == "-" else str(file)
    try:
        workspace = read(source, name=name, tested=False, owned=False)
    except WorkspaceInvalid as error:
        told_with_lines(error, source)
        raise Refused from None
    if text is not None:
        return [Given("query", _text(text), lists=lists_for(workspace.list, None))]
    return [
        Given(
            f"{query.brand} / {query.name}" if query.brand else query.name,
            query.text,
            brand=query.brand or "",
            lists=lists_for(workspace.list, query.brand),
            examples=examples_of(query),
        )
        for query in workspace.query
    ]


def told_with_lines(error: WorkspaceInvalid, source: str) -> None:
    """Each problem, and under it the line of the file with a caret at its place."""
    lines = source.removeprefix("\ufeff").split("\n")
    for problem in error.problems:
        complain(str(problem), prefix=False)
        if problem.line <= len(lines):
            at = problem.column - 1
            show_place(lines[problem.line - 1].rstrip("\r"), at, at + 1)


def told_mistake(one: Given, error: QuerySyntaxError) -> None:
    """``query:1:5: what; what to do``, and the line with carets under the place."""
    place = place_of(one.text, error.start, error.end)
    hint = f"; {error.hint}" if error.hint else ""
    told = f"{one.name}:{place.line}:{place.column}: {error.message}{hint}"
    complain(printable(told, limit=1000), prefix=False)
    show_place(one.text, error.start, error.end)


def show_place(text: str, start: int, end: int) -> None:
    for line in with_caret(place_of(text, start, end)):
        complain(f"  {line}", prefix=False)


def _text(text: str | None) -> str:
    given = sys.stdin.read() if text == "-" else text or ""
    # What ends the input is no part of the query.
    return given.removesuffix("\n") if text == "-" else given
