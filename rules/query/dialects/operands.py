"""One foreign operand, whatever stands before it, as a part."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from rules.query.dialects.dialect import Carry, Dialect, Value
from rules.query.dialects.leaves import exact, told_of_accents, words
from rules.query.dialects.lexer import Kind, Lexeme
from rules.query.dialects.parts import Lost, Notes, Part
from rules.query.dialects.slop import as_window

VALUES: Final = frozenset({Kind.WORD, Kind.PHRASE, Kind.RANGE, Kind.EXACT, Kind.REGEX})
"""What may stand behind a field's colon, besides a group."""

_NO_REGEX: Final = "regular expressions are not part of the language"


def operand(
    lexeme: Lexeme, dialect: Dialect, field: tuple[str, Carry] | None, notes: Notes
) -> Part:
    """A word, a phrase or what stands for one; ``field`` is that of the group around it."""
    text = unescaped(lexeme.text) if dialect.escapes else lexeme.text
    start, end = lexeme.start, lexeme.end
    if lexeme.kind is Kind.REGEX:
        return Lost(_NO_REGEX, start, end)
    if lexeme.kind is Kind.WORD and text in ("*:*", "*"):
        return Lost("everything there is cannot be asked for", start, end)
    quoted = lexeme.kind is Kind.PHRASE
    if field is not None:
        name, carry = field
        return carry(Value(name, text, start, end, quoted=quoted), notes)
    if lexeme.kind is Kind.EXACT:
        notes.carried('{…} is written raw:"…" here', start, end)
        return exact(text, start, end, notes)
    if dialect.accents_count:
        told_of_accents(text, start, end, notes)
    return words(text, start, end, notes, quoted=quoted)


def carry_of(field: Lexeme, dialect: Dialect) -> Carry:
    return dialect.fields.get(field.text.lower().replace("_", ""), _unknown)


def value_of(field: Lexeme, behind: Lexeme, carry: Carry, dialect: Dialect, notes: Notes) -> Part:
    """A field and the one value behind it."""
    if behind.kind is Kind.REGEX:
        return Lost(f"{field.text}: {_NO_REGEX}", field.start, behind.end)
    text = unescaped(behind.text) if dialect.escapes else behind.text
    value = Value(field.text, text, field.start, behind.end, quoted=behind.kind is Kind.PHRASE)
    if behind.kind is Kind.RANGE:
        value = _ranged(value, behind.text)
    return carry(value, notes)


def signed(mark: Lexeme, lexeme: Lexeme, meaning: str, notes: Notes) -> Part:
    """Talkwalker's ``+word`` (its signs count) and ``++word`` (its capitals count too)."""
    text, start, end = lexeme.text, mark.start, lexeme.end
    if meaning == "EXACT":
        notes.carried('++ is written raw:"…" here', start, end)
        return exact(text, start, end, notes)
    if text.replace(" ", "").lstrip("#@$").isalnum():
        notes.carried("a leading + changes nothing before words without signs", start, end)
    else:
        notes.changed(
            'signs between words make no difference here; raw:"…" finds the very characters',
            start,
            end,
        )
    return words(text, start, end, notes, quoted=lexeme.kind is Kind.PHRASE)


def without_operators(lexemes: list[Lexeme], notes: Notes) -> Part:
    """Talkwalker: bare words alone are looked for near each other, capitals alone exactly.

    The distance is ten words for each word after the first (its developers' page "Special
    transformations").
    """
    start, end = lexemes[0].start, lexemes[-1].end
    if len(lexemes) == 1:
        word = lexemes[0].text
        if len(word) > 1 and word.isupper() and word.isascii():
            notes.carried('a word in capitals alone is written raw:"…" here', start, end)
            return exact(word, start, end, notes)
        return words(word, start, end, notes)
    text = " ".join(lexeme.text for lexeme in lexemes)
    notes.carried("words alone are looked for near each other, which is written ~ here", start, end)
    window = words(text, start, end, notes, quoted=True)
    return as_window(window, str(10 * (len(lexemes) - 1)), start, end, notes)


def _unknown(value: Value, _notes: Notes) -> Part:
    return Lost(f"{value.name}: is not known here", value.start, value.end)


def unescaped(text: str) -> str:
    """Without the backslashes that kept signs from being operators."""
    out: list[str] = []
    characters = iter(text)
    for character in characters:
        out.append(next(characters, "") if character == "\\" else character)
    return "".join(out)


def _ranged(value: Value, written: str) -> Value:
    low, _, high = " ".join(written[1:-1].split()).partition(" TO ")
    return replace(
        value,
        text=written,
        low=low,
        high=high,
        open_low=written[0] == "{",
        open_high=written[-1] == "}",
    )
