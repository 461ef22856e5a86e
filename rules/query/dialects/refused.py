"""What is said of a foreign query that lacks something."""

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


def closes_nothing(mark: Lexeme) -> QuerySyntaxError:
    return QuerySyntaxError(
        "this parenthesis closes nothing",
        start=mark.start,
        end=mark.end,
        hint="leave it out, or put a ( where the group begins",
    )


def never_closed(mark: Lexeme) -> QuerySyntaxError:
    return QuerySyntaxError(
        "this parenthesis is never closed",
        start=mark.start,
        end=mark.end,
        hint="put a ) where the group ends",
    )


def empty(opened: Lexeme, closed: Lexeme) -> QuerySyntaxError:
    return QuerySyntaxError(
        "these parentheses are empty",
        start=opened.start,
        end=closed.end,
        hint="put a word between them, or leave them out",
    )
