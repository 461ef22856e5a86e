"""Going through a tree with what is around each operand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from rules.query.tree import And, Fact, Leaf, Near, Node, Not, Or


@dataclass(frozen=True, slots=True)
class Around:
    """``excluded``: under a NOT. ``context``: other words must be there too. ``narrowed``: or
    words are excluded, or facts asked for, beside it."""

    excluded: bool = False
    context: bool = False
    narrowed: bool = False


def operands(node: Node, around: Around | None = None) -> Iterator[tuple[Leaf | Fact, Around]]:
    """Every word, phrase and fact of a tree, in reading order."""
    here = around or Around()
    if isinstance(node, And):
        asking = [_asks_for_words(child) for child in node.children]
        total = sum(asking)
        for child, asks in zip(node.children, asking, strict=True):
            context = here.context or total > asks
            yield from operands(child, replace(here, context=context, narrowed=True))
    elif isinstance(node, Or):
        for child in node.children:
            yield from operands(child, here)
    elif isinstance(node, Not):
        yield from operands(node.child, replace(here, excluded=not here.excluded))
    elif isinstance(node, Near):
        within = replace(here, context=True)
        yield from operands(node.left, within)
        yield from operands(node.right, within)
    else:
        yield node, here


def _asks_for_words(node: Node) -> bool:
    """Whether words must be there for it to hold."""
    if isinstance(node, And):
        return any(_asks_for_words(child) for child in node.children)
    if isinstance(node, Or):
        return all(_asks_for_words(child) for child in node.children)
    return not isinstance(node, Not | Fact)


def groups(node: Node) -> Iterator[And | Or]:
    """Every AND and OR of a tree, outer ones first."""
    if isinstance(node, And | Or):
        yield node
        for child in node.children:
            yield from groups(child)
    elif isinstance(node, Not):
        yield from groups(node.child)
    elif isinstance(node, Near):
        yield from groups(node.left)
        yield from groups(node.right)
