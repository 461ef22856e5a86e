"""Tree to canonical text: ``read(print_tree(tree)) == tree``."""

from __future__ import annotations

from rules.query.tree import And, Leaf, Node, Not, Or
from rules.text import atoms_of


def print_tree(node: Node) -> str:
    """Operators written out, no parentheses that change nothing, words in their folded form."""
    if isinstance(node, Or):
        return " OR ".join(print_tree(child) for child in node.children)
    if isinstance(node, And):
        return " AND ".join(_within(child, Or) for child in node.children)
    if isinstance(node, Not):
        return "NOT " + _within(node.child, And, Or)
    return print_leaf(node)


def _within(child: Node, *looser: type[And] | type[Or]) -> str:
    text = print_tree(child)
    return f"({text})" if isinstance(child, looser) else text


def print_leaf(leaf: Leaf) -> str:
    """A word as it is compared; a phrase in quotes."""
    folded = "".join(_written(atom) for atom in leaf.atoms).strip()
    if atoms_of(folded) != leaf.atoms:
        # A rare ligature can fold into what would be cut differently: then as it was written.
        return f'"{leaf.text.strip()}"'
    return folded if len(leaf.atoms) == 1 else f'"{folded}"'


def _written(atom: str) -> str:
    kind, colon, rest = atom.partition(":")
    if not colon:
        return " " + atom
    return f" https://{rest}" if kind == "url" else f"@{rest}"
