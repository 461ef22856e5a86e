"""Under which atoms a query is filed: a few of which every mention that matches has one.

The cheapest of an AND, all of an OR. What is cheap is told by how many mentions had an atom so
far; the answers do not depend on it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from rules.query.percolator.compiling import FIELDS, NUMBERS
from rules.query.percolator.keys import FACT_KEY, LOOKALIKE_KEY, RAW_KEY, fact_key
from rules.query.percolator.layout import FACT
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
    Term,
    Window,
)
from rules.text.function_words import FUNCTION_WORDS
from rules.text.lookalikes import skeleton

Anchors = dict[str, int]
"""The fields, as bits, in which each of the keys counts."""

Share = Callable[[str], float]
"""The part of all mentions that has an atom, 0 to 1."""

_RUNS: Final = re.compile(r"\w+")
_FACTS: Final = {"site": 0.02, "source": 0.05, "url": 0.01}


def guess(key: str) -> float:
    """The share of an atom of which nothing is known yet: long words are rare."""
    if key.startswith(FACT_KEY):
        return _FACTS.get(key[2:].partition("=")[0], 0.5)
    word = key[2:] if key[0] == "\0" else key
    if word in FUNCTION_WORDS:
        return 0.5
    return 0.2 * 2.0 ** -min(len(word.strip("*?#@$")), 12)


def file_under(tree: Node, share: Share) -> Anchors | None:
    """The cheapest anchors of a query; None if it may hold whatever a mention has."""
    found = _anchors(tree, share, wanted=True)
    return None if found is None else found[1]


def sufficient(tree: Node) -> Anchors:
    """The words of which any one makes the query hold, with the fields in which it does."""
    children = tree.children if isinstance(tree, Or) else (tree,)
    out: Anchors = {}
    for child in children:
        if isinstance(child, Term):
            key = child.atoms[0]
            out[key] = out.get(key, 0) | FIELDS[child.field]
    return out


def _anchors(node: Node, share: Share, *, wanted: bool) -> tuple[float, Anchors] | None:
    if isinstance(node, Not):
        return _anchors(node.child, share, wanted=not wanted)
    if isinstance(node, And | Or):
        children = _without_longer(node) if isinstance(node, Or) and wanted else node.children
        parts = [_anchors(child, share, wanted=wanted) for child in children]
        # By De Morgan an excluded OR asks what an AND asks: that each of them holds.
        return _cheapest(parts) if isinstance(node, And) is wanted else _together(parts, share)
    if not wanted:
        return None
    if isinstance(node, Near):
        return _cheapest([_anchors(side, share, wanted=True) for side in (node.left, node.right)])
    return _of_operand(node, share)


def _without_longer(node: Or) -> list[Node]:
    """In ``acme OR "acme recall"`` the word gives away the phrase as well."""
    words = {(child.atoms[0], child.field) for child in node.children if isinstance(child, Term)}
    return [
        child
        for child in node.children
        if not (
            isinstance(child, Phrase | Window)
            and any((atom, child.field) in words for atom in child.atoms)
        )
    ]


def _cheapest(parts: list[tuple[float, Anchors] | None]) -> tuple[float, Anchors] | None:
    return min((part for part in parts if part is not None), key=_cost, default=None)


def _cost(part: tuple[float, Anchors]) -> float:
    return part[0]


def _together(
    parts: list[tuple[float, Anchors] | None], share: Share
) -> tuple[float, Anchors] | None:
    out: Anchors = {}
    for part in parts:
        if part is None:
            return None
        for key, fields in part[1].items():
            out[key] = out.get(key, 0) | fields
    return sum(sorted(share(key) for key in out)), out


def _of_operand(node: Leaf | Fact, share: Share) -> tuple[float, Anchors] | None:
    if isinstance(node, Fact):
        return None if node.name in NUMBERS else _rarest([fact_key(node)], FACT, share)
    if isinstance(node, Raw):
        keys = [RAW_KEY + max(runs, key=len)] if (runs := _RUNS.findall(node.raw)) else []
    elif isinstance(node, Lookalike):
        keys = [LOOKALIKE_KEY + skeleton(atom) for atom in node.atoms]
    else:
        keys = list(node.atoms)
    return _rarest(keys, FIELDS[node.field], share)


def _rarest(keys: list[str], fields: int, share: Share) -> tuple[float, Anchors] | None:
    if not keys:
        return None
    rarest = min(keys, key=share)
    return share(rarest), {rarest: fields}
