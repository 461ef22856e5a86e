"""A query's tree from JSON, in the form that ``json_writer`` describes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from rules.errors import InvalidTree, QuerySyntaxError
from rules.query.fields import nearest
from rules.query.instants import read_instant
from rules.query.joining import joined
from rules.query.limits import DEPTH_LIMIT, DISTANCE_LIMIT, EXPANDED_LIMIT
from rules.query.measure import refuse_large
from rules.query.nearness import near_of, near_operator
from rules.query.parser import read_part
from rules.query.printer import print_tree
from rules.query.tree import (
    And,
    Fact,
    Leaf,
    Lookalike,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Raw,
    Scope,
    Term,
    Window,
)

_KEYS: Final = {
    "and": (),
    "or": (),
    "not": (),
    "near": ("distance", "ordered"),
    "word": ("field", "text"),
    "phrase": ("field", "text"),
    "window": ("slop", "field", "text"),
    "lookalike": ("field", "text"),
    "raw": ("field",),
    "fact": ("op", "value"),
}


def from_json(told: object) -> Node:
    """The tree that ``to_json`` gave, or that was written in its form.

    ``from_json(to_json(tree)) == tree``; where each part stands in a text is not kept: reading
    the tree's canonical text tells it. Raises InvalidTree with the path of what is wrong.
    """
    reader = _Reader()
    tree = reader.node(told, "$", depth=0)
    try:
        refuse_large(tree)
    except QuerySyntaxError as refused:
        raise InvalidTree(refused.message) from None
    return tree


class _Reader:
    """Counts what it reads, so that no object can exhaust the stack or the memory."""

    def __init__(self) -> None:
        self._operands = 0

    def node(self, told: object, path: str, *, depth: int) -> Node:
        if depth > DEPTH_LIMIT:
            raise InvalidTree(f"operators lie more than {DEPTH_LIMIT} deep", path=path)
        if not isinstance(told, Mapping):
            raise InvalidTree("an object is expected here", path=path)
        kind = _kind_of(told, path)
        value, at = told[kind], f"{path}.{kind}"
        if kind in ("and", "or", "near"):
            return self._joined(kind, told, at, depth=depth)
        if kind == "not":
            return Not(self.node(value, at, depth=depth + 1), 0, 0)
        self._operands += 1
        if self._operands > EXPANDED_LIMIT:
            raise InvalidTree(f"more than {EXPANDED_LIMIT:,} words and phrases", path=path)
        node = _OPERANDS[kind](told, value, at)
        _refuse_unwritable(node, at)
        return node

    def _joined(self, kind: str, told: Mapping[str, Any], at: str, *, depth: int) -> Node:
        parts = _list_of(told[kind], at)
        if not parts or (kind == "near" and len(parts) != 2):
            needed = "two parts" if kind == "near" else "at least one part"
            raise InvalidTree(f"{needed} expected here", path=at)
        nodes = [
            self.node(part, f"{at}[{number}]", depth=depth + 1) for number, part in enumerate(parts)
        ]
        if kind != "near":
            return joined(And if kind == "and" else Or, nodes)
        return _near(told, nodes[0], nodes[1], at)


def _kind_of(told: Mapping[str, Any], path: str) -> str:
    kinds = [key for key in _KEYS if key in told]
    if len(kinds) != 1:
        raise InvalidTree(f"exactly one of {', '.join(_KEYS)} is expected here", path=path)
    kind = kinds[0]
    for key in told:
        if key != kind and key not in _KEYS[kind]:
            near = nearest(str(key), _KEYS[kind])
            hint = f"; did you mean {near}?" if near else ""
            raise InvalidTree(f"{str(key)!r} does not belong to {kind}{hint}", path=path)
    return kind


def _near(told: Mapping[str, Any], left: Node, right: Node, at: str) -> Near:
    distance, ordered = _distance(told.get("distance"), at), told.get("ordered", False)
    if not isinstance(ordered, bool):
        raise InvalidTree("ordered is true or false", path=at)
    try:
        return near_of(left, right, near_operator(distance, ordered=ordered))
    except QuerySyntaxError as refused:
        raise InvalidTree(f"{refused.message}; {refused.hint}", path=at) from None


def _distance(value: object, at: str) -> int | Scope:
    if isinstance(value, str) and value in list(Scope):
        return Scope(value)
    if value is None or isinstance(value, str):
        raise InvalidTree("distance is a number of words, sentence or paragraph", path=at)
    return _count(value, at)


def _count(value: object, at: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= DISTANCE_LIMIT:
        raise InvalidTree(f"a whole number from 0 to {DISTANCE_LIMIT} is expected here", path=at)
    return value


def _word(told: Mapping[str, Any], value: object, at: str) -> Term:
    word = _text_of(value, at)
    return Term((word,), _written(told, at) or word, 0, 0, _field_of(told, at))


def _phrase(told: Mapping[str, Any], value: object, at: str) -> Phrase:
    atoms = _atoms_of(value, at)
    return Phrase(atoms, _written(told, at) or " ".join(atoms), 0, 0, _field_of(told, at))


def _lookalike(told: Mapping[str, Any], value: object, at: str) -> Lookalike:
    atoms = _atoms_of(value, at)
    return Lookalike(atoms, _written(told, at) or " ".join(atoms), 0, 0, _field_of(told, at))


def _window(told: Mapping[str, Any], value: object, at: str) -> Window:
    atoms, slop = _atoms_of(value, at), _count(told.get("slop"), at)
    return Window(atoms, slop, _written(told, at) or " ".join(atoms), 0, 0, _field_of(told, at))


def _raw(told: Mapping[str, Any], value: object, at: str) -> Raw:
    return Raw(_text_of(value, at), 0, 0, _field_of(told, at))


def _fact(told: Mapping[str, Any], value: object, at: str) -> Fact:
    name, op, known = _text_of(value, at), told.get("op", "="), told.get("value")
    if op not in ("=", "<", "<=", ">", ">="):
        raise InvalidTree("op is one of = < <= > >=", path=at)
    if name == "published" and isinstance(known, str):
        instant = read_instant(known)
        known = instant.begin if instant is not None else known
    if isinstance(known, bool) or not isinstance(known, str | int | float):
        raise InvalidTree("value is a text or a number", path=at)
    return Fact(name, op, known if isinstance(known, str) else _number(known, at), 0, 0)


def _number(value: float, at: str) -> float:
    try:
        return float(value)
    except OverflowError:
        raise InvalidTree("this number is too large", path=at) from None


_OPERANDS: Final[dict[str, Callable[[Mapping[str, Any], object, str], Leaf | Fact]]] = {
    "word": _word,
    "phrase": _phrase,
    "lookalike": _lookalike,
    "window": _window,
    "raw": _raw,
    "fact": _fact,
}


def _refuse_unwritable(node: Leaf | Fact, path: str) -> None:
    """An operand is right exactly if its own text is read as it."""
    try:
        printed = print_tree(node)
        read, _ = read_part(printed, lists={})
    except QuerySyntaxError as refused:
        raise InvalidTree(f"{refused.message}; {refused.hint}", path=path) from None
    except (OverflowError, ValueError):
        raise InvalidTree("this value cannot be written in a query", path=path) from None
    if read != node:
        raise InvalidTree(f"this would be read as {print_tree(read)}", path=path)


def _text_of(value: object, at: str) -> str:
    if not isinstance(value, str):
        raise InvalidTree("a text is expected here", path=at)
    return value


def _list_of(value: object, at: str) -> list[object]:
    if not isinstance(value, list | tuple):
        raise InvalidTree("a list is expected here", path=at)
    return list(value)


def _atoms_of(value: object, at: str) -> tuple[str, ...]:
    return tuple(_text_of(atom, at) for atom in _list_of(value, at))


def _written(told: Mapping[str, Any], at: str) -> str:
    return _text_of(told.get("text", ""), at)


def _field_of(told: Mapping[str, Any], at: str) -> str:
    return _text_of(told.get("field", ""), at)
