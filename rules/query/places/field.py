"""One field of a mention: where atoms, patterns and look-alikes stand in it."""

from __future__ import annotations

from collections.abc import Hashable
from functools import cached_property
from typing import Final

from rules.query.places.bits import bits_of
from rules.query.places.listed import Places
from rules.query.places.runs import Runs, joined, runs_of
from rules.query.places.segments import Segments
from rules.query.places.wildcards import finder
from rules.text import Tokens, skeleton

_SIGILS: Final = "#@$"


class Field:
    """``name`` is "title", "text" or "author"; ``tokens`` its words. Every answer is kept.

    ``kept`` and ``places`` are for whoever asks for more than words, and wants that kept as well.
    """

    def __init__(self, name: str, tokens: Tokens) -> None:
        self.name = name
        self.tokens = tokens
        self.kept: dict[Hashable, Runs] = {}
        self.places: dict[Hashable, Places] = {}
        self._atoms: dict[str, Runs] = {}
        self._patterns: dict[str, Runs] = {}

    def atom(self, atom: str) -> Runs:
        """Where a word, tag or address stands."""
        found = self._atoms.get(atom)
        if found is None:
            here = atom in self.tokens.atoms
            found = self._atoms[atom] = runs_of(self.tokens.places(atom)) if here else {}
        return found

    def pattern(self, pattern: str) -> Runs:
        """Where words stand that fit; a pattern that begins with a sign asks for tags."""
        found = self._patterns.get(pattern)
        if found is None:
            lines = self._lines[pattern[0] if pattern[0] in _SIGILS else ""]
            words = finder(pattern).findall(lines)
            found = self._patterns[pattern] = joined([self.atom(word) for word in words])
        return found

    def lookalike(self, atom: str) -> Runs:
        """Where words stand that look like this one."""
        return joined([self.atom(word) for word in self._alike.get(skeleton(atom), ())])

    @cached_property
    def sentences(self) -> Segments:
        return Segments(bits_of(self.tokens.sentence_starts), len(self.tokens.words))

    @cached_property
    def paragraphs(self) -> Segments:
        return Segments(bits_of(self.tokens.paragraph_starts), len(self.tokens.words))

    @cached_property
    def _plain(self) -> list[str]:
        """Words as they are and as they may be asked for: no tags with their sign, no addresses."""
        return [atom for atom in self.tokens.atoms if atom[0] not in _SIGILS and ":" not in atom]

    @cached_property
    def _lines(self) -> dict[str, str]:
        """Each kind of words in one text, a line each: searched at once, not word by word."""
        kinds: dict[str, list[str]] = {"": self._plain}
        for sigil in _SIGILS:
            kinds[sigil] = [tag for tag in self.tokens.tags if tag[0] == sigil]
        return {sigil: "\n".join(found) for sigil, found in kinds.items()}

    @cached_property
    def _alike(self) -> dict[str, list[str]]:
        out: dict[str, list[str]] = {}
        for atom in self._plain:
            out.setdefault(skeleton(atom), []).append(atom)
        return out
