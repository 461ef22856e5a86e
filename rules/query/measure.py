"""How large a tree is, found without recursion: it is measured before anything walks it."""

from __future__ import annotations

from collections.abc import Iterator

from rules.errors import QuerySyntaxError
from rules.query.limits import DEPTH_LIMIT, WILDCARD_LIMIT
from rules.query.tree import And, Near, Node, Not, Or, Phrase, Term, Window, is_pattern


def walk(tree: Node) -> Iterator[tuple[Node, int]]:
    """Every node with how many stand above it, each before what is inside it."""
    waiting = [(tree, 0)]
    while waiting:
        node, depth = waiting.pop()
        yield node, depth
        waiting += [(child, depth + 1) for child in reversed(children_of(node))]


def children_of(node: Node) -> tuple[Node, ...]:
    """What an operator joins; nothing for an operand."""
    if isinstance(node, And | Or):
        return node.children
    if isinstance(node, Near):
        return (node.left, node.right)
    return (node.child,) if isinstance(node, Not) else ()


def refuse_large(tree: Node) -> None:
    """Raises QuerySyntaxError for a tree that is too deep or holds too many wildcards."""
    patterns = 0
    for node, depth in walk(tree):
        if depth > DEPTH_LIMIT:
            raise QuerySyntaxError(
                f"operators lie more than {DEPTH_LIMIT} deep",
                start=node.start,
                end=node.end,
                hint="take it apart, or join groups of words with OR",
            )
        if isinstance(node, Term | Phrase | Window):
            patterns += sum(map(is_pattern, node.atoms))
        if patterns > WILDCARD_LIMIT:
            raise QuerySyntaxError(
                f"the query has more than {WILDCARD_LIMIT:,} words with wildcards",
                start=node.start,
                end=node.end,
                hint="write out the forms that people use, or split the query",
            )
