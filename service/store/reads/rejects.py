"""Fetched posts that no query matched: the answer to "why was this not found?"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from service.store.reads.page import Page, checked_limit, read_cursor, write_cursor
from service.store.tables import RejectRow, SourceRow


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one query did not match; ``query`` is empty where the entry could not be read."""

    query: str
    why: str


@dataclass(frozen=True, slots=True)
class RejectView:
    """One post that was fetched and not kept as a mention. Its text is hostile."""

    id: int
    identity: str
    source_id: int | None
    source_name: str | None
    platform: str
    url: str | None
    title: str
    text: str
    reasons: tuple[Reason, ...]
    collected_at: datetime


def reject_page(
    session: Session,
    *,
    source_id: int | None = None,
    words: str | None = None,
    url: str | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[RejectView]:
    """Rejects, the last collected first. Every word of ``words`` must stand in the title or the
    text; ``url`` is compared exactly. Raises Invalid for a cursor or a limit that cannot be."""
    checked_limit(limit)
    statement = (
        select(*RejectRow.__table__.c, SourceRow.name.label("source_name"))
        .outerjoin(SourceRow, SourceRow.id == RejectRow.source_id)
        .order_by(RejectRow.collected_at.desc(), RejectRow.id.desc())
        .limit(limit + 1)
    )
    if source_id is not None:
        statement = statement.where(RejectRow.source_id == source_id)
    if url is not None:
        statement = statement.where(RejectRow.url == url)
    for word in (words or "").split():
        statement = statement.where(
            or_(
                RejectRow.title.icontains(word, autoescape=True),
                RejectRow.text.icontains(word, autoescape=True),
            )
        )
    if cursor is not None:
        at, last_id = read_cursor(cursor)
        statement = statement.where(
            RejectRow.collected_at <= at,
            or_(RejectRow.collected_at < at, RejectRow.id < last_id),
        )
    rows = session.execute(statement).all()
    views = tuple(reject_view(row) for row in rows[:limit])
    more = len(rows) > limit
    return Page(
        items=views,
        next_cursor=write_cursor(views[-1].collected_at, views[-1].id) if more else None,
    )


def reject_view(row: Any) -> RejectView:
    """Of a row of rejects with the ``source_name`` beside its columns."""
    return RejectView(
        id=row.id,
        identity=row.identity,
        source_id=row.source_id,
        source_name=row.source_name,
        platform=row.platform,
        url=row.url,
        title=row.title,
        text=row.text,
        reasons=tuple(
            Reason(query=str(told.get("query", "")), why=str(told.get("why", "")))
            for told in row.reasons
        ),
        collected_at=row.collected_at,
    )
