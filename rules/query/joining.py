"""AND and OR over several: one question has one tree."""

from __future__ import annotations

from collections.abc import Sequence

from rules.query.tree import And, Node, Or


def joined(kind: type[And] | type[Or], children: Sequence[Node]) -> Node:
    """``a OR (b OR c)`` is one OR of three, and an AND of one is that one."""
    if len(children) == 1:
        return children[0]
    flat: list[Node] = []
    for child in children:
        if isinstance(child, kind):
            flat.extend(child.children)
        else:
            flat.append(child)
    return kind(tuple(flat), children[0].start, children[-1].end)
