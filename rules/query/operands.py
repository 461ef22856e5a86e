"""One word or one quotation, read for the field it stands under."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from rules.errors import QuerySyntaxError
from rules.query.facts import read_fact
from rules.query.fields import FACTS, PLACES
from rules.query.hosts import bare_address
from rules.query.lexer import Lexeme
from rules.query.tree import Lookalike, Node, Phrase, Raw, Term, Window
from rules.query.words import read_words
from rules.text import atoms_of

_TAGS: Final = {"hashtag": "#", "mention": "@"}
_HOSTED: Final = re.compile(r"[\w-]+(?:\.[\w-]+)+(?:[:/?#]\S*)?")
_NO_WORD: Final = re.compile(r"[#@$:]")


@dataclass(frozen=True, slots=True)
class Under:
    """The field an operand stands under: where its words are looked for, and how it is read.

    ``place`` is "", "title", "text" or "author"; ``kind`` is "" for words, else "raw",
    "lookalike", "hashtag", "mention", "links" or the name of a fact.
    """

    place: str = ""
    kind: str = ""

    def field(self, name: str, *, start: int, end: int) -> Under:
        """What stands under a further field. Raises QuerySyntaxError if the two contradict."""
        if name in PLACES:
            if not self.kind and self.place in ("", name):
                return Under(name)
        elif not self.kind and (name not in FACTS or not self.place):
            return Under(self.place, name)
        elif self.kind == name:
            return self
        around = self.kind or self.place
        raise QuerySyntaxError(
            f"{name}: cannot stand inside {around}:",
            start=start,
            end=end,
            hint=f"close {around}: before it, as in {around}:(…) AND {name}:(…)",
        )


def read_operand(lexeme: Lexeme, *, under: Under, start: int, quoted: bool) -> Node:
    """The node of a word or quotation; ``start`` is where its field begins.

    Raises QuerySyntaxError.
    """
    end = lexeme.end
    if lexeme.slop is not None and under.kind:
        raise QuerySyntaxError(
            f"a distance does not go with {under.kind}:",
            start=start,
            end=end,
            hint='leave it out; it belongs behind quoted words, as in "battery drains"~5',
        )
    if under.kind in FACTS:
        return read_fact(under.kind, lexeme.text, start=start, end=end)
    if under.kind == "raw":
        return _raw(lexeme.text, place=under.place, start=start, end=end)
    if under.kind == "lookalike":
        return _lookalike(lexeme.text, place=under.place, start=start, end=end)
    if under.kind == "links":
        return _link(lexeme.text, place=under.place, start=start, end=end)
    if under.kind:
        return _tag(lexeme.text, under=under, start=start, end=end)
    atoms = read_words(lexeme.text, start=start, end=end, quoted=quoted)
    if lexeme.slop is not None:
        return _window(lexeme, atoms, place=under.place, start=start)
    leaf = Term if len(atoms) == 1 else Phrase
    return leaf(atoms, lexeme.text, start, end, under.place)


def _window(lexeme: Lexeme, atoms: tuple[str, ...], *, place: str, start: int) -> Window:
    if len(atoms) == 1:
        raise QuerySyntaxError(
            "a distance needs two words or more in its quotation marks",
            start=start,
            end=lexeme.end,
            hint='write as in "battery drains"~5; for other spellings of one word use OR, * or ?',
        )
    return Window(atoms, lexeme.slop or 0, lexeme.text, start, lexeme.end, place)


def _raw(text: str, *, place: str, start: int, end: int) -> Raw:
    if not text.strip():
        raise QuerySyntaxError(
            "raw: needs characters", start=start, end=end, hint='write as in raw:"C++"'
        )
    return Raw(text, start, end, place)


def _lookalike(text: str, *, place: str, start: int, end: int) -> Lookalike:
    if "*" in text or "?" in text:
        raise QuerySyntaxError(
            "lookalike: takes no wildcards",
            start=start,
            end=end,
            hint="leave out the * and the ?",
        )
    atoms = read_words(text, start=start, end=end, quoted=True)
    if any(_NO_WORD.search(atom) for atom in atoms):
        raise QuerySyntaxError(
            "lookalike: takes words only",
            start=start,
            end=end,
            hint="leave out #, @, $ and addresses; tags and handles are found by their words",
        )
    return Lookalike(atoms, text, start, end, place)


def _tag(text: str, *, under: Under, start: int, end: int) -> Term:
    sign = _TAGS[under.kind]
    bare = text.strip().removeprefix(sign)
    atoms = read_words(sign + bare, start=start, end=end, quoted=True)
    if len(atoms) != 1 or not atoms[0].startswith(sign):
        raise QuerySyntaxError(
            f"{under.kind}: takes one word of letters and digits",
            start=start,
            end=end,
            hint=f"write as in {under.kind}:acme or {sign}acme",
        )
    return Term(atoms, sign + bare, start, end, under.place)


def _link(text: str, *, place: str, start: int, end: int) -> Term:
    bare = bare_address(text)
    atoms = atoms_of("https://" + bare) if _HOSTED.fullmatch(bare) else ()
    if len(atoms) != 1 or not atoms[0].startswith("url:") or "*" in bare:
        raise QuerySyntaxError(
            "links: takes an address without wildcards",
            start=start,
            end=end,
            hint="begin with the host, as in links:acme.com/press",
        )
    address = atoms[0].removeprefix("url:")
    return Term((f"link:{address}",), text, start, end, place)
