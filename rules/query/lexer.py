"""Query text to lexemes with positions; what the language does not have is refused here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from rules.errors import QuerySyntaxError
from rules.text import atoms_of

TEXT_LIMIT = 20_000
"""Characters in one query; the longest saved searches known in the field have about as many."""

OPERAND_LIMIT = 2_000
"""Words and phrases in one query."""

PHRASE_LIMIT = 100
"""Words in one phrase."""

# Word processors turn straight quotes into these; a query pasted from one must still work.
QUOTES: Final = '"“”„‟＂'

_PIECES: Final = re.compile(rf"(?P<space>\s+)|(?P<open>\()|(?P<close>\))|(?P<quote>[{QUOTES}])")
_CHUNK: Final = re.compile(rf"[^\s(){QUOTES}]+")
_QUOTED: Final = re.compile(rf"[^{QUOTES}]*")
_NEAR: Final = re.compile(r"(?:O?NEAR|WITHIN|ADJ|PRE|W)/\d*|O?NEAR")
_FIELD: Final = re.compile(r"([A-Za-z_][A-Za-z_.]*):(?!//)")
_ADDRESS: Final = re.compile(r"https?://|www\.", re.IGNORECASE)
_OTHER_OPERATORS: Final = {"&&": "AND", "&": "AND", "||": "OR", "|": "OR", "!": "NOT", "-": "NOT"}


class Kind(Enum):
    AND = auto()
    OR = auto()
    NOT = auto()
    OPEN = auto()
    CLOSE = auto()
    WORDS = auto()
    END = auto()


_OPERATORS: Final = {"AND": Kind.AND, "OR": Kind.OR, "NOT": Kind.NOT}


@dataclass(frozen=True, slots=True)
class Lexeme:
    """``atoms`` and ``text`` are empty for everything but words."""

    kind: Kind
    start: int
    end: int
    text: str = ""
    atoms: tuple[str, ...] = ()
    quoted: bool = False


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
        lexeme, position = _next(text, position)
        if lexeme is None:
            continue
        out.append(lexeme)
        operands += lexeme.kind is Kind.WORDS
        if operands > OPERAND_LIMIT:
            raise QuerySyntaxError(
                f"the query has more than {OPERAND_LIMIT:,} words and phrases",
                start=lexeme.start,
                end=lexeme.end,
                hint="split it into several queries of the same brand",
            )
    out.append(Lexeme(Kind.END, len(text), len(text)))
    return out


def _next(text: str, position: int) -> tuple[Lexeme | None, int]:
    piece = _PIECES.match(text, position)
    if piece is None:
        return _chunk(text, position)
    if piece.lastgroup == "space":
        return None, piece.end()
    if piece.lastgroup == "quote":
        return _phrase(text, position)
    kind = Kind.OPEN if piece.lastgroup == "open" else Kind.CLOSE
    return Lexeme(kind, position, piece.end()), piece.end()


def _phrase(text: str, start: int) -> tuple[Lexeme, int]:
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
    star = words.find("*")
    if star >= 0:
        raise _wildcard(start + 1 + star, start + 2 + star)
    return _words(words, start, end + 1, quoted=True), end + 1


def _chunk(text: str, start: int) -> tuple[Lexeme, int]:
    match = _CHUNK.match(text, start)
    end = match.end() if match is not None else start + 1
    chunk = text[start:end]
    if chunk in _OPERATORS:
        return Lexeme(_OPERATORS[chunk], start, end), end
    _refuse_what_is_missing(chunk, start, end)
    return _words(chunk, start, end, quoted=False), end


def _words(words: str, start: int, end: int, *, quoted: bool) -> Lexeme:
    atoms = atoms_of(words)
    if not atoms:
        message = "these quotation marks hold no word" if quoted else f"{words!r} holds no word"
        raise QuerySyntaxError(
            message,
            start=start,
            end=end,
            hint="write letters, digits, an emoji, #tag, @handle or $TICKER",
        )
    if len(atoms) > PHRASE_LIMIT:
        raise QuerySyntaxError(
            f"this phrase has {len(atoms)} words; {PHRASE_LIMIT} is the limit",
            start=start,
            end=end,
            hint="is a quotation mark missing?",
        )
    return Lexeme(Kind.WORDS, start, end, text=words, atoms=atoms, quoted=quoted)


def _refuse_what_is_missing(chunk: str, start: int, end: int) -> None:
    """Other tools' operators would silently mean something else here, so each gets its answer."""
    if _ADDRESS.match(chunk):
        return
    other = _OTHER_OPERATORS.get(chunk)
    if other is not None:
        message = f"{chunk!r} is not an operator here"
        raise QuerySyntaxError(message, start=start, end=end, hint=f"write {other}")
    if chunk[0] in "-!−–" and atoms_of(chunk):
        raise QuerySyntaxError(
            f"a leading {chunk[0]!r} does not exclude a word here",
            start=start,
            end=end,
            hint=f"write NOT {chunk[1:]}",
        )
    if chunk[0] in "~^":
        raise QuerySyntaxError(
            "distances and weights are not part of the language",
            start=start,
            end=end,
            hint="leave it out, or write the phrases that people use",
        )
    if _NEAR.fullmatch(chunk):
        raise QuerySyntaxError(
            f"{chunk} is not part of the language yet",
            start=start,
            end=end,
            hint='write the phrases that people use, as in ("acme fire" OR "fire at acme"), or AND',
        )
    wild = re.search(r"[*?]", chunk)
    if wild is not None:
        raise _wildcard(start + wild.start(), start + wild.end())
    if re.search(r"\w[~^]\d*(?:\.\d+)?$", chunk):
        raise QuerySyntaxError(
            "fuzzy words and weights are not part of the language",
            start=start,
            end=end,
            hint="write out the spellings with OR",
        )
    field = _FIELD.match(chunk)
    if field is not None:
        raise QuerySyntaxError(
            f"fields such as {field[1]}: are not part of the language yet",
            start=start,
            end=end,
            hint=f"leave out {field[1]}: or, if the words themselves are meant, quote them",
        )


def _wildcard(start: int, end: int) -> QuerySyntaxError:
    return QuerySyntaxError(
        "wildcards are not part of the language yet",
        start=start,
        end=end,
        hint="write out the forms with OR, as in (recall OR recalls OR recalled)",
    )
