"""A query that was written for another tool, carried over on its page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from rules.query import DIALECTS, QuerySyntaxError, convert, guess
from service.queries.place import Place, place_of
from service.web.query_form import QueryForm

NAMES: Final = {name: name.capitalize() for name in sorted(DIALECTS)}


@dataclass(frozen=True, slots=True)
class NoteView:
    """What became of a part of the foreign query. ``level``: carried, changed or lost."""

    level: str
    message: str
    place: Place


@dataclass(frozen=True, slots=True)
class Carried:
    """``problem``: why it could not be carried over. ``place``: where in the foreign text."""

    dialect: str = ""
    notes: tuple[NoteView, ...] = ()
    problem: str = ""
    place: Place | None = None


def carry_over(form: QueryForm) -> tuple[QueryForm, Carried | None]:
    """The form with the query in our language, where that was asked for; as it was where it
    cannot be."""
    if form.do != "convert":
        return form, None
    dialect = form.dialect if form.dialect in DIALECTS else guess(form.text)
    if dialect is None:
        return form, Carried(problem="Nothing in it tells whose query it is: choose the tool.")
    try:
        done = convert(form.text, dialect=dialect)
    except QuerySyntaxError as error:
        told = f"As a query of {NAMES[dialect]} it cannot be read: {error.message}"
        told += f"; {error.hint}." if error.hint else "."
        place = place_of(form.text, error.start, error.end)
        return form, Carried(dialect, problem=told, place=place)
    notes = tuple(
        NoteView(note.level.value, note.message, place_of(form.text, note.start, note.end))
        for note in done.notes
    )
    return replace(form, text=done.text), Carried(NAMES[dialect], notes)
