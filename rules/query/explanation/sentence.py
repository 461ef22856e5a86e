"""Why a document does not answer a query, in one sentence."""

from __future__ import annotations

from rules.query.document import Document
from rules.query.explanation.misses import near_miss
from rules.query.matcher.holding import holding
from rules.query.printer import print_tree
from rules.query.tree import And, Fact, Lookalike, Near, Node, Not, Or, Raw, Term

_NAMED = 3
_LONGEST = 200


def explain_absence(tree: Node, document: Document) -> str:
    """The first clause that failed, and what it missed by. Quick: told of everything rejected."""
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
        names = listed([print_tree(operand) for operand in holding(node.child, document) or ()])
        if not names:
            shown = _short(print_tree(_alternative(node.child, document)))
            return f"What the query excludes holds: {shown}"
        return f"It contains {names}, which the query excludes"
    missed = near_miss(node, document)
    if isinstance(node, Near | Fact):
        shown = f"{_short(print_tree(node))} does not hold"
        return f"{shown}: {missed}" if missed else shown
    shown = f"It does not contain {_what(node)} {_short(print_tree(node))}"
    return f"{shown}; {missed}" if missed else shown


def _alternative(held: Node, document: Document) -> Node:
    """Of alternatives the first that holds: there may be a hundred of them."""
    while isinstance(held, Or):
        held = next(child for child in held.children if holding(child, document) is not None)
    return held


def _what(leaf: Node) -> str:
    if isinstance(leaf, Raw):
        return "the characters of"
    if isinstance(leaf, Lookalike):
        return "anything like"
    return "the word" if isinstance(leaf, Term) else "the phrase"


def _why_none(node: Or) -> str:
    leaves = [child for child in node.children if not isinstance(child, And | Or | Not)]
    if len(leaves) == len(node.children):
        return f"It contains none of {listed([_short(print_tree(leaf)) for leaf in leaves])}"
    return f"None of the {len(node.children)} alternatives joined by OR holds"


def listed(names: list[str]) -> str:
    """The first few of them, and how many more."""
    distinct = list(dict.fromkeys(names))
    if len(distinct) > _NAMED + 1:
        more = len(distinct) - _NAMED
        return f"{', '.join(distinct[:_NAMED])} and {more} more"
    return " or ".join(distinct)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
