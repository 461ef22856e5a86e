"""Lexemes to tree.

NOT binds tightest, then NEAR (from left to right), then AND (also unwritten, between two that
stand side by side), then OR.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from rules.errors import QuerySyntaxError
from rules.query.anchors import anchors_of
from rules.query.breadth import too_broad
from rules.query.joining import joined
from rules.query.lexer import OPERANDS, Kind, Lexeme, lex
from rules.query.limits import DEPTH_LIMIT
from rules.query.lists import Lists
from rules.query.measure import refuse_large
from rules.query.nearness import near_of
from rules.query.operands import Under, read_operand
from rules.query.tree import And, Node, Not, Or

_STARTS: Final = OPERANDS | {Kind.OPEN, Kind.NOT, Kind.FIELD, Kind.LIST}
_JOINS: Final = frozenset({Kind.AND, Kind.OR, Kind.NOT, Kind.NEAR, Kind.FIELD})
_WHAT: Final = {
    Kind.AND: "AND",
    Kind.OR: "OR",
    Kind.NOT: "NOT",
    Kind.CLOSE: "a closing parenthesis",
    Kind.END: "the end of the query",
}
_MISSING_VALUE: Final = "write what is looked for right behind {}, or leave the field out"


def read(text: str, *, lists: Mapping[str, str]) -> tuple[Node, frozenset[str]]:
    """The tree of a query's text, and the names of the lists in it, nested ones included.

    Raises QuerySyntaxError with the place and a hint.
    """
    tree, used = read_part(text, lists=lists)
    if anchors_of(tree) is None:
        raise too_broad(tree)
    return tree, used


def read_part(text: str, *, lists: Mapping[str, str]) -> tuple[Node, frozenset[str]]:
    """As ``read``, also for a text that would match nearly everything if it stood alone."""
    known = Lists(lists)
    tree = _Reader(lex(text), known, Under(), depth=0).whole()
    refuse_large(tree)
    return tree, frozenset(known.used)


class _Reader:
    """Recursive descent with a counted depth, so that no query can exhaust the stack."""

    def __init__(self, lexemes: list[Lexeme], lists: Lists, under: Under, *, depth: int) -> None:
        self._lexemes = lexemes
        self._lists = lists
        self._under = under
        self._at = 0
        self._depth = depth

    def _here(self) -> Lexeme:
        return self._lexemes[self._at]

    def _take(self) -> Lexeme:
        taken = self._lexemes[self._at]
        self._at += 1
        return taken

    def whole(self) -> Node:
        if self._here().kind is Kind.END:
            raise QuerySyntaxError(
                "the query is empty", start=0, end=self._here().end, hint="write a name, as in acme"
            )
        tree = self._either()
        if self._here().kind is not Kind.END:
            raise QuerySyntaxError(
                "this parenthesis closes nothing",
                start=self._here().start,
                end=self._here().end,
                hint="leave it out, or put a ( where the group begins",
            )
        return tree

    def _either(self) -> Node:
        children = [self._all()]
        while self._here().kind is Kind.OR:
            self._take()
            children.append(self._all())
        return joined(Or, children)

    def _all(self) -> Node:
        children = [self._beside()]
        while self._here().kind is Kind.AND or self._here().kind in _STARTS:
            if self._here().kind is Kind.AND:
                self._take()
            children.append(self._beside())
        return joined(And, children)

    def _beside(self) -> Node:
        left = self._one()
        while self._here().kind is Kind.NEAR:
            operator = self._take()
            left = near_of(left, self._one(), operator)
        return left

    def _one(self) -> Node:
        lexeme = self._here()
        if lexeme.kind in OPERANDS:
            return self._operand(start=lexeme.start)
        if lexeme.kind is Kind.NOT:
            return self._negated()
        if lexeme.kind is Kind.OPEN:
            return self._group()
        if lexeme.kind is Kind.FIELD:
            return self._field()
        if lexeme.kind is Kind.LIST:
            return self._list()
        raise self._operand_missing()

    def _operand(self, *, start: int) -> Node:
        lexeme = self._take()
        self._lists.count(1, at=lexeme)
        quoted = lexeme.kind is Kind.QUOTED
        return read_operand(lexeme, under=self._under, start=start, quoted=quoted)

    def _negated(self) -> Node:
        start = self._take().start
        self._deeper(start)
        child = self._one()
        self._depth -= 1
        return Not(child, start, child.end)

    def _group(self) -> Node:
        opened = self._take()
        self._deeper(opened.start)
        if self._here().kind is Kind.CLOSE:
            raise QuerySyntaxError(
                "these parentheses are empty",
                start=opened.start,
                end=self._here().end,
                hint="put a word between them, or leave them out",
            )
        inside = self._either()
        if self._here().kind is not Kind.CLOSE:
            raise _never_closed(opened)
        self._take()
        self._depth -= 1
        return inside

    def _field(self) -> Node:
        around, depth, start = self._under, self._depth, self._here().start
        while self._here().kind is Kind.FIELD:
            field = self._take()
            self._deeper(field.start)
            self._under = self._under.field(field.text, start=field.start, end=field.end)
        if self._here().kind in OPERANDS:
            inside = self._operand(start=start)
        elif self._here().kind in (Kind.OPEN, Kind.LIST):
            inside = self._one()
        else:
            raise self._operand_missing()
        self._under, self._depth = around, depth
        return inside

    def _list(self) -> Node:
        use = self._take()
        self._deeper(use.start)
        inside = self._lists.expanded(use, under=self._under, read=self._read_list)
        self._depth -= 1
        return inside

    def _read_list(self, text: str) -> Node:
        return _Reader(lex(text), self._lists, self._under, depth=self._depth).whole()

    def _deeper(self, start: int) -> None:
        self._depth += 1
        if self._depth > DEPTH_LIMIT:
            raise QuerySyntaxError(
                f"parentheses and NOTs lie more than {DEPTH_LIMIT} deep",
                start=start,
                end=start + 1,
                hint="leave out those that change nothing",
            )

    def _operand_missing(self) -> QuerySyntaxError:
        found = self._here()
        before = self._lexemes[self._at - 1] if self._at else None
        if before is not None and before.kind is Kind.OPEN and found.kind is Kind.END:
            return _never_closed(before)
        if before is not None and before.kind in _JOINS:
            what = _shown(before)
            return QuerySyntaxError(
                f"{what} needs a word, a phrase or a group after it, and here is {_shown(found)}",
                start=before.start,
                end=before.end,
                hint=_MISSING_VALUE.format(what)
                if before.kind is Kind.FIELD
                else f'add what is missing, or quote "{what.lower()}" as a word',
            )
        return QuerySyntaxError(
            f"{_shown(found)} needs a word, a phrase or a group before it",
            start=found.start,
            end=found.end,
            hint="add what is missing, or leave it out",
        )


def _never_closed(opened: Lexeme) -> QuerySyntaxError:
    return QuerySyntaxError(
        "this parenthesis is never closed",
        start=opened.start,
        end=opened.end,
        hint="put a ) where the group ends",
    )


def _shown(lexeme: Lexeme) -> str:
    if lexeme.kind is Kind.FIELD:
        return f"{lexeme.text}:"
    return _WHAT.get(lexeme.kind, lexeme.text)
