"""A word that does not stand there, but nearly: elsewhere, as another sign, a letter off."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from rules.query.document import FIELDS, Document
from rules.query.explanation.written import as_written, quoted
from rules.query.matcher.leaves import stands
from rules.query.places import Field
from rules.query.places.runs import first_places
from rules.query.tree import Leaf, Raw, Term, is_pattern
from rules.text import atoms_of

_SHORTEST = 4
"""Letters of a word for which others a letter away are told; shorter ones are like too many."""

WORDS_READ = 5_000
"""Different words of a mention that are compared: enough to help, never slow."""

_SPELLINGS = 3
_NAMES: Final = {"title": "the title", "text": "the text", "author": "the author's name"}


def elsewhere(leaf: Leaf, document: Document) -> str:
    """It stands in a field in which the operand does not look."""
    looked = {leaf.field} if leaf.field else {"title", "text"}
    for field in FIELDS:
        if field not in looked and stands(replace(leaf, field=field), document):
            return f"it stands only in {_NAMES[field]}"
    return ""


def written_otherwise(raw: Raw, document: Document) -> str:
    """The same words in other capitals, accents or signs."""
    atoms = atoms_of(raw.raw)
    if not atoms:
        return ""
    found: list[str] = []
    for field in document.searched(raw.field):
        spans = field.tokens.find(atoms, limit=20)
        found += [quoted(field.tokens.text[start:end]) for start, end in spans]
    different = [each for each in dict.fromkeys(found) if each != raw.raw]
    if not different:
        return ""
    return f"only written as {' or '.join(different[:_SPELLINGS])}"


def misspelt(term: Term, document: Document) -> str:
    atom = term.atoms[0]
    fields = document.searched(term.field)
    if is_pattern(atom):
        return ""
    if ":" in atom:
        return _other_links(atom, fields)
    if atom[0] in "#@$":
        return _without_sign(atom, fields)
    for look in (_in_link, _in_longer, _apart, _a_letter_off):
        found = look(atom, fields)
        if found:
            return found
    return ""


def _other_links(atom: str, fields: Iterable[Field]) -> str:
    for field in fields:
        for word in field.tokens.words:
            if word.startswith("url:"):
                return f"it links to {quoted(word.removeprefix('url:'))}"
    return "it has no links" if atom.startswith(("url:", "link:")) else ""


def _without_sign(atom: str, fields: Iterable[Field]) -> str:
    for field in fields:
        for sign in ("#", "@", "$", ""):
            found = sign + atom[1:]
            if found != atom and field.atom(found):
                place = first_places(field.atom(found), limit=1)[0]
                return f"it is written as {as_written(field, place)}"
    return ""


def _in_link(atom: str, fields: Iterable[Field]) -> str:
    for field in fields:
        for word in field.tokens.words:
            if ":" in word and atom in word:
                kind, _, rest = word.partition(":")
                where = "a link" if kind == "url" else "an address behind an @"
                return f"it stands only in {where}: {quoted(rest)}"
    return ""


def _in_longer(atom: str, fields: Iterable[Field]) -> str:
    if len(atom) < _SHORTEST - 1 or not atom.isascii():
        return ""
    longer = [word for field in fields for word in _words(field) if atom in word]
    if not longer:
        return ""
    shortest = min(longer, key=lambda word: (not word.startswith(atom), len(word), word))
    return f"it stands only as a part of {quoted(shortest)}"


def _apart(atom: str, fields: Iterable[Field]) -> str:
    for field in fields:
        words = field.tokens.words[:WORDS_READ]
        for at, (one, other) in enumerate(itertools.pairwise(words)):
            if atom.startswith(one) and one + other == atom:
                return f"it is written as {as_written(field, (at, at + 1))}"
    return ""


def _a_letter_off(atom: str, fields: Iterable[Field]) -> str:
    if len(atom) < _SHORTEST:
        return ""
    near = sorted({word for field in fields for word in _words(field) if _alike(atom, word)})
    return f"one letter away: {' or '.join(near[:_SPELLINGS])}" if near else ""


def _words(field: Field) -> list[str]:
    return [word for word in field.tokens.words[:WORDS_READ] if ":" not in word]


def _alike(one: str, other: str) -> bool:
    """One letter changed, added or left out, or two neighbours exchanged."""
    if abs(len(one) - len(other)) > 1:
        return False
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    left, right = one[same:], other[same:]
    exchanged = left[:2] == right[1::-1] and left[2:] == right[2:]
    return left[1:] == right[1:] or left[1:] == right or left == right[1:] or exchanged
