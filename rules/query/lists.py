"""Named lists: ``{{name}}`` stands for another text of the language, shared between queries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from rules.errors import QuerySyntaxError
from rules.query.fields import nearest, shortened
from rules.query.lexer import Lexeme
from rules.query.limits import EXPANDED_LIMIT, LIST_DEPTH_LIMIT
from rules.query.operands import Under
from rules.query.tree import And, Near, Node, Not, Or


class _WrongNesting(QuerySyntaxError):
    """What is wrong with lists together: told at the first name, not as a mistake in one list."""


@dataclass(frozen=True, slots=True)
class Expanded:
    """A list that was read: its tree and how many operands it brings."""

    tree: Node
    operands: int


class Lists:
    """The lists that one query may use; each is read once for each field it stands under."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._read: dict[tuple[str, Under], Expanded] = {}
        self._open: list[str] = []
        self.used: set[str] = set()
        self.operands = 0

    def expanded(self, use: Lexeme, *, under: Under, read: Callable[[str], Node]) -> Node:
        """The tree of a list, standing where its name was written.

        ``read`` reads a text that stands under the same field. Raises QuerySyntaxError at the
        place of the name: for an unknown list, for lists that contain each other, and for what is
        wrong inside.
        """
        key = (use.text, under)
        found = self._read.get(key)
        if found is None:
            before = self.operands
            tree = self._tree(use, read=read)
            found = self._read[key] = Expanded(tree, self.operands - before)
        else:
            self.count(found.operands, at=use)
        return found.tree if self._open else _placed(found.tree, use.start, use.end)

    def count(self, operands: int, *, at: Lexeme) -> None:
        """Counts what the query asks for, lists put in; QuerySyntaxError beyond the limit."""
        self.operands += operands
        if self.operands > EXPANDED_LIMIT:
            raise QuerySyntaxError(
                f"with its lists the query has more than {EXPANDED_LIMIT:,} words and phrases",
                start=at.start,
                end=at.end,
                hint="split it into several queries of the same brand",
            )

    def _tree(self, use: Lexeme, *, read: Callable[[str], Node]) -> Node:
        name = use.text
        if name in self._open:
            chain = " → ".join(f"{{{{{each}}}}}" for each in [*self._open, name])
            raise _WrongNesting(
                f"these lists contain each other: {chain}",
                start=use.start,
                end=use.end,
                hint="take one of them out of the other",
            )
        text = self._texts.get(name)
        if text is None:
            raise self._unknown(use)
        if not text.strip():
            raise QuerySyntaxError(
                f"the list {{{{{name}}}}} is empty",
                start=use.start,
                end=use.end,
                hint="write into it what it stands for",
            )
        if len(self._open) >= LIST_DEPTH_LIMIT:
            raise _WrongNesting(
                f"lists lie more than {LIST_DEPTH_LIMIT} deep within each other",
                start=use.start,
                end=use.end,
                hint="write some of them out",
            )
        self.used.add(name)
        self._open.append(name)
        try:
            return read(text)
        except _WrongNesting as refused:
            raise _WrongNesting(
                refused.message, start=use.start, end=use.end, hint=refused.hint
            ) from None
        except QuerySyntaxError as refused:
            raise QuerySyntaxError(
                f"in the list {{{{{name}}}}}, at character {refused.start + 1}: {refused.message}",
                start=use.start,
                end=use.end,
                hint=refused.hint,
            ) from refused
        finally:
            self._open.pop()

    def _unknown(self, use: Lexeme) -> QuerySyntaxError:
        near = nearest(use.text, list(self._texts))
        hint = f"did you mean {{{{{near}}}}}?" if near else "make the list first, or write it out"
        return QuerySyntaxError(
            f"there is no list {shortened(use.text)}", start=use.start, end=use.end, hint=hint
        )


def _placed(node: Node, start: int, end: int) -> Node:
    """The same tree with every node where the list's name stands in the query."""
    if isinstance(node, And | Or):
        children = tuple(_placed(child, start, end) for child in node.children)
        return type(node)(children, start, end)
    if isinstance(node, Not):
        return Not(_placed(node.child, start, end), start, end)
    if isinstance(node, Near):
        left, right = _placed(node.left, start, end), _placed(node.right, start, end)
        return Near(left, right, node.distance, node.ordered, start, end)
    return replace(node, start=start, end=end)
