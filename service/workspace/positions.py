"""Where each key and value of a TOML text stands.

The values themselves come from the standard library's parser; this walks a concrete syntax tree
beside it, because that parser forgets places. A path is what leads to a value in the parsed data:
``("brand", 0, "handles", 1)``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

Path: TypeAlias = tuple[str | int, ...]
Place: TypeAlias = tuple[int, int]
"""Line and column, from 1; columns in characters."""

_LANGUAGE = Language(tree_sitter_toml.language())
_KEYS = ("bare_key", "quoted_key", "dotted_key")
_ESCAPES = {"b": 1, "t": 1, "n": 1, "f": 1, "r": 1, '"': 1, "\\": 1, "u": 5, "U": 9}


@dataclass
class Positions:
    """Places by path: of keys (or of the header that opens a table) and of values."""

    lines: list[str]
    keys: dict[Path, Place] = field(default_factory=dict)
    values: dict[Path, Place] = field(default_factory=dict)
    strings: dict[Path, tuple[Place, str]] = field(default_factory=dict)

    def key(self, path: Path) -> Place:
        """Where the key stands; for a key that is missing, the table it is missing from."""
        return self._nearest(path, self.keys)

    def value(self, path: Path) -> Place:
        """Where the value stands; for one that is missing, the table it is missing from."""
        return self.values.get(path) or self._nearest(path, self.keys)

    def inside(self, path: Path, offset: int) -> Place:
        """Where the character ``offset`` of the string at ``path`` stands in the file."""
        if path not in self.strings:
            return self.value(path)
        (line, column), literal = self.strings[path]
        before = literal[: _source_offset(literal, offset)]
        if "\n" not in before:
            return line, column + len(before)
        return line + before.count("\n"), len(before) - before.rindex("\n")

    def _nearest(self, path: Path, places: dict[Path, Place]) -> Place:
        while path:
            if path in places:
                return places[path]
            path = path[:-1]
        return 1, 1


def locate(text: str) -> Positions:
    """The places in ``text``. Broken parts are passed over; nothing is raised."""
    data = text.encode("utf-8", "surrogatepass")
    walk = _Walk(data)
    walk.document(Parser(_LANGUAGE).parse(data).root_node)
    return walk.found


def first_error(text: str) -> Place:
    """Where the text stops being TOML, as the tolerant parser sees it."""
    data = text.encode("utf-8", "surrogatepass")
    walk = _Walk(data)
    nodes = [Parser(_LANGUAGE).parse(data).root_node]
    while nodes:
        node = nodes.pop()
        if node.is_error or node.is_missing:
            return walk.place(node)
        nodes.extend(child for child in reversed(node.children) if child.has_error)
    return len(walk.found.lines), 1


class _Walk:
    def __init__(self, data: bytes) -> None:
        self._rows = data.split(b"\n")
        self.found = Positions([row.decode("utf-8", "replace") for row in self._rows])
        self._counts: dict[Path, int] = {}

    def place(self, node: Node) -> Place:
        row, column = node.start_point
        before = self._rows[row][:column] if row < len(self._rows) else b""
        return row + 1, len(before.decode("utf-8", "replace")) + 1

    def document(self, root: Node) -> None:
        for node in root.children:
            if node.type == "pair":
                self._pair(node, ())
            elif node.type in ("table", "table_array_element"):
                self._table(node)

    def _table(self, node: Node) -> None:
        names = next((_names(child) for child in node.children if child.type in _KEYS), [])
        if not names:
            return
        path = self._resolved(tuple(names), last=node.type == "table")
        if node.type == "table_array_element":
            self._counts[path] = self._counts.get(path, -1) + 1
            self.found.keys.setdefault(path, self.place(node))
            path = (*path, self._counts[path])
        for depth in range(1, len(path) + 1):
            self.found.keys.setdefault(path[:depth], self.place(node))
        for child in node.children:
            if child.type == "pair":
                self._pair(child, path)

    def _resolved(self, names: tuple[str, ...], *, last: bool) -> Path:
        """Names of a header as a path: inside an array of tables, its newest element is meant."""
        path: Path = ()
        for number, name in enumerate(names, start=1):
            path = (*path, name)
            if path in self._counts and (last or number < len(names)):
                path = (*path, self._counts[path])
        return path

    def _pair(self, node: Node, table: Path) -> None:
        key, value = node.children[0], node.children[-1]
        if key.type not in _KEYS or len(node.children) < 3:
            return
        path = table
        for name in _names(key):
            path = (*path, name)
            self.found.keys.setdefault(path, self.place(key))
        self._value(value, path)

    def _value(self, node: Node, path: Path) -> None:
        self.found.values.setdefault(path, self.place(node))
        if node.type == "string":
            literal = (node.text or b"").decode("utf-8", "replace")
            self.found.strings.setdefault(path, (self.place(node), literal))
        elif node.type == "array":
            values = [c for c in node.children if c.is_named and c.type != "comment"]
            for number, child in enumerate(values):
                self._value(child, (*path, number))
        elif node.type == "inline_table":
            for child in node.children:
                if child.type == "pair":
                    self._pair(child, path)


def _names(key: Node) -> list[str]:
    """The parts of a key. The tree of ``a.b.c`` leans to the left, as deep as it has dots."""
    names: list[str] = []
    waiting = [key]
    while waiting:
        node = waiting.pop()
        if node.type == "dotted_key":
            waiting += [child for child in node.children if child.type in _KEYS]
        else:
            name = (node.text or b"").decode("utf-8", "replace")
            names.append(name[1:-1] if node.type == "quoted_key" else name)
    return names[::-1]


def _source_offset(literal: str, offset: int) -> int:
    """Where in a string literal, quotes and escapes included, its character ``offset`` begins."""
    quotes = 3 if literal[:3] in ('"""', "'''") else 1
    basic = literal.startswith('"')
    at, end = quotes, max(len(literal) - quotes, quotes)
    if quotes == 3 and literal[at : at + 1] == "\n":
        at += 1
    for _ in range(offset):
        at = _past_continuation(literal, at) if basic else at
        if at >= end:
            break
        escaped = basic and literal[at] == "\\"
        at += 1 + (_ESCAPES.get(literal[at + 1 : at + 2], 1) if escaped else 0)
    return min(_past_continuation(literal, at) if basic else at, end)


def _past_continuation(literal: str, at: int) -> int:
    """A backslash at the end of a line swallows the break and the white space that follows."""
    while literal[at : at + 1] == "\\" and "\n" in _blank(literal[at + 1 :]):
        at += 1 + len(_blank(literal[at + 1 :]))
    return at


def _blank(text: str) -> str:
    return text[: len(text) - len(text.lstrip(" \t\n"))]
