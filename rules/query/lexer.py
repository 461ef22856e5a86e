"""Query text to lexemes with positions: words are not yet read, only found."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from rules.errors import QuerySyntaxError
from rules.query.fields import FACTS, SPELLINGS, field_named, no_such_field
from rules.query.limits import DISTANCE_LIMIT, OPERAND_LIMIT, TEXT_LIMIT
from rules.query.refused import refuse_other_operators
from rules.query.tree import Scope

# Word processors turn straight quotes into these; a query pasted from one must still work.
QUOTES: Final = '"“”„‟＂'

_SPACE: Final = re.compile(r"\s+")
_CHUNK: Final = re.compile(rf"(?:(?!<<<|\{{\{{)[^\s(){QUOTES}])+")
_QUOTED: Final = re.compile(rf"[^{QUOTES}]*")
_SLOP: Final = re.compile(r"~([0-9]+)(?!\w)")
_LIST: Final = re.compile(r"\{\{([^{}]*)\}\}")
_FIELD: Final = re.compile(r"(?!www\.)([A-Za-z_][A-Za-z_.]*):(?!//)", re.IGNORECASE)
_NEAR: Final = re.compile(r"(O?)NEAR/(?:([0-9]+)|([SsPp]))([Ff]?)")
_SCOPES: Final = {"s": Scope.SENTENCE, "p": Scope.PARAGRAPH}


class Kind(Enum):
    AND = auto()
    OR = auto()
    NOT = auto()
    NEAR = auto()
    OPEN = auto()
    CLOSE = auto()
    FIELD = auto()
    LIST = auto()
    WORD = auto()
    QUOTED = auto()
    END = auto()


OPERANDS: Final = frozenset({Kind.WORD, Kind.QUOTED})
_OPERATORS: Final = {"AND": Kind.AND, "OR": Kind.OR, "NOT": Kind.NOT}


@dataclass(frozen=True, slots=True)
class Lexeme:
    """``text``: a word's characters, the inside of quotes, or the name of a field or a list.

    ``distance`` and ``ordered`` belong to NEAR, ``slop`` to quotes followed by ``~n``.
    """

    kind: Kind
    start: int
    end: int
    text: str = ""
    distance: int | Scope = 0
    ordered: bool = False
    slop: int | None = None


def lex(text: str) -> list[Lexeme]:
    """The lexemes of a query, an END after them. Raises QuerySyntaxError."""
    if len(text) > TEXT_LIMIT:
        raise QuerySyntaxError(
            f"the query has {len(text):,} characters; {TEXT_LIMIT:,} is the limit",
            start=TEXT_LIMIT,
            end=len(text),
            hint="split it into several queries of the same brand",
        )
    out: list[Lexeme] = []
    operands = 0
    position = 0
    while position < len(text):
        space = _SPACE.match(text, position)
        if space is not None:
            position = space.end()
        elif text.startswith("<<<", position):
            position = _after_comment(text, position)
        else:
            verbatim = bool(out) and _takes_a_value(out[-1], position)
            lexeme = _next(text, position, verbatim=verbatim)
            position = lexeme.end
            out.append(lexeme)
            operands += lexeme.kind in OPERANDS
            if operands > OPERAND_LIMIT:
                raise QuerySyntaxError(
                    f"the query has more than {OPERAND_LIMIT:,} words and phrases",
                    start=lexeme.start,
                    end=lexeme.end,
                    hint="split it into several queries of the same brand",
                )
    out.append(Lexeme(Kind.END, len(text), len(text)))
    return out


def _takes_a_value(before: Lexeme, position: int) -> bool:
    """What stands right behind ``url:`` or ``raw:`` is its value, whatever it looks like."""
    if before.kind is not Kind.FIELD or before.end != position:
        return False
    return before.text in FACTS or before.text in SPELLINGS


def _next(text: str, position: int, *, verbatim: bool) -> Lexeme:
    character = text[position]
    if character in "()":
        kind = Kind.OPEN if character == "(" else Kind.CLOSE
        return Lexeme(kind, position, position + 1)
    if character in QUOTES:
        return _quoted(text, position)
    if text.startswith("{{", position):
        return _list(text, position)
    # Known fields first: "title:title:title:" is read through once, not once for each of them.
    field = None if verbatim else _FIELD.match(text, position)
    name = field_named(field[1]) if field is not None else None
    if field is not None and name is not None:
        return Lexeme(Kind.FIELD, position, field.end(), text=name)
    chunk = _CHUNK.match(text, position)
    end = chunk.end() if chunk is not None else position + 1
    if verbatim:
        return Lexeme(Kind.WORD, position, end, text=text[position:end])
    return _chunk(text[position:end], position, end)


def _after_comment(text: str, start: int) -> int:
    closed = text.find(">>>", start + 3)
    if closed < 0:
        raise QuerySyntaxError(
            "this comment is never closed",
            start=start,
            end=start + 3,
            hint="put >>> where the comment ends",
        )
    return closed + 3


def _list(text: str, start: int) -> Lexeme:
    found = _LIST.match(text, start)
    name = found[1].strip() if found is not None else ""
    if found is None or not name:
        raise QuerySyntaxError(
            "a list is written as {{name}}",
            start=start,
            end=found.end() if found is not None else start + 2,
            hint="put the list's name between {{ and }}",
        )
    return Lexeme(Kind.LIST, start, found.end(), text=name)


def _quoted(text: str, start: int) -> Lexeme:
    inside = _QUOTED.match(text, start + 1)
    end = inside.end() if inside is not None else len(text)
    if end >= len(text):
        raise QuerySyntaxError(
            "this quotation mark is never closed",
            start=start,
            end=start + 1,
            hint='put a " where the phrase ends',
        )
    words = text[start + 1 : end]
    slop = _SLOP.match(text, end + 1)
    if slop is None:
        return Lexeme(Kind.QUOTED, start, end + 1, text=words)
    distance = _distance(slop[1], start=end + 1, end=slop.end())
    return Lexeme(Kind.QUOTED, start, slop.end(), text=words, slop=distance)


def _chunk(chunk: str, start: int, end: int) -> Lexeme:
    if chunk in _OPERATORS:
        return Lexeme(_OPERATORS[chunk], start, end)
    near = _NEAR.fullmatch(chunk)
    if near is not None:
        scope = _SCOPES.get((near[3] or "").lower())
        distance = scope or _distance(near[2], start=start, end=end)
        ordered = bool(near[1] or near[4])
        return Lexeme(Kind.NEAR, start, end, text=chunk, distance=distance, ordered=ordered)
    refuse_other_operators(chunk, start=start, end=end)
    field = _FIELD.match(chunk)
    if field is not None:
        raise no_such_field(field[1], start=start, end=start + field.end())
    return Lexeme(Kind.WORD, start, end, text=chunk)


def _distance(digits: str, *, start: int, end: int) -> int:
    # A number of thousands of digits is too large for int() as well.
    distance = int(digits) if len(digits.lstrip("0")) <= len(str(DISTANCE_LIMIT)) else -1
    if not 0 <= distance <= DISTANCE_LIMIT:
        raise QuerySyntaxError(
            f"this distance is larger than {DISTANCE_LIMIT} words",
            start=start,
            end=end,
            hint="write AND for anywhere in the mention, or NEAR/p for the same paragraph",
        )
    return distance
