"""What the index holds of a document: its words, encoded so that any database keeps them whole.

A word begins with a letter that tells its kind. Of what our tokeniser found, letters and digits
stay as they are, and any other ASCII character becomes one of Unicode's private ones: so a word has
no blank, quote or backslash in it, SQLite's ``ascii`` tokeniser leaves it whole, and neither FTS5's
nor tsquery's syntax knows any of its characters. What is longer than ``LONGEST`` is cut: two words
that become the same by that cost a look more, and lose nothing.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from typing import Final

from rules.query import Document
from rules.text.lookalikes import LOOKS_LIKE, skeleton

FORM: Final = 1
"""Grows with whatever changes the words of any document: here, or in rules/text. The index is made
anew then."""

EVERY: Final = "z"
"""The word that every indexed document has."""

ANYTHING: Final = "y"
"""The word of a document that has too many words to be indexed: it may hold whatever is asked."""

BODY, AUTHOR, RUN, SITE = "w", "a", "r", "s"
LOOKS: Final = {BODY: "k", AUTHOR: "j"}
"""The kind of what a word of this kind looks like."""

LONGEST: Final = 60
"""Characters of a word that count."""

LARGEST: Final = 900_000
"""Bytes of one document's words; PostgreSQL takes 1,048,575."""

MOST_DOUBTFUL: Final = 6
"""So many letters that may be i or l make 64 words."""

_ENCODED: Final = {
    code: chr(code).lower() if chr(code).isalnum() else chr(0xE000 + code) for code in range(128)
}
_BETWEEN: Final = "\0"
"""No text in a store has this character."""

_ENCODED_LIST: Final = {**_ENCODED, 0: " "}
_PATH: Final = re.compile(r"[/?#]")
# Runs of ASCII letters and digits beside which no other letter or digit stands.
_RUNS: Final = re.compile(r"(?<![^\W_])[A-Za-z0-9]+(?![^\W_])")
_RUNS_IN_ASCII: Final = re.compile(r"[A-Za-z0-9]+")
_LOOKS_ODD: Final = re.compile("[" + "".join(map(chr, LOOKS_LIKE)).replace("i", "") + "]")


def words_of(document: Document) -> str:
    """The words of a document with a blank between them, each once, in no order."""
    found = {EVERY}
    for name, tokens in document.fields:
        kind = AUTHOR if name == "author" else BODY
        found.update([kind + _named(atom) for atom in tokens.atoms])
        found.update([RUN + run for run in runs_of(tokens.text).difference(tokens.atoms)])
        if _LOOKS_ODD.search(" ".join(tokens.atoms)):
            found.update(looks(tokens.atoms, kind=kind))
    found.update([SITE + site[:LONGEST] for site in sites_of(document)])
    # Encoding goes sign by sign, so all of them can be encoded at once.
    told = _BETWEEN.join(found).translate(_ENCODED_LIST)
    if len(told) > LARGEST // 4 and len(told.encode("utf-8", "replace")) > LARGEST:
        return f"{ANYTHING} {EVERY}"
    return told


def word(atom: str, *, kind: str) -> str:
    """One atom as the index has it."""
    return kind + _named(atom).translate(_ENCODED)


def encoded(text: str) -> str:
    return text[:LONGEST].translate(_ENCODED)


def _named(atom: str) -> str:
    """What of an atom counts.

    Of an address only the host is kept: each address is a dozen atoms, and hosts tell them apart
    well enough. What begins like the atom begins like this, too, so patterns can use it.
    """
    if ":" in atom and atom.startswith(("url:", "link:")):
        atom = _PATH.split(atom, maxsplit=1)[0]
    return atom[:LONGEST] if len(atom) > LONGEST else atom


def runs_of(text: str) -> set[str]:
    """The runs of ASCII letters and digits, in small letters, where no other letter or digit
    touches them. Characters that are asked for as they are may stand inside an address, of which
    the tokeniser makes one word: their runs are found even so."""
    runs = _RUNS_IN_ASCII if text.isascii() else _RUNS
    return {run[:LONGEST].lower() for run in runs.findall(text)}


def looks(atoms: Iterable[str], *, kind: str) -> Iterable[str]:
    """What those atoms look like that hold digits or letters of other alphabets. A plain one looks
    like itself but for i and l, which a query can try both."""
    for atom in atoms:
        if _LOOKS_ODD.search(atom) and ":" not in atom:
            plain = skeleton(atom)
            if plain.isascii():
                yield LOOKS[kind] + plain[:LONGEST]


def spellings(atom: str) -> list[str]:
    """The plain words that look like an atom: each i and l may be the other. Empty where there
    are too many, or where none is plain."""
    plain = skeleton(atom)
    if not plain.isascii() or plain.count("l") > MOST_DOUBTFUL:
        return []
    letters = ["li" if letter == "l" else letter for letter in plain]
    return ["".join(chosen) for chosen in itertools.product(*letters)]


def sites_of(document: Document) -> Iterable[str]:
    """The host of the mention's own address and everything of which it is a subdomain."""
    host = document.facts.site
    parts = host.split(".") if host else []
    return [".".join(parts[at:]) for at in range(len(parts))]
