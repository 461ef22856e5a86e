"""What is allowed in a query but probably not meant."""

from __future__ import annotations

from dataclasses import dataclass

from rules.query.anchors import anchors_of
from rules.query.query import Query
from rules.query.tree import And, Node, Not, Or, Term

_SHORT = 2


@dataclass(frozen=True, slots=True)
class Warning:
    """``start`` and ``end`` are offsets into the query's text."""

    message: str
    start: int
    end: int
    hint: str


def warnings(query: Query) -> tuple[Warning, ...]:
    """Things to look at before saving; none of them stops the query from working."""
    out: list[Warning] = []
    _look(query.tree, out, inside_and=False)
    return tuple(sorted(out, key=lambda warning: warning.start))


def _look(node: Node, out: list[Warning], *, inside_and: bool) -> None:
    if isinstance(node, And | Or):
        if isinstance(node, And):
            out.extend(_mixed(node))
        for child in node.children:
            _look(child, out, inside_and=isinstance(node, And))
    elif isinstance(node, Not):
        _look(node.child, out, inside_and=inside_and)
    elif isinstance(node, Term):
        out.extend(_odd_word(node, inside_and=inside_and))


def _odd_word(term: Term, *, inside_and: bool) -> list[Warning]:
    quoted = term.end - term.start > len(term.text)
    if not quoted and term.text in ("and", "or", "not", "And", "Or", "Not"):
        return [
            Warning(
                f"{term.text} in small letters is a word to look for, not an operator",
                term.start,
                term.end,
                f"write {term.text.upper()}, or quote it if the word is meant",
            )
        ]
    atom = term.atoms[0]
    if atom.isascii() and len(atom) <= _SHORT and not inside_and:
        return [
            Warning(
                f"{term.text} is so short that it will match much else",
                term.start,
                term.end,
                "ask for a second word with AND",
            )
        ]
    return []


def _mixed(node: And) -> list[Warning]:
    """``acme NOT acme`` can never hold; an easy mistake in a long list of exclusions."""
    wanted = {child.atoms for child in node.children if isinstance(child, Term)}
    return [
        Warning(
            f"{child.child.text} is both demanded and excluded: nothing can match",
            child.start,
            child.end,
            "leave out one of the two",
        )
        for child in node.children
        if isinstance(child, Not) and isinstance(child.child, Term) and child.child.atoms in wanted
    ]


def anchor_words(query: Query) -> tuple[str, ...]:
    """The words of which every match holds at least one: what this query costs to watch."""
    return tuple(sorted(anchors_of(query.tree) or ()))
