"""Queries built in Python: strings are read in the language, trees are taken as they are.

query_of(all_of("acme", any_of("recall", near("battery", "fire", 5)), excluding("jobs")))
"""

from __future__ import annotations

from rules.errors import InvalidTree
from rules.query.joining import joined
from rules.query.measure import refuse_large
from rules.query.nearness import near_of, near_operator
from rules.query.parser import read_part
from rules.query.printer import print_tree
from rules.query.query import Query, read_query
from rules.query.tree import And, Near, Node, Not, Or, Scope


def all_of(*parts: Node | str) -> Node:
    """AND. Raises QuerySyntaxError for a string that cannot be read, InvalidTree for no part."""
    return _joined(And, parts)


def any_of(*parts: Node | str) -> Node:
    """OR. Raises as ``all_of`` does."""
    return _joined(Or, parts)


def excluding(part: Node | str) -> Not:
    """NOT. Raises as ``all_of`` does."""
    return Not(_node(part), 0, 0)


def near(
    left: Node | str, right: Node | str, distance: int | Scope, *, ordered: bool = False
) -> Near:
    """NEAR/n. Raises QuerySyntaxError also for a side that has no place in the text."""
    return near_of(_node(left), _node(right), near_operator(distance, ordered=ordered))


def query_of(tree: Node) -> Query:
    """The query of a tree; its text is the canonical one, and positions point into that.

    Raises InvalidTree for a tree that no text is read as, QuerySyntaxError for one that is larger
    than a query may be, or that would match nearly everything.
    """
    refuse_large(tree)
    query = read_query(print_tree(tree), lists={})
    if query.tree != tree:
        raise InvalidTree(f"this tree would be read as {query.canonical}")
    return query


def _joined(kind: type[And] | type[Or], parts: tuple[Node | str, ...]) -> Node:
    if not parts:
        raise InvalidTree("at least one part is expected")
    return joined(kind, [_node(part) for part in parts])


def _node(part: Node | str) -> Node:
    if not isinstance(part, str):
        return part
    tree, _ = read_part(part, lists={})
    return tree
