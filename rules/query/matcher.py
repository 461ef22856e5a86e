"""Tree and document to the places that made it true, or None; and to the reason why not."""

from __future__ import annotations

from dataclasses import dataclass

from rules.query.document import Document
from rules.query.printer import print_leaf
from rules.query.tree import And, Leaf, Node, Not, Or

PLACES_PER_LEAF = 20
"""Occurrences of one word that are kept per field; one is enough to be true."""

SPAN_LIMIT = 200
"""Spans kept of one match, in reading order: they are stored with it."""

_NAMED = 3


@dataclass(frozen=True, slots=True)
class Span:
    """Where a word of the query stands: ``start`` and ``end`` are offsets into the field."""

    field: str
    start: int
    end: int
    term: str


@dataclass(frozen=True, slots=True)
class Match:
    """That a mention answers a query. Spans come title first, then text, then author."""

    spans: tuple[Span, ...]


def match_tree(tree: Node, document: Document) -> Match | None:
    """Every branch that holds gives its words; what is under NOT gives none."""
    leaves = _holding(tree, document)
    if leaves is None:
        return None
    return Match(_spans(leaves, document))


def _holding(node: Node, document: Document) -> list[Leaf] | None:
    """The leaves that make a node true; None if it is not."""
    if isinstance(node, Or):
        out: list[Leaf] = []
        holds = False
        for child in node.children:
            found = _holding(child, document)
            if found is not None:
                holds = True
                out += found
        return out if holds else None
    if isinstance(node, And):
        out = []
        for child in node.children:
            found = _holding(child, document)
            if found is None:
                return None
            out += found
        return out
    if isinstance(node, Not):
        return [] if _holding(node.child, document) is None else None
    return [node] if _stands(node, document) else None


def _stands(leaf: Leaf, document: Document) -> bool:
    atoms = leaf.atoms
    if len(atoms) == 1:
        return atoms[0] in document.atoms
    if not document.atoms.issuperset(atoms):
        return False
    return any(tokens.find(atoms, limit=1) for _, tokens in document.fields)


def _spans(leaves: list[Leaf], document: Document) -> tuple[Span, ...]:
    out: list[Span] = []
    for name, tokens in document.fields:
        here = {
            (start, end, leaf.text)
            for leaf in leaves
            for start, end in tokens.find(leaf.atoms, limit=PLACES_PER_LEAF)
        }
        out += [Span(name, start, end, term) for start, end, term in sorted(here)]
    return tuple(out[:SPAN_LIMIT])


def explain_absence(tree: Node, document: Document) -> str:
    """One sentence: the first clause that failed, in plain words."""
    if _holding(tree, document) is not None:
        return "It matches."
    return f"{_why(tree, document)}."


def _why(node: Node, document: Document) -> str:
    if isinstance(node, And):
        failed = next(child for child in node.children if _holding(child, document) is None)
        return _why(failed, document)
    if isinstance(node, Or):
        return _why_none(node)
    if isinstance(node, Not):
        leaves = _holding(node.child, document)
        names = _listed([print_leaf(leaf) for leaf in leaves or ()])
        if not names:
            return "It lacks what the query demands with NOT NOT"
        return f"It contains {names}, which the query excludes"
    what = "phrase" if len(node.atoms) > 1 else "word"
    return f"It does not contain the {what} {print_leaf(node)}"


def _why_none(node: Or) -> str:
    leaves = [child for child in node.children if not isinstance(child, And | Or | Not)]
    if len(leaves) == len(node.children):
        return f"It contains none of {_listed([print_leaf(leaf) for leaf in leaves])}"
    return f"None of the {len(node.children)} alternatives joined by OR holds"


def _listed(names: list[str]) -> str:
    distinct = list(dict.fromkeys(names))
    if len(distinct) > _NAMED + 1:
        more = len(distinct) - _NAMED
        return f"{', '.join(distinct[:_NAMED])} and {more} more"
    return " or ".join(distinct)
