"""Foreign lexemes to parts. NOT binds tighter than NEAR, NEAR than AND, AND than OR.

That is how Meltwater, Talkwalker and we read; Brandwatch asks for parentheses where AND and OR
meet, so a query of its own never depends on it, and where one does, a note says so. In Lucene each
operand is demanded, excluded or optional: ``clauses.py`` reads those groups.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from rules.errors import QuerySyntaxError
from rules.query.dialects.clauses import Clause, combined
from rules.query.dialects.dialect import Carry, Dialect
from rules.query.dialects.lexer import Kind, Lexeme, lex
from rules.query.dialects.operands import (
    VALUES,
    carry_of,
    operand,
    signed,
    value_of,
    without_operators,
)
from rules.query.dialects.parts import Group, Nearby, Negated, Notes, Part, Remark
from rules.query.dialects.refused import closes_nothing, empty, never_closed, operand_missing
from rules.query.dialects.slop import as_window
from rules.query.limits import DEPTH_LIMIT

_STARTS: Final = frozenset(
    {
        Kind.OPEN,
        Kind.WORD,
        Kind.PHRASE,
        Kind.EXACT,
        Kind.REGEX,
        Kind.FIELD,
        Kind.SIGN,
        Kind.NOT,
        Kind.COUNT,
        Kind.COMMENT,
    }
)


def read(text: str, dialect: Dialect, notes: Notes) -> Part:
    """The parts of a foreign query. Raises QuerySyntaxError with the place in it."""
    lexemes = lex(text, dialect)
    if all(lexeme.kind in (Kind.COMMENT, Kind.END) for lexeme in lexemes):
        raise QuerySyntaxError("the query is empty", start=0, end=len(text), hint="paste the query")
    if dialect.loose and len(lexemes) > 1 and all(each.kind is Kind.WORD for each in lexemes[:-1]):
        return without_operators(lexemes[:-1], notes)
    return _Reader(text, lexemes, dialect, notes).whole()


class _Reader:
    """Recursive descent with a counted depth; ``_carry`` is the field whose group we are in."""

    def __init__(self, text: str, lexemes: list[Lexeme], dialect: Dialect, notes: Notes) -> None:
        self._text = text
        self._lexemes = lexemes
        self._dialect = dialect
        self._notes = notes
        self._at = 0
        self._depth = 0
        self._carry: tuple[str, Carry] | None = None

    def _here(self) -> Lexeme:
        return self._lexemes[self._at]

    def _take(self) -> Lexeme:
        taken = self._lexemes[self._at]
        self._at += 1
        return taken

    def whole(self) -> Part:
        tree = self._either()
        if self._here().kind is not Kind.END:
            if self._here().kind is not Kind.CLOSE:
                raise self._operand_missing()
            raise closes_nothing(self._here())
        return tree

    def _either(self) -> Part:
        if self._dialect.clauses:
            return self._clauses()
        children = [self._all()]
        while self._here().kind is Kind.OR or self._alternates():
            if self._here().kind is Kind.OR:
                self._take()
            children.append(self._all())
        if len(children) == 1:
            return children[0]
        return Group("OR", tuple(children), children[0].start, children[-1].end)

    def _alternates(self) -> bool:
        return self._dialect.side_by_side == "OR" and self._here().kind in _STARTS

    def _all(self) -> Part:
        first = self._at
        children = [self._near()]
        while self._here().kind is Kind.AND or (
            self._here().kind in _STARTS and self._dialect.side_by_side == "AND"
        ):
            if self._here().kind is Kind.AND:
                self._take()
            elif self._only_comments_left():
                break
            children.append(self._near())
        if len(children) == 1:
            return children[0]
        group = Group("AND", tuple(children), children[0].start, children[-1].end)
        if not self._dialect.mixes and self._beside_or(first):
            self._notes.changed(
                "AND, NOT and OR stand side by side without parentheses: AND goes first here",
                group.start,
                group.end,
            )
        return group

    def _beside_or(self, first: int) -> bool:
        """Whether an OR stands behind this group, or before its first lexeme."""
        before = self._lexemes[first - 1 : first]
        return self._here().kind is Kind.OR or any(each.kind is Kind.OR for each in before)

    def _only_comments_left(self) -> bool:
        at = self._at
        while self._lexemes[at].kind is Kind.COMMENT:
            at += 1
        return self._lexemes[at].kind not in _STARTS

    def _clauses(self) -> Part:
        """Lucene: what is between operands says of both whether they are demanded."""
        clauses: list[Clause] = []
        joined: Kind | None = None
        while True:
            if joined is Kind.AND and clauses and clauses[-1].occurs == "MAY":
                clauses[-1] = replace(clauses[-1], occurs="MUST")
            at = self._here().start
            clauses.append(self._clause(demanded=joined is Kind.AND))
            if joined is None and [each.occurs for each in clauses[-2:]] == ["MAY", "MAY"]:
                message = "side by side means OR in Lucene: written OR here"
                self._notes.carried(message, at, clauses[-1].part.end)
            joined = None
            if self._here().kind in (Kind.AND, Kind.OR):
                joined = self._take().kind
            elif self._here().kind not in _STARTS or self._only_comments_left():
                break
        return combined(clauses, self._notes)

    def _clause(self, *, demanded: bool) -> Clause:
        occurs = "MUST" if demanded else "MAY"
        while self._here().kind in (Kind.SIGN, Kind.NOT):
            mark = self._take()
            meaning = "NOT" if mark.kind is Kind.NOT else self._dialect.signs[mark.text]
            occurs = {"NOT": "NOT", "MUST": "MUST"}[meaning]
        return Clause(occurs, self._near())

    def _near(self) -> Part:
        left = self._unary()
        if self._here().kind is not Kind.NEAR:
            return left
        remarks: list[Remark] = []
        while isinstance(left, Remark) and not left.after:
            remarks.append(left)
            left = left.child
        while self._here().kind is Kind.NEAR:
            operator = self._take()
            written = self._text[operator.start : operator.end]
            if written != operator.text:
                message = f"{written} is written {operator.text} here"
                self._notes.carried(message, operator.start, operator.end)
            right = self._unary()
            left = Nearby(left, right, operator.text, left.start, right.end)
        for remark in reversed(remarks):
            left = replace(remark, child=left, end=left.end)
        return left

    def _unary(self) -> Part:
        here = self._here()
        if here.kind is Kind.COMMENT:
            self._take()
            child = self._unary()
            return Remark(here.text, child, here.start, child.end)
        if here.kind is Kind.NOT:
            self._take()
            return self._negated(here)
        if here.kind is Kind.SIGN:
            return self._signed(self._take())
        if here.kind is Kind.COUNT:
            self._take()
            self._notes.changed(
                f"how often a word stands there is not counted: once will do, not {here.text}",
                here.start,
                here.end,
            )
            return self._unary()
        part = self._atom()
        while self._here().kind is Kind.COMMENT and self._only_comments_left():
            comment = self._take()
            part = Remark(comment.text, part, part.start, comment.end, after=True)
        return part

    def _negated(self, mark: Lexeme) -> Part:
        self._deeper(mark)
        child = self._unary()
        self._depth -= 1
        return Negated(child, mark.start, child.end)

    def _signed(self, mark: Lexeme) -> Part:
        meaning = self._dialect.signs[mark.text]
        if meaning == "NOT":
            self._notes.carried(f"a leading {mark.text} is written NOT here", mark.start, mark.end)
            return self._negated(mark)
        if meaning == "MUST":
            return self._unary()
        if self._here().kind not in (Kind.WORD, Kind.PHRASE):
            return self._unary()
        return signed(mark, self._take(), meaning, self._notes)

    def _atom(self) -> Part:
        here = self._here()
        if here.kind is Kind.OPEN:
            part = self._group()
        elif here.kind is Kind.FIELD:
            part = self._field()
        elif here.kind in (Kind.WORD, Kind.PHRASE, Kind.EXACT, Kind.REGEX):
            part = operand(self._take(), self._dialect, self._carry, self._notes)
        else:
            raise self._operand_missing()
        return self._suffixed(part)

    def _field(self) -> Part:
        field = self._take()
        carry = carry_of(field, self._dialect)
        here = self._here()
        if here.kind is Kind.OPEN:
            outer, self._carry = self._carry, (field.text, carry)
            part = self._group()
            self._carry = outer
            return part
        if here.kind not in VALUES:
            raise QuerySyntaxError(
                f"{field.text}: needs a value after it",
                start=field.start,
                end=field.end,
                hint="add what is missing, or leave it out",
            )
        self._take()
        return value_of(field, here, carry, self._dialect, self._notes)

    def _group(self) -> Part:
        opened = self._take()
        self._deeper(opened)
        if self._here().kind is Kind.CLOSE:
            raise empty(opened, self._here())
        inside = self._either()
        if self._here().kind is not Kind.CLOSE:
            if self._here().kind is not Kind.END:
                raise self._operand_missing()
            raise never_closed(opened)
        self._take()
        self._depth -= 1
        return inside

    def _suffixed(self, part: Part) -> Part:
        """``~5`` and ``^9`` right behind an operand."""
        while self._here().kind in (Kind.SLOP, Kind.BOOST):
            mark = self._take()
            if mark.kind is Kind.BOOST:
                self._notes.changed(
                    "weights order results and find nothing: left out", mark.start, mark.end
                )
                continue
            part = as_window(part, mark.text, mark.start, mark.end, self._notes)
        return part

    def _deeper(self, lexeme: Lexeme) -> None:
        self._depth += 1
        if self._depth > DEPTH_LIMIT:
            raise QuerySyntaxError(
                f"parentheses and NOTs lie more than {DEPTH_LIMIT} deep",
                start=lexeme.start,
                end=lexeme.end,
                hint="leave out those that change nothing",
            )

    def _operand_missing(self) -> QuerySyntaxError:
        return operand_missing(self._here(), after=self._lexemes[self._at - 1 : self._at])
