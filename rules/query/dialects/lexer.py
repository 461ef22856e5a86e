"""Foreign query text to lexemes, one lexer for all: a dialect says which of them it has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from rules.errors import QuerySyntaxError
from rules.query.dialects.dialect import Dialect

QUOTES: Final = '"“”„‟＂«»'


class Kind(Enum):
    AND = auto()
    OR = auto()
    NOT = auto()
    NEAR = auto()
    OPEN = auto()
    CLOSE = auto()
    WORD = auto()
    PHRASE = auto()
    EXACT = auto()
    REGEX = auto()
    RANGE = auto()
    FIELD = auto()
    SIGN = auto()
    SLOP = auto()
    BOOST = auto()
    COUNT = auto()
    COMMENT = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class Lexeme:
    """``text`` is what is between the brackets or quotes; a NEAR's is our operator."""

    kind: Kind
    start: int
    end: int
    text: str = ""


_SHARED: Final = r"""
    (?P<space>\s+)
  | (?P<open>\()
  | (?P<close>\))
  | ~[ ]?(?P<slop>\d*(?:\.\d+)?)
  | \^(?P<boost>\d*(?:\.\d+)?)
  | (?P<field>[A-Za-z_][\w.]*):(?!//)[ ]?
  | (?<=[:\s])(?P<range>[\[{]\s*[^\s\]}]+\s+TO\s+[^\s\]}]+\s*[\]}])
"""
_PLAIN_QUOTED: Final = rf"(?P<phrase>[{QUOTES}][^{QUOTES}]*[{QUOTES}])"
_ESCAPED_QUOTED: Final = rf"(?P<phrase>[{QUOTES}](?:\\.|[^\\{QUOTES}])*[{QUOTES}])"
_BRACES: Final = r"\{(?P<exact>[^{}]*)\}"
_REGEX: Final = r"(?<![^\s(:+\-!])/(?P<regex>(?:\\.|[^/\\\n])+)/"
_PLAIN_WORD: Final = rf"(?P<word>[^\s(){QUOTES}~^]+)"
_ESCAPED_WORD: Final = rf"(?P<word>(?:\\.|[^\s(){QUOTES}~^\\\[\]{{}}])+)"

_NEAR: Final = re.compile(
    r"(?P<ordered>O)?NEAR(?:/?(?P<words>\d+)(?P<forward>F)?|/(?P<scope>[SP]))?"
    r"|(?P<other>W|WITHIN|PRE|ADJ)/(?P<number>\d+)"
)
_COUNT: Final = re.compile(r"ATLEAST/?(\d+)", re.IGNORECASE)


def lex(text: str, dialect: Dialect) -> list[Lexeme]:
    """The lexemes, an END after them. Raises QuerySyntaxError for what is never closed."""
    pieces = _pieces(dialect)
    out: list[Lexeme] = []
    at = 0
    while at < len(text):
        if text.startswith("<<<", at):
            out.append(_comment(text, at))
            at = out[-1].end
            continue
        found = pieces.match(text, at)
        if found is None:
            raise _unreadable(text, at)
        lexeme = _lexeme(found, dialect)
        if lexeme is not None:
            out.append(lexeme)
        at = found.end()
    out.append(Lexeme(Kind.END, len(text), len(text)))
    return out


def _comment(text: str, at: int) -> Lexeme:
    end = text.find(">>>", at + 3)
    if end < 0:
        raise QuerySyntaxError(
            "this comment is never closed", start=at, end=at + 3, hint="put a >>> where it ends"
        )
    return Lexeme(Kind.COMMENT, at, end + 3, text[at + 3 : end])


def _pieces(dialect: Dialect) -> re.Pattern[str]:
    rules = [_SHARED, _ESCAPED_QUOTED if dialect.escapes else _PLAIN_QUOTED]
    if dialect.braces:
        rules.append(_BRACES)
    if dialect.regex:
        rules.append(_REGEX)
    if dialect.signs:
        signs = "|".join(re.escape(sign) for sign in sorted(dialect.signs, key=len, reverse=True))
        rules.append(rf"(?<![^\s(:])(?P<sign>{signs})(?=[^\s)])")
    rules.append(_ESCAPED_WORD if dialect.escapes else _PLAIN_WORD)
    return re.compile("|".join(rules), re.VERBOSE | re.DOTALL)


_KINDS: Final = {
    "open": Kind.OPEN,
    "close": Kind.CLOSE,
    "phrase": Kind.PHRASE,
    "exact": Kind.EXACT,
    "regex": Kind.REGEX,
    "range": Kind.RANGE,
    "field": Kind.FIELD,
    "sign": Kind.SIGN,
    "slop": Kind.SLOP,
    "boost": Kind.BOOST,
}


def _lexeme(found: re.Match[str], dialect: Dialect) -> Lexeme | None:
    name = found.lastgroup or "space"
    if name == "space":
        return None
    inside = found[name]
    if name == "word":
        return _word(inside, dialect, found.start(), found.end())
    if name == "phrase":
        inside = inside[1:-1]
    return Lexeme(_KINDS[name], found.start(), found.end(), inside)


def _word(word: str, dialect: Dialect, start: int, end: int) -> Lexeme:
    spelled = word.upper() if dialect.any_case else word
    operator = dialect.operators.get(spelled)
    if operator is not None:
        return Lexeme(Kind[operator], start, end, word)
    if spelled in dialect.scopes:
        return Lexeme(Kind.NEAR, start, end, dialect.scopes[spelled])
    near = _NEAR.fullmatch(word.upper())
    if near is not None and (dialect.any_case or word[0].isupper()):
        return Lexeme(Kind.NEAR, start, end, _near(near, dialect, start, end))
    count = _COUNT.fullmatch(word) if dialect.counts else None
    if count is not None:
        return Lexeme(Kind.COUNT, start, end, count[1])
    return Lexeme(Kind.WORD, start, end, word)


def _near(near: re.Match[str], dialect: Dialect, start: int, end: int) -> str:
    """Our spelling of a nearness."""
    if near["number"] is not None:
        return f"{'ONEAR' if near['other'] == 'PRE' else 'NEAR'}/{int(near['number'])}"
    ordered = "ONEAR" if near["ordered"] or near["forward"] else "NEAR"
    if near["scope"] is not None:
        return f"{ordered}/{near['scope'].lower()}"
    if near["words"] is not None:
        return f"{ordered}/{int(near['words'])}"
    if dialect.near_default is None:
        raise QuerySyntaxError(
            "NEAR says not how many words",
            start=start,
            end=end,
            hint="write the number of words that may stand between, as in NEAR/5",
        )
    return f"{ordered}/{dialect.near_default}"


def _unreadable(text: str, at: int) -> QuerySyntaxError:
    sign = text[at]
    if sign in QUOTES:
        message, hint = "this quotation mark is never closed", 'put a " where the phrase ends'
    elif sign == "{":
        message, hint = "this brace is never closed", "put a } where the exact word ends"
    elif sign == "[":
        message, hint = "this range cannot be read", "write it as [1 TO 5]"
    else:
        message, hint = f"{sign!r} cannot be read here", "leave it out"
    return QuerySyntaxError(message, start=at, end=at + 1, hint=hint)
