"""Where mentions that a query may hold of stand in time: the newest first, without their texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, literal_column, or_, select
from sqlalchemy.orm import Session

from service.store.base import Big, Utc
from service.store.dialect import dialect_of
from service.store.search import index
from service.store.search.needed import Needed
from service.store.tables import MatchRow, MentionRow

FEW: Final = 5_000
"""So many holders of the needed words are looked up one by one and sorted. Of more of them, the
newest are soon met on the way back through time."""


class Place(NamedTuple):
    """Of a mention in time; two of one moment are told apart by their ids."""

    at: datetime
    mention_id: int


@dataclass(frozen=True, slots=True)
class Scope:
    """Which mentions are looked at. ``since`` <= effective_at < ``until``; ``before``: only what
    comes after this place, going back in time. ``asked``: what one and the same match of the
    mention must be, if anything; ``about``: what the mention's columns must say."""

    since: datetime | None = None
    until: datetime | None = None
    before: Place | None = None
    asked: Sequence[ColumnElement[bool]] = field(default=())
    about: Sequence[ColumnElement[bool]] = field(default=())


def places(
    session: Session, *, needed: Needed | None, scope: Scope, few: int = FEW
) -> Iterator[Place]:
    """The places of all mentions in the scope that may hold what is needed, newest first.

    Reads as far as the caller does; what is not in the index yet is among them.
    """
    along = _along(session, scope, by_time=True)
    if needed is None:
        return _read(session, along)
    behind = index.behind(session)
    holders = index.holders(session, needed)
    if behind:
        return _read(session, along, or_(along.key <= behind, along.key.in_(holders)))
    # No planner can guess how many rows a full-text question will give, so it is told the way.
    known = index.few_holders(session, needed, most=few)
    if known is None:
        # The sign keeps SQLite from looking up each holder: along the time, it asks the set.
        return _read(session, along, along.plain_key.in_(holders))
    by_id = _along(session, scope, by_time=False)
    return _read(session, by_id, by_id.key.in_(known))


@dataclass(frozen=True, slots=True)
class _Along:
    """A way through the mentions, or through the matches where those are asked about."""

    at: Any
    key: Any
    plain_key: Any
    statement: Any


def _along(session: Session, scope: Scope, *, by_time: bool) -> _Along:
    row = MatchRow if scope.asked else MentionRow
    at: Any = row.effective_at
    key: Any = MatchRow.mention_id if scope.asked else MentionRow.id
    signed = dialect_of(session) == "sqlite"
    plain_key = literal_column(f"+{row.__tablename__}.{key.key}", Big) if signed else key
    if signed and not by_time:
        at = literal_column(f"+{row.__tablename__}.effective_at", Utc)
    statement = select(at.label("at"), key.label("place"))
    if scope.asked:
        statement = statement.where(*scope.asked).distinct()
        if scope.about:
            statement = statement.join(MentionRow, MentionRow.id == MatchRow.mention_id)
    statement = statement.where(*scope.about)
    if scope.since is not None:
        statement = statement.where(at >= scope.since)
    if scope.until is not None:
        statement = statement.where(at < scope.until)
    if scope.before is not None:
        last_at, last_id = scope.before
        # The first condition is implied, and it is the one that an index can be entered by.
        statement = statement.where(at <= last_at, or_(at < last_at, key < last_id))
    return _Along(at, key, plain_key, statement.order_by(at.desc(), key.desc()))


def _read(
    session: Session, along: _Along, condition: ColumnElement[bool] | None = None
) -> Iterator[Place]:
    statement = along.statement if condition is None else along.statement.where(condition)
    with session.execute(statement.execution_options(yield_per=500)) as rows:
        for at, key in rows:
            yield Place(at, key)
