"""What words a document must hold for a query to hold of it, as far as an index can tell.

A necessary condition: whatever the query matches fulfils it, and the matcher decides among the
rest. So NOT demands nothing, nearness and order are forgotten, an AND may forget some of its parts,
and an OR with one part that demands nothing demands nothing itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from rules.query.tree import (
    And,
    Fact,
    Lookalike,
    Near,
    Node,
    Not,
    Or,
    Raw,
)
from rules.text.lookalikes import skeleton
from service.store.search.words import (
    AUTHOR,
    BODY,
    LOOKS,
    RUN,
    SITE,
    encoded,
    runs_of,
    spellings,
    word,
)

DEEPEST: Final = 12
"""Levels of ANDs and ORs in each other that are kept: FTS5's parser has room for a few dozen."""

_AFTER_HOST: Final = re.compile(r"[/?#:]")

MOST: Final = 300
"""Words that one condition asks for, if it need not ask for more: each is looked up."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the index, or, with ``prefix``, what begins like it."""

    text: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class All:
    """Every one of two or more."""

    parts: tuple[Needed, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one of two or more."""

    parts: tuple[Needed, ...]


Needed = Word | All | Any


def needed_words(tree: Node) -> Needed | None:
    """What must be there; None where the index cannot tell anything."""
    return _needed(tree, depth=0)


def size(needed: Needed) -> int:
    """How many words it asks for."""
    return 1 if isinstance(needed, Word) else sum(size(part) for part in needed.parts)


def _needed(node: Node, *, depth: int) -> Needed | None:
    if isinstance(node, And):
        return _all([_needed(child, depth=depth + 1) for child in node.children], depth=depth)
    if isinstance(node, Near):
        sides = (node.left, node.right)
        return _all([_needed(side, depth=depth + 1) for side in sides], depth=depth)
    if isinstance(node, Or):
        return _any([_needed(child, depth=depth + 1) for child in node.children])
    if isinstance(node, Not):
        return None
    if isinstance(node, Fact):
        return _of_fact(node)
    kind = AUTHOR if node.field == "author" else BODY
    if isinstance(node, Raw):
        runs = sorted(runs_of(node.raw))
        return _all([_any([Word(kind + run), Word(RUN + run)]) for run in runs], depth=depth)
    if isinstance(node, Lookalike):
        return _all([_of_look(atom, kind=kind) for atom in node.atoms], depth=depth)
    return _all([_of_atom(atom, kind=kind) for atom in node.atoms], depth=depth)


def _of_atom(atom: str, *, kind: str) -> Needed | None:
    at = min((place for sign in "*?" if (place := atom.find(sign)) >= 0), default=-1)
    if at < 0:
        return Word(word(atom, kind=kind))
    return Word(word(atom[:at], kind=kind), prefix=True) if at else None


def _of_look(atom: str, *, kind: str) -> Needed | None:
    plain = spellings(atom)
    if not plain:
        return None
    odd = Word(LOOKS[kind] + encoded(skeleton(atom)))
    return _any([odd, *(Word(word(each, kind=kind)) for each in plain)])


def _of_fact(fact: Fact) -> Needed | None:
    """Only where the mention stands is among the words; columns tell the rest."""
    if fact.name not in ("site", "url"):
        return None
    host = _AFTER_HOST.split(str(fact.value), maxsplit=1)[0]
    return Word(SITE + encoded(host))


def _all(parts: list[Needed | None], *, depth: int) -> Needed | None:
    known = list(dict.fromkeys(part for part in parts if part is not None))
    flat = [one for part in known for one in (part.parts if isinstance(part, All) else (part,))]
    flat = sorted(dict.fromkeys(flat), key=size)
    kept = flat[:1]
    if depth < DEEPEST:
        total = size(flat[0]) if flat else 0
        for part in flat[1:]:
            total += size(part)
            if total <= MOST:
                kept.append(part)
    return kept[0] if len(kept) == 1 else All(tuple(kept)) if kept else None


def _any(parts: list[Needed | None]) -> Needed | None:
    flat: list[Needed] = []
    for part in parts:
        if part is None:
            return None
        flat += part.parts if isinstance(part, Any) else (part,)
    distinct = list(dict.fromkeys(flat))
    return distinct[0] if len(distinct) == 1 else Any(tuple(distinct))
