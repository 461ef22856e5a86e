"""Quotation marks that a word processor or a hurried hand left odd."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from rules.query.lexer import Kind, Lexeme, lex
from rules.query.lint.warning import Warning

_OPERATOR: Final = re.compile(r"(?<!\S)(?:AND|OR|NOT|O?NEAR/\w+)(?!\S)")
_SINGLE: Final = "'‘’‚‛`´‹›«»"
_OPENED: Final = re.compile(rf"[{_SINGLE}]+(?=\w)")
_CLOSED: Final = re.compile(rf"\w[{_SINGLE}]+$")


def odd_marks(text: str) -> Iterator[Warning]:
    """Phrases that swallowed an operator, and marks that make no phrase."""
    lexemes = lex(text)
    for number, lexeme in enumerate(lexemes):
        if lexeme.kind is Kind.QUOTED:
            yield from _swallowed(lexeme)
            yield from _closed_at_once(text, lexeme, lexemes[number + 1 :][:1])
        elif lexeme.kind is Kind.WORD and _OPENED.match(lexeme.text):
            yield from _single(lexeme, lexemes[number + 1 :])


def _swallowed(phrase: Lexeme) -> Iterator[Warning]:
    operator = _OPERATOR.search(phrase.text)
    if operator is not None:
        yield Warning(
            f"this phrase holds {operator[0]}, which is only a word between quotation marks",
            phrase.start,
            phrase.end,
            "is a quotation mark missing before it? If the words are meant, write them small",
        )


def _closed_at_once(text: str, phrase: Lexeme, following: list[Lexeme]) -> Iterator[Warning]:
    """``"lost"bag``: a word that clings to a phrase was mostly meant to be in it."""
    clings = text[phrase.end : phrase.end + 1]
    if following and clings.isalnum():
        yield Warning(
            "a word clings to the end of this phrase and is looked for by itself",
            phrase.start,
            following[0].end,
            'put the " where the phrase ends, or a space between the two',
        )


def _single(opened: Lexeme, following: list[Lexeme]) -> Iterator[Warning]:
    """``'lost bag'``: only double marks make a phrase."""
    if _CLOSED.search(opened.text):
        return
    for lexeme in following:
        if lexeme.kind is not Kind.WORD:
            return
        if _CLOSED.search(lexeme.text):
            yield Warning(
                "these marks make no phrase: each word is looked for by itself",
                opened.start,
                lexeme.end,
                'write double ones, as in "lost bag"',
            )
            return
