"""What a query means: a tree of operands and operators, each knowing where it was written.

Positions and spelling do not take part in equality: two queries that ask the same are equal.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Term:
    """One word, tag, address or emoji."""

    atoms: tuple[str, ...]
    text: str = field(compare=False)
    start: int = field(compare=False)
    end: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Two or more words in a row, with nothing between them."""

    atoms: tuple[str, ...]
    text: str = field(compare=False)
    start: int = field(compare=False)
    end: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class And:
    """All of them, somewhere in the mention."""

    children: tuple[Node, ...]
    start: int = field(compare=False)
    end: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of them."""

    children: tuple[Node, ...]
    start: int = field(compare=False)
    end: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    """The mention does not hold it."""

    child: Node
    start: int = field(compare=False)
    end: int = field(compare=False)


Leaf = Term | Phrase
Node = Term | Phrase | And | Or | Not
