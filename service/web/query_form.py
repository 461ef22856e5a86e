"""The form of one query: what was typed, and from what is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Annotated, Any, Final

from fastapi import Depends, Form

from service.store.reads.queries import QueryView
from service.workspace.also import AlsoInvalid, read_example, show_also

KINDS: Final = ("must_match", "must_not_match")
ROLES: Final = ("brand", "competitor", "campaign", "topic")

Text = Annotated[str, Form(max_length=40_000)]
Line = Annotated[str, Form(max_length=4000)]
Rows = Annotated[list[Line], Form(max_length=400)]
Texts = Annotated[list[Text], Form(max_length=400)]


@dataclass(frozen=True, slots=True)
class ExampleRow:
    """One test as it stands in the form. ``kind``: must_match or must_not_match."""

    kind: str = "must_match"
    text: str = ""
    also: str = ""

    def __bool__(self) -> bool:
        return bool(self.text.strip() or self.also.strip())


@dataclass(frozen=True, slots=True)
class QueryForm:
    """``do``: what was pressed. ``which``: the id of what is stored. ``dialect``: of whose tool the
    text is, if it is to be carried over. ``seen``: from which state the form was made."""

    name: str = ""
    role: str = "brand"
    text: str = ""
    sample: str = ""
    sample_also: str = ""
    examples: tuple[ExampleRow, ...] = ()
    brand: str = ""
    which: str = ""
    dialect: str = ""
    seen: str = ""
    do: str = "check"


@dataclass(frozen=True, slots=True)
class ReadRows:
    """The tests of a form as the store keeps them. ``places``: for each of them, those that must
    match first, the number of its row. ``problem``: what is wrong with the first that is wrong."""

    kept: Mapping[str, Any] = field(default_factory=dict)
    places: tuple[int, ...] = ()
    problem: str = ""


def read_form(
    name: Line = "",
    role: Line = "brand",
    text: Text = "",
    sample: Text = "",
    sample_also: Line = "",
    example_kind: Rows = [],  # noqa: B006 - the framework makes a new one for each request
    example_text: Texts = [],  # noqa: B006
    example_also: Rows = [],  # noqa: B006
    brand: Line = "",
    which: Line = "",
    dialect: Line = "",
    seen: Line = "",
    do: Line = "check",
) -> QueryForm:
    """What a browser sent. It breaks lines with CR LF, which would shift every offset."""
    rows = [
        ExampleRow(kind if kind in KINDS else KINDS[0], _lines(typed), _lines(also))
        for kind, typed, also in zip_longest(example_kind, example_text, example_also, fillvalue="")
    ]
    return QueryForm(
        name=name.strip(),
        role=role if role in ROLES else ROLES[0],
        text=_lines(text),
        sample=_lines(sample),
        sample_also=sample_also,
        examples=tuple(rows),
        brand=brand,
        which=which,
        dialect=dialect,
        seen=seen,
        do=do,
    )


FormDep = Annotated[QueryForm, Depends(read_form)]


def form_of(query: QueryView) -> QueryForm:
    """The form that shows what is stored."""
    rows = [
        ExampleRow(kind, str(kept.get("text", "")), show_also(kept))
        for kind in KINDS
        for kept in query.examples.get(kind, ())
    ]
    return QueryForm(
        name=query.name,
        role=query.role,
        text=query.text,
        examples=tuple(rows),
        brand=query.brand_slug,
        which=str(query.id),
        seen=state_of(query),
    )


def state_of(query: QueryView) -> str:
    """Changes whenever somebody saves the query."""
    return f"{query.version}-{query.updated_at.timestamp()}"


def read_rows(rows: Sequence[ExampleRow]) -> ReadRows:
    """Empty rows are passed over."""
    kept: dict[str, list[Any]] = {}
    places: dict[str, list[int]] = {kind: [] for kind in KINDS}
    problem = ""
    for number, row in enumerate(rows):
        if not row:
            continue
        try:
            example = read_example(row.text, row.also)
        except AlsoInvalid as error:
            problem = problem or f"Test {number + 1}: {error}"
            continue
        kept.setdefault(row.kind, []).append(example)
        places[row.kind].append(number)
    ordered: dict[str, Any] = {kind: kept[kind] for kind in KINDS if kind in kept}
    return ReadRows(ordered, tuple(places[KINDS[0]] + places[KINDS[1]]), problem)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
