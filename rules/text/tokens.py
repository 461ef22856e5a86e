"""The words of one string, with where they stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from rules.text.folding import fold
from rules.text.pieces import PARTS_OF_TAG, pieces

_NOT_OF_AN_EMOJI: Final = re.compile("[\ufe0f\u20e3\U0001f3fb-\U0001f3ff]")
_SIGILS: Final = {"#": "#", "＃": "#", "@": "@", "＠": "@", "$": "$", "＄": "$"}
_AFTER_ADDRESS: Final = ".,;:!?'*_~…’"

_SHORT = 100
ADDRESS_PREFIXES = 6
"""An address is found by its host and this many beginnings of its path, so that it stays linear."""


def _address(found: str) -> tuple[str, int]:
    """The comparable form of an address and the length of what really belongs to it."""
    kept = found.rstrip(_AFTER_ADDRESS if "(" in found else _AFTER_ADDRESS + ")]}")
    plain = kept.casefold()
    for prefix in ("http://", "https://", "www."):
        plain = plain.removeprefix(prefix)
    return plain.rstrip("/").replace("(", "%28").replace(")", "%29"), len(kept)


def _beginnings(address: str) -> list[str]:
    """``acme.com/a/b?x`` is found as acme.com, acme.com/a, acme.com/a/b and whole."""
    out = []
    bare = address.split("#", 1)[0].split("?", 1)[0]
    parts = bare.split("/", ADDRESS_PREFIXES)
    for count in range(1, min(len(parts), ADDRESS_PREFIXES) + 1):
        out.append("url:" + "/".join(parts[:count]))
    whole = "url:" + address
    if whole != out[-1]:
        out.append(whole)
    return out


class Tokens:
    """The words of one string, in order, with where they stand in it.

    ``words[i]`` stands at ``text[starts[i]:ends[i]]``. ``tags`` maps "#acme", "@acme", "$acme" and
    "url:acme.com" to the first and last word each occurrence covers. ``atoms`` is everything that
    can be asked for. A sigil belongs to the span of its first word.
    """

    __slots__ = ("_index", "atoms", "ends", "starts", "tags", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        self.words: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.tags: dict[str, dict[int, int]] = {}
        self._index: dict[str, list[int]] | None = None
        self._read()
        self.atoms: frozenset[str] = frozenset(self.words).union(self.tags)

    def _read(self) -> None:
        folded_already = self.text.isascii()
        words, starts, ends = self.words, self.starts, self.ends
        for piece in pieces(self.text, folded_already=folded_already):
            kind = piece.lastgroup
            if kind == "word":
                word = piece[0] if folded_already else fold(piece[0])
                if word:
                    start, end = piece.span()
                    words.append(word)
                    starts.append(start)
                    ends.append(end)
            elif kind is not None:
                self._read_other(kind, piece[0], piece.start())

    def _read_other(self, kind: str, found: str, start: int) -> None:
        end = start + len(found)
        if kind in ("tag", "ticker"):
            self._read_tag(found, start)
        elif kind == "address":
            plain, length = _address(found)
            if plain:
                self._add("url:" + plain, start, start + length)
                here = len(self.words) - 1
                for beginning in _beginnings(plain):
                    self.tags.setdefault(beginning, {})[here] = here
        elif kind == "host":
            kept = found.rstrip(".-")
            self._add("host:" + kept[1:].casefold(), start, start + len(kept))
        elif kind == "emoji":
            self._add(_NOT_OF_AN_EMOJI.sub("", found) or found, start, end)
        else:
            self._add(fold(found), start, end)

    def _read_tag(self, found: str, start: int) -> None:
        body = found[1:]
        first = len(self.words)
        if body.isascii() and body.isalnum():
            word = body.lower()
            self._add(word, start, start + len(found))
            self.tags.setdefault(_SIGILS[found[0]] + word, {})[first] = first
            return
        for part in PARTS_OF_TAG.finditer(body):
            at = start if len(self.words) == first else start + 1 + part.start()
            self._add(fold(part.group()), at, start + 1 + part.end())
        last = len(self.words) - 1
        if last < first:
            return
        self.tags.setdefault(_SIGILS[found[0]] + fold(body), {})[first] = last

    def _add(self, word: str, start: int, end: int) -> None:
        if word:
            self.words.append(word)
            self.starts.append(start)
            self.ends.append(end)

    def _positions(self, atom: str) -> Iterable[tuple[int, int]]:
        tagged = self.tags.get(atom)
        if tagged is not None:
            return tagged.items()
        if self._index is None:
            if len(self.words) <= _SHORT:
                return [(at, at) for at, word in enumerate(self.words) if word == atom]
            index: dict[str, list[int]] = {}
            for position, word in enumerate(self.words):
                index.setdefault(word, []).append(position)
            self._index = index
        return [(position, position) for position in self._index.get(atom, ())]

    def find(self, atoms: tuple[str, ...], *, limit: int) -> list[tuple[int, int]]:
        """Spans in ``text`` of the first ``limit`` places where these stand in a row."""
        if not self.atoms.issuperset(atoms):
            return []
        out: list[tuple[int, int]] = []
        rest = atoms[1:]
        for first, last in self._positions(atoms[0]):
            end: int | None = last
            for atom in rest:
                end = self._next(atom, end + 1) if end is not None else None
                if end is None:
                    break
            if end is not None:
                out.append((self.starts[first], self.ends[end]))
                if len(out) >= limit:
                    break
        return out

    def _next(self, atom: str, position: int) -> int | None:
        """The last word of ``atom`` if it begins at this word."""
        if position < len(self.words) and self.words[position] == atom:
            return position
        return self.tags.get(atom, {}).get(position)


@lru_cache(maxsize=16)
def tokenise(text: str) -> Tokens:
    """The words of a string. The last few are kept: matching and each score ask for the same."""
    return Tokens(text)


def atoms_of(text: str) -> tuple[str, ...]:
    """What a piece of a query asks for: its words in order, a tag or an address as itself."""
    tokens = tokenise(text)
    tags = {
        first: (tag, last)
        for tag, places in tokens.tags.items()
        for first, last in places.items()
        if not tag.startswith("url:")
    }
    out: list[str] = []
    position = 0
    while position < len(tokens.words):
        tag, last = tags.get(position, (tokens.words[position], position))
        out.append(tag)
        position = last + 1
    return tuple(out)
