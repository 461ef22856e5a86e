"""A query's facts as conditions on columns: necessary ones, as the words are.

What is not known never holds, and a comparison with NULL does not either.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from rules.query.facts import folded_name
from rules.query.tree import And, Fact, Node, Not, Or
from service.store.dialect import dialect_of
from service.store.tables import MentionRow, SightingRow, SourceRow

MOST: Final = 100
"""Facts in one condition: SQLite takes expressions of 1,000 levels, and each OR is one."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_COMPARE: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "=": operator.eq,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_mention = MentionRow.__table__.c
_NUMBERS: Final[dict[str, Any]] = {
    "followers": _mention.author_followers,
    "rating": _mention.rating,
    "reach": func.coalesce(
        func.nullif(_mention.views, 0), func.nullif(_mention.author_followers, 0), 0
    ),
    "engagement": func.coalesce(_mention.likes, 0)
    + func.coalesce(_mention.shares, 0)
    + func.coalesce(_mention.comments, 0),
}

Condition = ColumnElement[bool]


def needed_facts(session: Session, tree: Node) -> Condition | None:
    """What the columns must say for the query to hold; None where they do not matter."""
    if sum(1 for _ in facts_in(tree)) > MOST:
        return None
    return _needed(session, tree)


def facts_in(node: Node) -> Iterator[Fact]:
    """Every fact that a query asks for, under NOT as well."""
    if isinstance(node, Fact):
        yield node
    elif isinstance(node, And | Or):
        for child in node.children:
            yield from facts_in(child)
    elif isinstance(node, Not):
        yield from facts_in(node.child)


def _needed(session: Session, node: Node) -> Condition | None:
    if isinstance(node, Fact):
        return _of_fact(session, node)
    if isinstance(node, And):
        found = [_needed(session, child) for child in node.children]
        known = [one for one in found if one is not None]
        return and_(*known) if known else None
    if isinstance(node, Or):
        parts: list[Condition] = []
        for child in node.children:
            part = _needed(session, child)
            if part is None:
                return None
            parts.append(part)
        return or_(*parts)
    return None


def _of_fact(session: Session, fact: Fact) -> Condition | None:
    if fact.name == "published":
        at = _EPOCH + timedelta(seconds=float(fact.value))
        return _compared(fact, _mention.effective_at, at)
    if fact.name in _NUMBERS:
        return _compared(fact, _NUMBERS[fact.name], float(fact.value))
    value = str(fact.value)
    if fact.name == "lang":
        told = func.replace(func.lower(_mention.lang), "_", "-")
        return or_(told == value, told.startswith(f"{value}-", autoescape=True))
    if fact.name == "country":
        return func.lower(_mention.country) == value
    if fact.name == "type":
        # Where nobody told, it is guessed from much else.
        return or_(_mention.kind.is_(None), _mention.kind == value)
    if fact.name == "platform":
        return or_(func.lower(_mention.platform) == value, _is_odd(session, _mention.platform))
    if fact.name == "source":
        return _seen_in(session, value)
    return None


def _compared(fact: Fact, column: Any, value: Any) -> Condition:
    condition: Condition = _COMPARE[fact.op](column, value)
    return condition


def _is_odd(session: Session, column: Any) -> Condition:
    """Holds something besides ASCII's visible characters, which a database may fold its own way."""
    likewise = ("GLOB", "*[^!-~]*") if dialect_of(session) == "sqlite" else ("~", "[^!-~]")
    odd: Condition = column.op(likewise[0], is_comparison=True)(likewise[1])
    return odd


def _seen_in(session: Session, name: str) -> Condition:
    sources = session.execute(select(SourceRow.id, SourceRow.name))
    ids = [source_id for source_id, known in sources if folded_name(known) == name]
    seen = select(SightingRow.mention_id).where(
        SightingRow.mention_id == _mention.id, SightingRow.source_id.in_(ids)
    )
    return seen.exists()
