"""NEAR as our language takes it: between words, phrases, NEARs, and ORs of those.

Other tools let AND, NOT and fields stand inside. ``a NEAR/5 (b AND c)`` asks for both to be near
a, so it becomes ``(a NEAR/5 b) AND (a NEAR/5 c)``; a field asks for the same wherever it stands.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import count

from rules.errors import QuerySyntaxError
from rules.query.dialects.parts import (
    Group,
    Leaf,
    Lost,
    Nearby,
    Negated,
    Notes,
    Part,
    Remark,
    height,
)
from rules.query.limits import DEPTH_LIMIT, DISTANCE_LIMIT, OPERAND_LIMIT

_HEIGHT_LIMIT = DEPTH_LIMIT + 50
"""Groups and comments count here too, which our parser does not count."""


def settled(part: Part, notes: Notes) -> Part:
    """The same parts, every NEAR between things that have places. Raises QuerySyntaxError."""
    _refuse_deep(part)
    out = _settled(part, notes, count())
    _refuse_deep(out)
    return out


def _refuse_deep(part: Part) -> None:
    """Before anything goes down into it."""
    if height(part) > _HEIGHT_LIMIT:
        raise QuerySyntaxError(
            f"parentheses, NOTs and NEARs lie more than {DEPTH_LIMIT} deep",
            start=part.start,
            end=part.end,
            hint="leave out those that change nothing, or split the query",
        )


def _settled(part: Part, notes: Notes, made: count[int]) -> Part:
    if isinstance(part, Group):
        children = tuple(_settled(child, notes, made) for child in part.children)
        return replace(part, children=children)
    if isinstance(part, Negated | Remark):
        return replace(part, child=_settled(part.child, notes, made))
    if not isinstance(part, Nearby):
        return part
    left, right = _settled(part.left, notes, made), _settled(part.right, notes, made)
    whole = replace(part, left=left, right=right, operator=_limited(part, notes))
    if _has_places(left) and _has_places(right):
        return whole
    if not isinstance(_bare(left), Lost) and not isinstance(_bare(right), Lost):
        notes.changed(
            f"{whole.operator} stands between words only here: it was put to each of them",
            part.start,
            part.end,
        )
    return _spread(left, right, whole, made)


def _spread(left: Part, right: Part, near: Nearby, made: count[int]) -> Part:
    """The NEAR put to each member of its sides."""
    if next(made) > OPERAND_LIMIT:
        raise QuerySyntaxError(
            "this NEAR joins too many combinations",
            start=near.start,
            end=near.end,
            hint="leave AND and NOT out of its groups",
        )
    if _has_places(left) and _has_places(right):
        return replace(near, left=left, right=right)
    for here, there, first in ((left, right, True), (right, left, False)):
        bare = _bare(here)
        if _has_places(bare):
            continue

        def again(member: Part, other: Part = there, first: bool = first) -> Part:
            sides = (member, other) if first else (other, member)
            return _spread(*sides, near, made)

        if isinstance(bare, Group):
            children = tuple(again(child) for child in bare.children)
            return replace(bare, children=children)
        if isinstance(bare, Negated):
            return replace(bare, child=again(bare.child))
        # A field or what is lost has no place: it is asked for beside the other side.
        return Group("AND", (bare, there) if first else (there, bare), near.start, near.end)
    return replace(near, left=_bare(left), right=_bare(right))


def _bare(part: Part) -> Part:
    """Without the comments around it."""
    while isinstance(part, Remark):
        part = part.child
    return part


def _has_places(part: Part, depth: int = 0) -> bool:
    if isinstance(part, Leaf):
        return part.placed
    if isinstance(part, Remark):
        return _has_places(part.child, depth + 1)
    if isinstance(part, Group):
        return (
            part.op == "OR"
            and depth <= DEPTH_LIMIT
            and all(_has_places(child, depth + 1) for child in part.children)
        )
    return isinstance(part, Nearby)


def _limited(near: Nearby, notes: Notes) -> str:
    name, _, distance = near.operator.partition("/")
    if distance.isdecimal() and int(distance) > DISTANCE_LIMIT:
        notes.changed(
            f"at most {DISTANCE_LIMIT} words may lie between two here", near.start, near.end
        )
        return f"{name}/{DISTANCE_LIMIT}"
    return near.operator
