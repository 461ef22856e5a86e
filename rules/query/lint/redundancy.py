"""Branches that change nothing: written twice, or already covered by another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rules.query.lint.implication import (
    atoms_asked,
    implies,
    is_pattern,
    stands_for,
)
from rules.query.lint.walk import groups
from rules.query.lint.warning import Warning, at
from rules.query.printer import print_tree
from rules.query.tree import And, Fact, Near, Node, Not, Or, Term

_COMPARED_LIMIT = 100
"""Branches of one group that are compared with each other; of more, only words are."""

_SHOWN = 40


def redundant(tree: Node) -> Iterator[Warning]:
    for group in groups(tree):
        children = list(group.children)
        if len({(child.start, child.end) for child in children}) < 2:
            continue  # A list brought them: what is in a list is looked at with the list.
        repeated = list(_repeated(children))
        yield from (_told_twice(child) for child in repeated)
        left_out = {id(child) for child in repeated}
        rest = [child for child in children if id(child) not in left_out]
        if isinstance(group, Or):
            yield from _covered(rest)
        else:
            yield from _implied(rest)


def _repeated(children: Sequence[Node]) -> Iterator[Node]:
    seen: set[Node] = set()
    for child in children:
        if child in seen:
            yield child
        seen.add(child)


def _told_twice(child: Node) -> Warning:
    return at(child, f"{shown(child)} stands here twice", hint="leave one of them out")


def _covered(children: Sequence[Node]) -> Iterator[Warning]:
    """Alternatives that hold only where another alternative holds anyway."""
    wide = _Words(children)
    compared = children if len(children) <= _COMPARED_LIMIT else ()
    others = [child for child in compared if not isinstance(child, Fact)]
    for child in children:
        covering = wide.covering(child)
        if covering is None:
            covering = next(
                (o for o in others if o is not child and _asks_more(child, o)),
                None,
            )
        if covering is not None:
            yield at(
                child,
                f"{shown(child)} adds nothing beside {shown(covering)}, "
                "which is there whenever it is",
                hint="leave it out, or the wider one, whichever is not meant",
            )


class _Words:
    """Alternatives of one word each, found without comparing each with each."""

    def __init__(self, children: Sequence[Node]) -> None:
        terms = [child for child in children if isinstance(child, Term)]
        self._plain = {
            (child.field, child.atoms[0]): child
            for child in terms
            if not is_pattern(child.atoms[0])
        }
        self._patterns = [child for child in terms if is_pattern(child.atoms[0])]

    def covering(self, child: Node) -> Node | None:
        for leaf in _demanded(child):
            fields = {getattr(leaf, "field", "author"), ""}
            if "author" in fields and len(fields) == 2:
                fields = {"author"}
            for atom in atoms_asked(leaf):
                for word in {atom, atom.lstrip("#@$")}:
                    for field in fields:
                        found = self._plain.get((field, word))
                        if found is not None and found is not child:
                            return found
                    for wide in self._patterns:
                        near = wide is not child and wide.field in fields
                        if near and not is_pattern(word) and stands_for(wide.atoms[0], word):
                            return wide
        return None


def _demanded(node: Node) -> Iterator[Node]:
    """Operands that must all hold for this to hold."""
    if isinstance(node, And):
        for child in node.children:
            yield from _demanded(child)
    elif isinstance(node, Near):
        yield from _demanded(node.left)
        yield from _demanded(node.right)
    elif not isinstance(node, Or | Not | Fact):
        yield node


def _asks_more(one: Node, other: Node) -> bool:
    """``acme AND recall`` asks more than ``acme``."""
    if isinstance(one, And):
        wanted = other.children if isinstance(other, And) else (other,)
        return all(any(_asks_more(child, each) for child in one.children) for each in wanted)
    if isinstance(one, Not) or isinstance(other, Not):
        return one == other
    return implies(one, other)


def _implied(children: Sequence[Node]) -> Iterator[Warning]:
    """Demands that hold anyway where another demand holds."""
    compared = [
        child for child in children[:_COMPARED_LIMIT] if not isinstance(child, Not | Fact | And)
    ]
    for child in compared:
        stronger = next(
            (other for other in compared if other is not child and _asks_more(other, child)), None
        )
        if stronger is not None and not (
            _asks_more(child, stronger) and child.start < stronger.start
        ):
            yield at(
                child,
                f"{shown(child)} changes nothing beside {shown(stronger)}, "
                "which demands more than it",
                hint="leave it out, or say OR where either is meant",
            )


def shown(node: Node) -> str:
    """A branch as it is named in a message."""
    text = print_tree(node)
    text = f"({text})" if isinstance(node, And | Or | Near) else text
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
