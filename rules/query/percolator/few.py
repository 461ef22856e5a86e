"""One mention against many queries without any kernel: for small services and single mentions.

Queries are filed under their anchors in a dictionary; those of which a mention has an anchor are
tried by the matcher.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from rules.query.document import Document
from rules.query.matcher import Match, match_tree
from rules.query.percolator.filing import file_under, guess
from rules.query.percolator.keys import FACT_KEY, LOOKALIKE_KEY, RAW_KEY
from rules.query.tree import Node, is_pattern
from rules.text.lookalikes import skeleton

_PATTERN_KEY: Final = "\0p"
_RUNS: Final = re.compile(r"\w+")
_BEGINNING: Final = re.compile(r"[^*?]*")
_LONGEST_BEGINNING: Final = 4
_EVERY: Final = ""


class FewAtATime:
    """Trees by number; lower numbers come first in what is found."""

    def __init__(self) -> None:
        self._trees: dict[int, Node] = {}
        self._filed: dict[int, list[str]] = {}
        self._by_key: dict[str, set[int]] = {}
        self._kinds: dict[str, int] = {}

    def put(self, number: int, tree: Node) -> None:
        anchors = file_under(tree, guess)
        keys = [_EVERY] if anchors is None else sorted({_short(key) for key in anchors})
        self._trees[number] = tree
        self._filed[number] = keys
        for key in keys:
            self._by_key.setdefault(key, set()).add(number)
            self._count(key, 1)

    def remove(self, number: int) -> None:
        del self._trees[number]
        for key in self._filed.pop(number):
            filed = self._by_key[key]
            filed.discard(number)
            if not filed:
                del self._by_key[key]
            self._count(key, -1)

    def _count(self, key: str, count: int) -> None:
        kind = key[:2] if key[:1] == "\0" else ""
        if kind == _PATTERN_KEY:
            kind += str(len(key) - 2)
        self._kinds[kind] = self._kinds.get(kind, 0) + count

    def match(self, document: Document) -> list[tuple[int, Match]]:
        """The trees that match, in the order of their numbers."""
        candidates: set[int] = set()
        for key in self._by_key.keys() & document.atoms:
            candidates |= self._by_key[key]
        for key in self._other_keys(document):
            candidates |= self._by_key.get(key, frozenset())
        out = []
        for number in sorted(candidates):
            found = match_tree(self._trees[number], document)
            if found is not None:
                out.append((number, found))
        return out

    def _other_keys(self, document: Document) -> Iterator[str]:
        """What beside its words gives a mention away, as far as any query is filed under such."""
        yield _EVERY
        for kind, count in self._kinds.items():
            if count == 0 or not kind:
                continue
            if kind == RAW_KEY:
                for _, tokens in document.fields:
                    yield from (RAW_KEY + run for run in _RUNS.findall(tokens.text))
            elif kind == LOOKALIKE_KEY:
                yield from (LOOKALIKE_KEY + skeleton(atom) for atom in document.atoms)
            elif kind == FACT_KEY:
                yield from _fact_keys(document)
            else:
                length = int(kind[2:])
                yield from {_PATTERN_KEY + atom[:length] for atom in document.atoms}


def _short(key: str) -> str:
    """The key under which a query is filed: of a pattern its first letters, of an address its host.

    A pattern that begins with a wildcard is tried on every mention.
    """
    if key.startswith(FACT_KEY + "url="):
        return FACT_KEY + "url=" + re.split(r"[/?#:]", key.partition("=")[2], maxsplit=1)[0]
    if key[:1] == "\0" or not is_pattern(key):
        return key
    beginning = _BEGINNING.match(key)
    letters = beginning[0][:_LONGEST_BEGINNING] if beginning is not None else ""
    return _PATTERN_KEY + letters if letters else _EVERY


def _fact_keys(document: Document) -> Iterator[str]:
    facts = document.facts
    for name in ("country", "platform", "source", "type"):
        yield f"{FACT_KEY}{name}={getattr(facts, name)}"
    parts = facts.lang.split("-")
    for count in range(1, len(parts) + 1):
        yield f"{FACT_KEY}lang={'-'.join(parts[:count])}"
    labels = facts.site.split(".")
    for at in range(len(labels)):
        host = ".".join(labels[at:])
        yield f"{FACT_KEY}site={host}"
        yield f"{FACT_KEY}url={host}"
