"""AND and OR side by side: correct, and read otherwise by most people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from rules.query.lexer import OPERANDS, Kind, Lexeme, lex
from rules.query.lint.warning import Warning

_STARTS = OPERANDS | {Kind.OPEN, Kind.NOT, Kind.FIELD, Kind.LIST}
_ENDS = OPERANDS | {Kind.CLOSE, Kind.LIST}


@dataclass(slots=True)
class _Level:
    """One pair of parentheses: where its first AND and its first OR stand."""

    joins: dict[Kind, Lexeme] = field(default_factory=dict)


def mixed_operators(text: str) -> Iterator[Warning]:
    """One warning for each pair of parentheses inside which AND and OR meet."""
    levels = [_Level()]
    before: Lexeme | None = None
    for lexeme in lex(text):
        if lexeme.kind in (Kind.AND, Kind.OR):
            levels[-1].joins.setdefault(lexeme.kind, lexeme)
        elif before is not None and before.kind in _ENDS and lexeme.kind in _STARTS:
            levels[-1].joins.setdefault(Kind.AND, lexeme)
        if lexeme.kind is Kind.OPEN:
            levels.append(_Level())
        elif lexeme.kind in (Kind.CLOSE, Kind.END):
            yield from _told(levels.pop())
        before = lexeme


def _told(level: _Level) -> Iterator[Warning]:
    if len(level.joins) < 2:
        return
    first, last = sorted(level.joins.values(), key=lambda lexeme: lexeme.start)
    written = level.joins[Kind.AND].kind is Kind.AND
    unwritten = "NOT" if level.joins[Kind.AND].kind is Kind.NOT else "words side by side"
    what = "AND" if written else unwritten
    yield Warning(
        f"OR and {what} stand beside each other: what OR joins is read last",
        first.start,
        last.end,
        "put parentheses around what belongs together, as in (acme OR globex) AND recall",
    )
