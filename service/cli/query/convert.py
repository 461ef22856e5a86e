"""``groundswell query import``: another tool's query in our spelling."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rules.query import DIALECTS, QuerySyntaxError, guess
from rules.query import convert as convert_text
from service.cli.app import WRONG_INPUT, WrongInput, reports_errors
from service.cli.files import read_text
from service.cli.output import printable, remark, say, write_json
from service.cli.query.given import Given, show_place, told_mistake
from service.cli.query.group import query
from service.queries.place import place_of
from service.workspace.problems import choose_from


@query.command("import")
@reports_errors
def convert(
    file: Annotated[Path, typer.Argument(help="File with the query; - reads stdin.")] = Path("-"),
    dialect: Annotated[
        str | None, typer.Option(help=f"Whose spelling it is: {', '.join(sorted(DIALECTS))}.")
    ] = None,
    guessed: Annotated[
        bool, typer.Option("--guess", help="Tell the dialect from the query itself.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Query and notes as one object.")] = False,
) -> None:
    """Carry a query over from Brandwatch, Meltwater, Talkwalker or Lucene.

    The query in our language goes to stdout. What was changed on the way and what could not be
    carried over goes to stderr, each with its place in the original. Needs no store.
    """
    text = read_text(file).rstrip("\n")
    chosen = _dialect(text, dialect, guessed=guessed)
    name = "stdin" if str(file) == "-" else str(file)
    original = Given(name, text)
    try:
        done = convert_text(text, dialect=chosen)
    except QuerySyntaxError as error:
        told_mistake(original, error)
        raise typer.Exit(WRONG_INPUT) from None
    notes = [
        {"level": note.level, "message": note.message, "start": note.start, "end": note.end}
        for note in done.notes
    ]
    if json:
        write_json({"dialect": chosen, "text": done.text, "notes": notes})
        return
    say(done.text)
    for note in done.notes:
        place = place_of(text, note.start, note.end)
        told = f"{name}:{place.line}:{place.column}: {note.level}: {note.message}"
        remark(printable(told, limit=1000))
        show_place(text, note.start, note.end)
    if guessed:
        remark(f"{name}: read as {chosen}")


def _dialect(text: str, dialect: str | None, *, guessed: bool) -> str:
    if dialect is not None:
        if dialect not in DIALECTS:
            raise WrongInput(
                f"there is no dialect {dialect!r}; {choose_from(dialect, DIALECTS, empty='')}"
            )
        return dialect
    found = guess(text) if guessed else None
    if found is None:
        names = ", ".join(sorted(DIALECTS))
        what = "nothing in it tells whose spelling it is" if guessed else "whose spelling is it"
        raise WrongInput(f"{what}; give --dialect, one of {names}")
    return found
