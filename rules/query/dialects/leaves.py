"""Foreign words and phrases in our spelling."""

from __future__ import annotations

import re
from typing import Final

from rules.query.dialects.parts import Leaf, Lost, Nearby, Notes, Part
from rules.query.limits import MARK_LETTERS, STAR_LETTERS
from rules.text import atoms_of

# What may stand outside quotes without being taken for something else by our own lexer.
_BARE: Final = re.compile(
    r"[#@$]?[\w*?\u2190-\u2bff\U0001f000-\U0001faff]"
    r"[^\s(){}\[\]\"“”„‟＂«»:~^|<>+!/\\=,;]*"
)
_OURS: Final = frozenset({"AND", "OR", "NOT", "NEAR", "ONEAR"})
_WILD: Final = re.compile(r"[*?]")
_ACCENTED: Final = re.compile(r"[à-öø-ÿÀ-ÖØ-ÞĀ-ſ]")


def words(
    text: str, start: int, end: int, notes: Notes, *, field: str = "", quoted: bool = False
) -> Part:
    """A word or phrase to look for; a phrase with a lone star becomes two that are near."""
    plain = " ".join(text.split())
    if quoted and re.search(r"(?:^| )\*(?: |$)", plain):
        return _around_stars(plain, start, end, notes, field)
    return _leaf(plain, start, end, notes, field, quoted=quoted)


def _leaf(
    text: str, start: int, end: int, notes: Notes, field: str, *, quoted: bool = True
) -> Part:
    # Text comes with single blanks; a regular expression for "a run with a wildcard" would go
    # over a long run once for each of its characters.
    runs = [_wildcards(run, start, end, notes) for run in text.split(" ")]
    kept = " ".join(runs)
    if not atoms_of(_WILD.sub("", kept)):
        return Lost(f"{text!r} holds no letter or digit to look for", start, end)
    return Leaf(spelled(kept, quoted=quoted), start, end, field=field)


def spelled(text: str, *, quoted: bool) -> str:
    """Bare where it was and that is safe, else in quotes."""
    if not quoted and _BARE.fullmatch(text) and text.upper() not in _OURS:
        return text
    return '"' + re.sub(r'["“”„‟＂«»]', " ", text).strip() + '"'


def _wildcards(run: str, start: int, end: int, notes: Notes) -> str:
    """A word without the wildcards for which it has too few letters."""
    if "*" not in run and "?" not in run:
        return run
    letters = sum(character.isalnum() for character in run)
    needed = STAR_LETTERS if "*" in run else MARK_LETTERS
    if letters >= needed:
        return run
    notes.changed(
        f"{run} has fewer than {needed} letters beside its wildcard: only the word itself is found",
        start,
        end,
    )
    return _WILD.sub("", run)


def _around_stars(text: str, start: int, end: int, notes: Notes, field: str) -> Part:
    """``"the * time"``: a star by itself stands for a word, which a distance says here."""
    pieces = re.split(r"((?:(?:^| )\*)+)(?= |$)", text)
    out: Part | None = None
    for number in range(0, len(pieces), 2):
        if not pieces[number].strip():
            continue
        piece = pieces[number].strip()
        leaf = _leaf(piece, start, end, notes, field, quoted=" " in piece)
        if out is None:
            out = leaf
            continue
        stars = pieces[number - 1].count("*")
        out = Nearby(out, leaf, f"ONEAR/{stars}", start, end)
        notes.changed("a * by itself in a phrase is written as a distance, ONEAR", start, end)
    return out or Lost(f"{text!r} holds no letter or digit to look for", start, end)


def exact(text: str, start: int, end: int, notes: Notes, *, field: str = "") -> Part:
    """These very characters."""
    plain = " ".join(text.split())
    if not atoms_of(plain):
        return Lost(f"{text!r} holds no letter or digit to look for", start, end)
    if '"' in plain:
        return _leaf(plain, start, end, notes, field)
    return Leaf(f'raw:"{plain}"', start, end, field=field)


def told_of_accents(text: str, start: int, end: int, notes: Notes) -> None:
    if _ACCENTED.search(text):
        notes.changed(
            'accents make no difference here; raw:"…" finds the very characters', start, end
        )
