"""Indexing what was stored before there was an index, or under another form of words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, cast

from sqlalchemy import CursorResult, select, update

from rules.query import Document
from service.store.engine import Session, Store
from service.store.mentions import mention_of
from service.store.search import index
from service.store.search.words import FORM, words_of
from service.store.tables import MentionRow, SearchProgressRow

BATCH: Final = 500
"""Mentions of one transaction: SQLite's one writer is held for some hundredths of a second."""


def catch_up(store: Store, *, batch: int = BATCH) -> int:
    """Index the newest mentions that are behind, one batch; returns how many, 0 when none is left.

    The words are cut before the transaction begins. Where somebody else was first, nothing is
    written, and the next call goes on from there.
    """
    with store.read() as session:
        reached = index.behind(session)
    if reached == index.EVERYTHING:
        with store.write() as session:
            index.take_over(session)
    with store.read() as session:
        reached = index.behind(session)
        if not reached:
            return 0
        newest = select(MentionRow).where(MentionRow.id <= reached)
        told = _words(session, newest.order_by(MentionRow.id.desc()).limit(batch))
    now_behind = told[-1][0] - 1 if len(told) == batch else 0
    with store.write() as session:
        moved = session.execute(
            update(SearchProgressRow)
            .where(
                SearchProgressRow.id == 1,
                SearchProgressRow.form == FORM,
                SearchProgressRow.behind == reached,
            )
            .values(behind=now_behind)
            .execution_options(synchronize_session=False)
        )
        if cast(CursorResult[Any], moved).rowcount == 1:
            index.write(session, told)
    return max(len(told), 1)


def mend(store: Store, *, batch: int = BATCH) -> int:
    """Index what another version of the program left out; returns how many those were."""
    mended = 0
    with store.read() as session:
        missing = bool(index.unindexed(session, limit=1))
    while missing:
        with store.write() as session:
            ids = index.unindexed(session, limit=batch)
            index.write(session, _words(session, select(MentionRow).where(MentionRow.id.in_(ids))))
        mended += len(ids)
        missing = len(ids) == batch
    return mended


def _words(session: Session, statement: Any) -> Sequence[tuple[int, str]]:
    return [(row.id, words_of(Document.of(mention_of(row)))) for row in session.scalars(statement)]
