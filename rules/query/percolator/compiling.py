"""A query's tree to the rows that the kernels walk.

What only rules/query can decide (sentences, words within a stretch, NEAR within NEAR, patterns in
phrases) becomes what it needs at least, and the query is marked hard: where its rows hold, the
matcher itself decides. Under NOT that must be what is surely there, which is nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Protocol

from rules.query.percolator.keys import LOOKALIKE_KEY, RAW_KEY, fact_key
from rules.query.percolator.layout import (
    ALL,
    ALWAYS,
    AND,
    AUTHOR,
    EMPTY,
    FACT,
    LESS,
    LESS_OR_SAME,
    MORE,
    MORE_OR_SAME,
    NEAR,
    NEVER,
    NOT,
    NUMBER,
    OR,
    PHRASE,
    RAW,
    SAME,
    TEXT,
    TITLE,
    WORD,
)
from rules.query.tree import (
    And,
    Fact,
    Leaf,
    Lookalike,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Raw,
    Scope,
    Term,
    Window,
    is_pattern,
)
from rules.text.lookalikes import skeleton

FIELDS: Final = {"": TITLE | TEXT, "title": TITLE, "text": TEXT, "author": AUTHOR}
NUMBERS: Final = ("followers", "engagement", "reach", "rating", "published")
_OPERATORS: Final = {"<": LESS, "<=": LESS_OR_SAME, "=": SAME, ">=": MORE_OR_SAME, ">": MORE}
_COSTS: Final = {WORD: 0, ALWAYS: 0, NEVER: 0, NUMBER: 0, ALL: 1, RAW: 2, PHRASE: 2, NEAR: 4}
_RUNS: Final = re.compile(r"\w+")
_LONGEST_RAW: Final = 200


class Names(Protocol):
    """Gives out numbers for what a program names."""

    def atom(self, key: str) -> int: ...

    def term(self, text: str) -> int: ...

    def list(self, values: list[int]) -> int: ...

    def value(self, number: float) -> int: ...


@dataclass(slots=True)
class Code:
    """A part of a program: rows of (operator, argument, fields, way to the parent), terms beside.

    ``cost`` orders what can be asked in any order: the cheap questions first.
    """

    rows: list[list[int]]
    terms: list[int]
    cost: float
    hard: bool = False


def compile_tree(tree: Node, names: Names) -> Code:
    """The program of a query."""
    return _code(tree, names, wanted=True)


def _code(node: Node, names: Names, *, wanted: bool) -> Code:
    if isinstance(node, And | Or):
        parts = [_code(child, names, wanted=wanted) for child in node.children]
        return _joined(AND if isinstance(node, And) else OR, parts)
    if isinstance(node, Not):
        inner = _code(node.child, names, wanted=not wanted)
        inner.rows[-1][3] = 1
        rows = [*inner.rows, [NOT, 0, 0, 0]]
        return Code(rows, [*inner.terms, EMPTY], inner.cost, inner.hard)
    if isinstance(node, Near):
        return _near(node, names, wanted=wanted)
    if isinstance(node, Fact):
        return _fact(node, names)
    return _leaf(node, names, wanted=wanted)


def _joined(operator: int, parts: list[Code]) -> Code:
    parts.sort(key=lambda part: part.cost)
    rows: list[list[int]] = []
    terms: list[int] = []
    for part in parts:
        rows += part.rows
        terms += part.terms
    at = 0
    for part in parts:
        at += len(part.rows)
        rows[at - 1][3] = len(rows) - (at - 1)
    rows.append([operator, 0, 0, 0])
    terms.append(EMPTY)
    cost = sum(part.cost for part in parts) + len(parts)
    return Code(rows, terms, cost, any(part.hard for part in parts))


def _one(operator: int, argument: int, fields: int, *, term: int = EMPTY) -> Code:
    return Code([[operator, argument, fields, 0]], [term], _COSTS[operator])


def _hard(needed: Code, *, wanted: bool) -> Code:
    """What rules/query must decide, given what it needs at least."""
    code = needed if wanted else _one(NEVER, 0, 0)
    code.terms = [EMPTY] * len(code.terms)
    code.hard = True
    return code


def _leaf(leaf: Leaf, names: Names, *, wanted: bool) -> Code:
    fields = FIELDS[leaf.field]
    if isinstance(leaf, Term):
        return _one(WORD, names.atom(leaf.atoms[0]), fields, term=names.term(leaf.text))
    if isinstance(leaf, Raw):
        return _raw(leaf, names, wanted=wanted)
    atoms = leaf.atoms
    if isinstance(leaf, Lookalike):
        atoms = tuple(LOOKALIKE_KEY + skeleton(atom) for atom in atoms)
        if len(atoms) == 1:
            return _one(WORD, names.atom(atoms[0]), fields, term=names.term(leaf.text))
    numbers = [names.atom(atom) for atom in atoms]
    if isinstance(leaf, Window) or any(is_pattern(atom) for atom in leaf.atoms):
        needed = _one(ALL, names.list([len(numbers), *numbers]), fields)
        return _hard(needed, wanted=wanted)
    listed = names.list([len(numbers), *numbers])
    return _one(PHRASE, listed, fields, term=names.term(leaf.text))


def _raw(leaf: Raw, names: Names, *, wanted: bool) -> Code:
    run = max(_RUNS.finditer(leaf.raw), key=lambda found: len(found[0]), default=None)
    if run is None or len(leaf.raw) > _LONGEST_RAW:
        return _hard(_one(ALWAYS, 0, 0), wanted=wanted)
    # The kernel knows that the run stands alone, not what stands beside the rest: AT&T in AT&Trock.
    begins_elsewhere = run.start() > 0 and _RUNS.match(leaf.raw[0]) is not None
    ends_elsewhere = run.end() < len(leaf.raw) and _RUNS.match(leaf.raw[-1]) is not None
    if begins_elsewhere or ends_elsewhere:
        needed = _one(WORD, names.atom(RAW_KEY + run[0]), FIELDS[leaf.field])
        return _hard(needed, wanted=wanted)
    values = [names.atom(RAW_KEY + run[0]), run.start(), len(leaf.raw), *map(ord, leaf.raw)]
    return _one(RAW, names.list(values), FIELDS[leaf.field], term=names.term(leaf.raw))


def _near(node: Near, names: Names, *, wanted: bool) -> Code:
    sides = [_side(node.left), _side(node.right)]
    if isinstance(node.distance, Scope) or None in sides:
        both = [_code(side, names, wanted=True) for side in (node.left, node.right)]
        return _hard(_joined(AND, both), wanted=wanted)
    described: list[int] = []
    fields = 0
    for leaf in (leaf for side in sides for leaf in side or ()):
        fields |= FIELDS[leaf.field]
        part = _leaf(leaf, names, wanted=True)
        operator, argument, where, _ = part.rows[0]
        described += [operator, argument, where, part.terms[0]]
    counts = [len(side or ()) for side in sides]
    listed = names.list([node.distance, int(node.ordered), *counts, *described])
    # Its own term only says that it gives spans; they have the terms of its words.
    return _one(NEAR, listed, fields, term=described[3])


def _side(node: Node) -> list[Leaf] | None:
    """The words and phrases on one side of NEAR; None if there is anything else."""
    leaves: list[Leaf] = []
    for part in node.children if isinstance(node, Or) else (node,):
        plain = isinstance(part, Term) or (
            isinstance(part, Phrase | Lookalike) and not any(map(is_pattern, part.atoms))
        )
        if not plain or isinstance(part, And | Or | Not | Near | Fact):
            return None
        leaves.append(part)
    return leaves


def _fact(fact: Fact, names: Names) -> Code:
    if fact.name in NUMBERS:
        value = names.value(float(fact.value))
        listed = names.list([NUMBERS.index(fact.name), _OPERATORS[fact.op], value])
        return _one(NUMBER, listed, 0)
    return _one(WORD, names.atom(fact_key(fact)), FACT)
