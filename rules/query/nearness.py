"""NEAR: what may stand on either side of it."""

from __future__ import annotations

from rules.errors import QuerySyntaxError
from rules.query.lexer import Kind, Lexeme
from rules.query.tree import And, Fact, Leaf, Near, Node, Not, Or, Raw, Scope
from rules.text import atoms_of

_LETTERS = {Scope.SENTENCE: "s", Scope.PARAGRAPH: "p"}


def near_text(distance: int | Scope, *, ordered: bool) -> str:
    """The operator as it is written: ``NEAR/5``, ``ONEAR/s``."""
    number = _LETTERS[distance] if isinstance(distance, Scope) else str(distance)
    return f"{'ONEAR' if ordered else 'NEAR'}/{number}"


def near_operator(distance: int | Scope, *, ordered: bool) -> Lexeme:
    """The operator for a NEAR that was not written as text."""
    text = near_text(distance, ordered=ordered)
    return Lexeme(Kind.NEAR, 0, 0, text=text, distance=distance, ordered=ordered)


def near_of(left: Node, right: Node, operator: Lexeme) -> Near:
    """Both sides joined. Raises QuerySyntaxError for a side that has no place in the text."""
    for side in (left, right):
        _refuse_without_place(side, operator)
    places = sorted(places_of(left) | places_of(right))
    if len(places) > 1:
        named = " and ".join(f"{place}:" if place else "title and text" for place in places)
        inside = next(place for place in places if place)
        raise QuerySyntaxError(
            f"both sides of {operator.text} must look in one place, and these look in {named}",
            start=left.start,
            end=right.end,
            hint=f"write {inside}:(… {operator.text} …)",
        )
    return Near(left, right, operator.distance, operator.ordered, left.start, right.end)


def places_of(node: Node) -> frozenset[str]:
    """The fields in which the words of a side of NEAR are looked for."""
    if isinstance(node, Near):
        # Both sides of an inner NEAR look in the same ones.
        return places_of(node.right)
    if isinstance(node, Or):
        return frozenset().union(*(places_of(child) for child in node.children))
    return frozenset({node.field}) if isinstance(node, Leaf) else frozenset()


def _refuse_without_place(side: Node, operator: Lexeme) -> None:
    """Looks into ORs; what stands inside a further NEAR was looked at when that was read."""
    if isinstance(side, Or):
        for child in side.children:
            _refuse_without_place(child, operator)
        return
    near = operator.text
    if isinstance(side, And):
        what, hint = "AND", f"write (a {near} b) AND (a {near} c) instead of a {near} (b AND c)"
    elif isinstance(side, Not):
        what, hint = "NOT", f"write (a {near} b) NOT (a {near} c), or NOT (a {near} b)"
    elif isinstance(side, Fact):
        what, hint = f"{side.name}:", f"write (a {near} b) AND {side.name}:…"
    elif isinstance(side, Raw) and not atoms_of(side.raw):
        what, hint = "raw signs without a word", f"write (a {near} b) AND raw:…"
    else:
        return
    raise QuerySyntaxError(
        f"{what} has no place in the text that could be near another",
        start=side.start,
        end=side.end,
        hint=hint,
    )
