"""What a query means: a tree of operands and operators, each knowing where it was written.

Positions and spelling do not take part in equality: two queries that ask the same are equal.
``field`` is where an operand looks: "" is title and text, else "title", "text" or "author".
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as _field
from enum import StrEnum


class Scope(StrEnum):
    """A stretch of text that both sides of NEAR must share."""

    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True)
class Term:
    """One word, tag, address or emoji; a word that holds ``*`` or ``?`` is a pattern."""

    atoms: tuple[str, ...]
    text: str = _field(compare=False)
    start: int = _field(compare=False)
    end: int = _field(compare=False)
    field: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Two or more words or patterns in a row, with nothing between them."""

    atoms: tuple[str, ...]
    text: str = _field(compare=False)
    start: int = _field(compare=False)
    end: int = _field(compare=False)
    field: str = ""


@dataclass(frozen=True, slots=True)
class Raw:
    """These very characters: capitals, accents and signs count."""

    raw: str
    start: int = _field(compare=False)
    end: int = _field(compare=False)
    field: str = ""

    @property
    def text(self) -> str:
        return self.raw


@dataclass(frozen=True, slots=True)
class Lookalike:
    """A word or phrase, also when written in letters and digits that look like its own."""

    atoms: tuple[str, ...]
    text: str = _field(compare=False)
    start: int = _field(compare=False)
    end: int = _field(compare=False)
    field: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """All these words, in any order, with at most ``slop`` other words among them."""

    atoms: tuple[str, ...]
    slop: int
    text: str = _field(compare=False)
    start: int = _field(compare=False)
    end: int = _field(compare=False)
    field: str = ""


@dataclass(frozen=True, slots=True)
class Near:
    """Both sides in one field, not overlapping, with at most ``distance`` words between them.

    ``ordered``: the left side comes first. Both sides are operands with places: leaves other than
    facts, further Nears, and ORs of those.
    """

    left: Node
    right: Node
    distance: int | Scope
    ordered: bool
    start: int = _field(compare=False)
    end: int = _field(compare=False)


@dataclass(frozen=True, slots=True)
class Fact:
    """Something known of the mention besides its words, as in ``lang:en`` or ``followers:>1000``.

    ``op`` is one of ``= < <= > >=``; ``value`` a folded string, or a number; for dates the number
    of seconds since 1970 in UTC.
    """

    name: str
    op: str
    value: str | float
    start: int = _field(compare=False)
    end: int = _field(compare=False)


@dataclass(frozen=True, slots=True)
class And:
    """All of them, somewhere in the mention."""

    children: tuple[Node, ...]
    start: int = _field(compare=False)
    end: int = _field(compare=False)


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of them."""

    children: tuple[Node, ...]
    start: int = _field(compare=False)
    end: int = _field(compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    """The mention does not hold it."""

    child: Node
    start: int = _field(compare=False)
    end: int = _field(compare=False)


def is_pattern(atom: str) -> bool:
    """Whether an atom holds wildcards; in an address a question mark is a question mark."""
    return ("*" in atom or "?" in atom) and ":" not in atom


Leaf = Term | Phrase | Raw | Lookalike | Window
"""Operands with places of their own."""

Node = Leaf | Near | Fact | And | Or | Not
