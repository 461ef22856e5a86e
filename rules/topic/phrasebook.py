"""Lists of words and phrases looked for in every mention, at the cost of those that are there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rules.text import Tokens, atoms_of


@dataclass(frozen=True, slots=True)
class Found:
    """One listed phrase in one field; ``group`` is the list it stands in."""

    group: str
    phrase: str
    span: tuple[str, int, int]


class Phrasebook:
    """Named groups of phrases. Words are those of rules/text.py, so #jobs is not jobs.

    ``phrases``: the group and the words of each.
    """

    def __init__(self, groups: Mapping[str, Iterable[str]]) -> None:
        self.groups = tuple(groups)
        self.phrases: list[tuple[str, tuple[str, ...]]] = []
        self._by_word: dict[str, list[tuple[str, str, tuple[str, ...]]]] = {}
        for group, phrases in groups.items():
            for phrase in phrases:
                atoms = atoms_of(phrase)
                if atoms:
                    self.phrases.append((group, atoms))
                    rarest = max(atoms, key=len)
                    self._by_word.setdefault(rarest, []).append((group, phrase, atoms))

    def find(self, fields: Iterable[tuple[str, Tokens]]) -> list[Found]:
        """The first place of each phrase, in reading order."""
        out: list[Found] = []
        for name, tokens in fields:
            if tokens.atoms.isdisjoint(self._by_word):
                continue
            here = [
                Found(group, phrase, (name, *places[0]))
                for word in self._by_word.keys() & tokens.atoms
                for group, phrase, atoms in self._by_word[word]
                if (places := tokens.find(atoms, limit=1))
            ]
            out += sorted(here, key=lambda found: (found.span[1:], found.group, found.phrase))
        return out
