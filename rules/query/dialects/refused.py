"""What is said where a foreign query lacks an operand."""

from __future__ import annotations

from typing import Final

from rules.errors import QuerySyntaxError
from rules.query.dialects.lexer import Kind, Lexeme

_NAMES: Final = {
    Kind.AND: "AND",
    Kind.OR: "OR",
    Kind.NOT: "NOT",
    Kind.NEAR: "NEAR",
    Kind.CLOSE: "a closing parenthesis",
    Kind.END: "the end of the query",
    Kind.RANGE: "a range without a field",
    Kind.SLOP: "~",
    Kind.BOOST: "^",
}


def operand_missing(here: Lexeme, *, after: list[Lexeme]) -> QuerySyntaxError:
    """``after``: the lexeme before this one, where there is one."""
    if after and after[0].kind in (Kind.AND, Kind.OR, Kind.NOT, Kind.NEAR):
        before = after[0]
        return QuerySyntaxError(
            f"{_NAMES[before.kind]} needs something after it, and here is "
            f"{_NAMES.get(here.kind, here.text)}",
            start=before.start,
            end=before.end,
            hint="add what is missing, or leave the operator out",
        )
    return QuerySyntaxError(
        f"{_NAMES.get(here.kind, here.text)} needs something before it",
        start=here.start,
        end=here.end,
        hint="add what is missing, or leave it out",
    )
