"""The words of one string, with where they stand in it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from rules.text.addresses import comparable, names_of
from rules.text.folding import fold
from rules.text.pieces import pieces
from rules.text.prefixes import PREFIXED, without_prefixes
from rules.text.sentences import beginnings
from rules.text.tags import cut_tag

_NOT_OF_AN_EMOJI: Final = re.compile("[\ufe0f\u20e3\U0001f3fb-\U0001f3ff]")
_SIGILS: Final = {"#": "#", "＃": "#", "@": "@", "＠": "@", "$": "$", "＄": "$"}

_SHORT = 100


class Tokens:
    """The words of one string, in order, with where they stand in it.

    ``words[i]`` stands at ``text[starts[i]:ends[i]]``. ``tags`` maps everything else that can be
    asked for ("#acme", "@acme", "$acme", "acmerecall" of #AcmeRecall, a word without its prefix,
    "url:acme.com", "link:acme.com") to the first and last word that each occurrence covers.
    ``atoms`` is all of both. A sigil belongs to the span of its first word.
    """

    __slots__ = ("_breaks", "_index", "atoms", "ends", "starts", "tags", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        self.words: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.tags: dict[str, dict[int, int]] = {}
        self._index: dict[str, list[int]] | None = None
        self._breaks: tuple[list[int], list[int]] | None = None
        self._read()
        self.atoms: frozenset[str] = frozenset(self.words).union(self.tags)

    @property
    def sentence_starts(self) -> list[int]:
        """Which words begin a sentence: rising numbers, the first is 0 unless there is no word."""
        return self._begin()[0]

    @property
    def paragraph_starts(self) -> list[int]:
        """Which words begin a paragraph; each of them begins a sentence as well."""
        return self._begin()[1]

    def _begin(self) -> tuple[list[int], list[int]]:
        if self._breaks is None:
            self._breaks = beginnings(self.text, self.words, self.starts, self.ends)
        return self._breaks

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
                    if word[0] in PREFIXED:
                        self._add_without_prefixes(word)
            elif kind is not None:
                self._read_other(kind, *piece.span())

    def _read_other(self, kind: str, start: int, end: int) -> None:
        found = self.text[start:end]
        if kind in ("tag", "ticker"):
            self._read_tag(found, start)
        elif kind == "address":
            plain, length = comparable(found)
            if plain:
                self._add("url:" + plain, start, start + length)
                here = len(self.words) - 1
                for name in names_of(plain):
                    self.tags.setdefault(name, {})[here] = here
        elif kind == "host":
            kept = found.rstrip(".-")
            self._add("host:" + kept[1:].casefold(), start, start + len(kept))
        elif kind == "emoji":
            self._add(_NOT_OF_AN_EMOJI.sub("", found) or found, start, end)
        else:
            self._add(fold(found), start, end)

    def _read_tag(self, found: str, start: int) -> None:
        tag = cut_tag(found[1:])
        if not tag.words:
            return
        here = len(self.words)
        for word, begin, end in tag.words:
            self._add(word, start + 1 + begin, start + 1 + end)
        self.starts[here] = start
        self.tags.setdefault(_SIGILS[found[0]] + tag.whole, {})[here] = len(self.words) - 1
        for run, first, last in tag.joined:
            self.tags.setdefault(run, {})[here + first] = here + last

    def _add(self, word: str, start: int, end: int) -> None:
        if word:
            self.words.append(word)
            self.starts.append(start)
            self.ends.append(end)
            if word[0] in PREFIXED:
                self._add_without_prefixes(word)

    def _add_without_prefixes(self, word: str) -> None:
        here = len(self.words) - 1
        for rest in without_prefixes(word):
            self.tags.setdefault(rest, {})[here] = here

    def places(self, atom: str) -> list[tuple[int, int]]:
        """The first and last word of each occurrence, in reading order."""
        if self._index is None and len(self.words) > _SHORT:
            index: dict[str, list[int]] = {}
            for position, word in enumerate(self.words):
                index.setdefault(word, []).append(position)
            self._index = index
        if self._index is None:
            out = [(at, at) for at, word in enumerate(self.words) if word == atom]
        else:
            out = [(at, at) for at in self._index.get(atom, ())]
        tagged = self.tags.get(atom)
        if tagged is None:
            return out
        return sorted([*out, *tagged.items()]) if out else list(tagged.items())

    def find(self, atoms: tuple[str, ...], *, limit: int) -> list[tuple[int, int]]:
        """Spans in ``text`` of the first ``limit`` places where these stand in a row."""
        if not self.atoms.issuperset(atoms):
            return []
        out: list[tuple[int, int]] = []
        rest = atoms[1:]
        for first, last in self.places(atoms[0]):
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
        if tag[0] in "#@$"
    }
    out: list[str] = []
    position = 0
    while position < len(tokens.words):
        tag, last = tags.get(position, (tokens.words[position], position))
        out.append(tag)
        position = last + 1
    return tuple(out)
