"""Anchors: a small set of words of which every matching mention must hold at least one.

They are what lets many queries be tried by looking up the words of a mention, and a query
without them is refused, because it would match nearly everything.
"""

from __future__ import annotations

from typing import Final

from rules.query.tree import And, Fact, Leaf, Near, Node, Not, Or, Raw
from rules.text import atoms_of

_COMMON: Final = """
    a an and are as at be but by do for from get have i if in is it just like me my no not of on or
    so that the they this to up was we what when will with you your new now one out all
"""
_EVERYWHERE: Final = frozenset(_COMMON.split())

_SELECTIVE: Final = frozenset({"site", "url", "source"})
"""Facts that say as much as a word does; a language or a number says too little."""


def anchors_of(tree: Node) -> frozenset[str] | None:
    """The cheapest anchors of a tree; None if it can hold without any word being there."""
    return _anchors(tree, wanted=True)


def _anchors(node: Node, *, wanted: bool) -> frozenset[str] | None:
    if isinstance(node, Not):
        return _anchors(node.child, wanted=not wanted)
    if isinstance(node, And | Or):
        found = [_anchors(child, wanted=wanted) for child in node.children]
        # By De Morgan an excluded OR asks what an AND asks: that each of them holds.
        if isinstance(node, And) is wanted:
            return min((each for each in found if each is not None), key=_cost, default=None)
        union: frozenset[str] = frozenset()
        for each in found:
            if each is None:
                return None
            union |= each
        return union
    if isinstance(node, Near):
        # Both sides must be there; that one of them is missing says nothing of any word.
        both = And((node.left, node.right), node.start, node.end)
        return _anchors(both, wanted=True) if wanted else None
    return _anchors_of_operand(node) if wanted else None


def _anchors_of_operand(node: Leaf | Fact) -> frozenset[str] | None:
    if isinstance(node, Fact):
        return frozenset({f"{node.name}:{node.value}"}) if node.name in _SELECTIVE else None
    atoms = atoms_of(node.raw) if isinstance(node, Raw) else node.atoms
    return frozenset({min(atoms, key=_rarity)}) if atoms else None


def _rarity(atom: str) -> float:
    """Roughly how many mentions hold a word: long words are rare, these few are everywhere."""
    return 1.0 if atom in _EVERYWHERE else 2.0 ** -min(len(atom), 12)


def _cost(atoms: frozenset[str]) -> float:
    return sum(sorted(_rarity(atom) for atom in atoms))
