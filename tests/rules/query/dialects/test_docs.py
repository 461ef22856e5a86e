"""docs/importing-queries.md tells the truth: each row of its tables is converted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rules.query import DIALECTS, Conversion, Level, QuerySyntaxError, convert
from rules.query.limits import DISTANCE_LIMIT

PAGE = (Path(__file__).parents[4] / "docs" / "importing-queries.md").read_text("utf-8")
COMPANY = "x1y AND "
ROW = re.compile(r"\| `(.+?)` \| (?:`(.+?)` )?\| (same|changed|lost) \|")


def table(dialect: str) -> list[tuple[str, str, str, str]]:
    title = DIALECTS[dialect].title
    section = re.split(rf"## {title}\b.*\n", PAGE)[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("| `")]
    found = [ROW.fullmatch(line) for line in lines]
    assert all(found), [line for line, row in zip(lines, found, strict=True) if row is None]
    return [(dialect, row[1], row[2] or "", row[3]) for row in found if row is not None]


ROWS = [row for dialect in DIALECTS for row in table(dialect)]


def in_company(source: str, dialect: str) -> Conversion:
    """What may not stand alone is tried beside a word."""
    try:
        return convert(source, dialect=dialect)
    except QuerySyntaxError:
        return convert(COMPANY + f"({source})", dialect=dialect)


@pytest.mark.parametrize(("dialect", "source", "ours", "outcome"), ROWS)
def test_a_row_of_a_table_holds(dialect: str, source: str, ours: str, outcome: str) -> None:
    conversion = in_company(source, dialect)
    text = " ".join(conversion.text.split())
    alone, beside = (ours, f"{COMPANY}{ours}") if ours else ("x1y", "x1y")
    assert text in (alone, beside, f"{COMPANY}({ours})")
    levels = {note.level for note in conversion.notes}
    worst = next((level for level in (Level.LOST, Level.CHANGED) if level in levels), None)
    assert {None: "same", Level.CHANGED: "changed", Level.LOST: "lost"}[worst] == outcome


@pytest.mark.parametrize("dialect", sorted(DIALECTS))
def test_every_field_that_is_known_is_on_the_page(dialect: str) -> None:
    sources = " ".join(row[1] for row in ROWS if row[0] == dialect).lower().replace("_", "")
    missing = [name for name in DIALECTS[dialect].fields if f"{name}:" not in sources]
    assert missing == []


@pytest.mark.parametrize("dialect", sorted(DIALECTS))
def test_every_operator_and_sign_is_on_the_page(dialect: str) -> None:
    spelling = DIALECTS[dialect]
    sources = " ".join(row[1] for row in ROWS if row[0] == dialect).upper()
    written = [*spelling.operators, *spelling.signs, *spelling.scopes]
    # Double bars would end a cell of the table.
    assert [sign for sign in written if sign not in sources and sign != "||"] == []


def test_the_limit_of_nearness_is_that_of_the_code() -> None:
    assert f"At most {DISTANCE_LIMIT} may lie there" in PAGE
