"""Why a document does not answer a query, in plain words."""

from __future__ import annotations

from rules.query.document import Document
from rules.query.matcher.holding import holding
from rules.query.printer import print_tree
from rules.query.tree import And, Fact, Near, Node, Not, Or, Raw, Term

_NAMED = 3


def explain_absence(tree: Node, document: Document) -> str:
    """One sentence: the first clause that failed."""
    if holding(tree, document) is not None:
        return "It matches."
    return f"{_why(tree, document)}."


def _why(node: Node, document: Document) -> str:
    if isinstance(node, And):
        failed = next(child for child in node.children if holding(child, document) is None)
        return _why(failed, document)
    if isinstance(node, Or):
        return _why_none(node)
    if isinstance(node, Not):
        names = _listed([print_tree(operand) for operand in holding(node.child, document) or ()])
        if not names:
            return f"It is excluded by NOT {print_tree(node.child)}"
        return f"It contains {names}, which the query excludes"
    if isinstance(node, Near | Fact):
        return f"{print_tree(node)} does not hold"
    one = isinstance(node, Term | Raw) or len(node.atoms) == 1
    return f"It does not contain the {'word' if one else 'phrase'} {print_tree(node)}"


def _why_none(node: Or) -> str:
    leaves = [child for child in node.children if not isinstance(child, And | Or | Not)]
    if len(leaves) == len(node.children):
        return f"It contains none of {_listed([print_tree(leaf) for leaf in leaves])}"
    return f"None of the {len(node.children)} alternatives joined by OR holds"


def _listed(names: list[str]) -> str:
    distinct = list(dict.fromkeys(names))
    if len(distinct) > _NAMED + 1:
        more = len(distinct) - _NAMED
        return f"{', '.join(distinct[:_NAMED])} and {more} more"
    return " or ".join(distinct)
