"""Lexemes to tree. NOT binds tighter than AND, AND tighter than OR; side by side means AND."""

from __future__ import annotations

from typing import Final

from rules.errors import QuerySyntaxError
from rules.query.anchors import anchors_of
from rules.query.lexer import Kind, Lexeme, lex
from rules.query.tree import And, Node, Not, Or, Phrase, Term

DEPTH_LIMIT = 100
"""Parentheses and NOTs within each other; more is no question a person asks."""

_STARTS: Final = frozenset({Kind.WORDS, Kind.OPEN, Kind.NOT})
_WHAT: Final = {
    Kind.AND: "AND",
    Kind.OR: "OR",
    Kind.NOT: "NOT",
    Kind.CLOSE: "a closing parenthesis",
    Kind.END: "the end of the query",
}


def read(text: str) -> Node:
    """The tree of a query's text. Raises QuerySyntaxError with the place and a hint."""
    lexemes = lex(text)
    if lexemes[0].kind is Kind.END:
        raise QuerySyntaxError(
            "the query is empty", start=0, end=len(text), hint="write a name, as in acme"
        )
    tree = _Reader(lexemes).whole()
    if anchors_of(tree) is None:
        raise _matches_nearly_everything(tree)
    return tree


class _Reader:
    """Recursive descent with a counted depth, so that no query can exhaust the stack."""

    def __init__(self, lexemes: list[Lexeme]) -> None:
        self._lexemes = lexemes
        self._at = 0
        self._depth = 0

    def _here(self) -> Lexeme:
        return self._lexemes[self._at]

    def _take(self) -> Lexeme:
        taken = self._lexemes[self._at]
        self._at += 1
        return taken

    def whole(self) -> Node:
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
        return _joined(Or, children)

    def _all(self) -> Node:
        children = [self._one()]
        while self._here().kind is Kind.AND or self._here().kind in _STARTS:
            if self._here().kind is Kind.AND:
                self._take()
            children.append(self._one())
        return _joined(And, children)

    def _one(self) -> Node:
        lexeme = self._here()
        if lexeme.kind is Kind.WORDS:
            self._take()
            leaf = Term if len(lexeme.atoms) == 1 else Phrase
            return leaf(lexeme.atoms, lexeme.text, lexeme.start, lexeme.end)
        if lexeme.kind is Kind.NOT:
            return self._negated()
        if lexeme.kind is Kind.OPEN:
            return self._group()
        raise self._operand_missing()

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
            raise QuerySyntaxError(
                "this parenthesis is never closed",
                start=opened.start,
                end=opened.end,
                hint="put a ) where the group ends",
            )
        self._take()
        self._depth -= 1
        return inside

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
        if before is not None and before.kind in (Kind.AND, Kind.OR, Kind.NOT):
            return QuerySyntaxError(
                f"{_WHAT[before.kind]} needs a word, a phrase or a group after it, "
                f"and here is {_WHAT[found.kind]}",
                start=before.start,
                end=before.end,
                hint=f'add what is missing, or quote "{_WHAT[before.kind].lower()}" as a word',
            )
        return QuerySyntaxError(
            f"{_WHAT[found.kind]} needs a word, a phrase or a group before it",
            start=found.start,
            end=found.end,
            hint="add what is missing, or leave it out",
        )


def _joined(kind: type[And] | type[Or], children: list[Node]) -> Node:
    """``a OR (b OR c)`` is one OR of three: the same question has one tree."""
    if len(children) == 1:
        return children[0]
    flat: list[Node] = []
    for child in children:
        if isinstance(child, kind):
            flat.extend(child.children)
        else:
            flat.append(child)
    return kind(tuple(flat), children[0].start, children[-1].end)


def _matches_nearly_everything(tree: Node) -> QuerySyntaxError:
    guilty = tree
    while isinstance(guilty, Or):
        guilty = next(child for child in guilty.children if anchors_of(child) is None)
    what = "the query" if guilty is tree else "this alternative"
    return QuerySyntaxError(
        f"{what} only excludes, so it would match nearly every post there is",
        start=guilty.start,
        end=guilty.end,
        hint="say what must be there as well, as in acme NOT jobs",
    )
