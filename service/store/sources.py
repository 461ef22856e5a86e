"""Sources: which are due, who polls them, and how the last poll went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, or_, select, update
from sqlalchemy.orm import Session

from service.errors import NotFound
from service.store.tables import BlindSpotRow, SourceRow

STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """One source as a poll needs it. ``settings`` hold references to secrets, never secrets."""

    id: int
    name: str
    connector: str
    settings: dict[str, Any]
    every: timedelta
    tier: int
    enabled: bool
    state: str
    cursor: dict[str, Any] | None
    failures: int
    next_poll_at: datetime
    leased_until: datetime | None
    last_polled_at: datetime | None
    last_success_at: datetime | None


def facts(row: SourceRow) -> SourceFacts:
    return SourceFacts(
        id=row.id,
        name=row.name,
        connector=row.connector,
        settings=dict(row.settings),
        every=timedelta(seconds=row.every_seconds),
        tier=row.tier,
        enabled=row.enabled,
        state=row.state,
        cursor=None if row.cursor is None else dict(row.cursor),
        failures=row.failures,
        next_poll_at=row.next_poll_at,
        leased_until=row.leased_until,
        last_polled_at=row.last_polled_at,
        last_success_at=row.last_success_at,
    )


def get_source(session: Session, source_id: int) -> SourceFacts:
    """One source. Raises NotFound."""
    row = session.get(SourceRow, source_id)
    if row is None:
        raise NotFound(f"there is no source {source_id}")
    return facts(row)


def find_source(session: Session, name: str) -> SourceFacts | None:
    row = session.scalars(select(SourceRow).where(SourceRow.name == name)).one_or_none()
    return None if row is None else facts(row)


def list_sources(session: Session, *, enabled_only: bool = False) -> list[SourceFacts]:
    statement = select(SourceRow).order_by(SourceRow.name)
    if enabled_only:
        statement = statement.where(SourceRow.enabled.is_(True))
    return [facts(row) for row in session.scalars(statement)]


def list_due(session: Session, *, now: datetime, limit: int) -> list[SourceFacts]:
    """Sources whose time has come and that nobody is polling, longest waiting first."""
    statement = (
        select(SourceRow)
        .where(
            SourceRow.enabled.is_(True),
            SourceRow.state != STOPPED,
            SourceRow.next_poll_at <= now,
            or_(SourceRow.leased_until.is_(None), SourceRow.leased_until <= now),
        )
        .order_by(SourceRow.next_poll_at, SourceRow.id)
        .limit(limit)
    )
    return [facts(row) for row in session.scalars(statement)]


def list_leased(session: Session, *, now: datetime) -> list[SourceFacts]:
    """Sources that somebody is polling now."""
    statement = select(SourceRow).where(SourceRow.leased_until > now)
    return [facts(row) for row in session.scalars(statement)]


def lease(session: Session, source: SourceFacts, *, now: datetime, length: timedelta) -> bool:
    """Take a due source; False when somebody else was first.

    The next poll is written before this one begins: a crash or a restart does not poll again at
    once, and the unchanged cursor loses nothing.
    """
    taken = session.execute(
        update(SourceRow)
        .where(
            SourceRow.id == source.id,
            SourceRow.enabled.is_(True),
            SourceRow.next_poll_at == source.next_poll_at,
            or_(SourceRow.leased_until.is_(None), SourceRow.leased_until <= now),
        )
        .values(leased_until=now + length, next_poll_at=now + source.every, last_polled_at=now)
    )
    return cast(CursorResult[Any], taken).rowcount == 1


def release(session: Session, source_id: int, *, due_at: datetime) -> None:
    """Whoever polled it is dead: it is due again, from the cursor it has."""
    session.execute(
        update(SourceRow)
        .where(SourceRow.id == source_id)
        .values(leased_until=None, next_poll_at=due_at)
    )


def defer(session: Session, source_ids: Sequence[int], *, until: datetime) -> None:
    """Poll these no earlier than ``until``: their host asked for it."""
    if source_ids:
        session.execute(
            update(SourceRow)
            .where(SourceRow.id.in_(source_ids), SourceRow.next_poll_at < until)
            .values(next_poll_at=until)
        )


def record_success(
    session: Session,
    source_id: int,
    *,
    now: datetime,
    cursor: dict[str, Any],
    next_poll_at: datetime | None,
    stored: int,
    left_out: int,
    notice: str | None,
) -> None:
    """The poll's page is stored: move the cursor, in this transaction.

    ``next_poll_at`` None: another page follows at once and the lease goes on. With the last page
    the source is heard again: its failures are forgotten and its blind spot ends.
    """
    values: dict[str, Any] = {
        "cursor": cursor,
        "notice": notice,
        "mention_count": SourceRow.mention_count + stored,
        "left_out_count": SourceRow.left_out_count + left_out,
    }
    if next_poll_at is not None:
        values |= {
            "state": "ok",
            "failures": 0,
            "last_error": None,
            "last_success_at": now,
            "next_poll_at": next_poll_at,
            "leased_until": None,
        }
        session.execute(
            update(BlindSpotRow)
            .where(BlindSpotRow.source_id == source_id, BlindSpotRow.ended_at.is_(None))
            .values(ended_at=now)
        )
    session.execute(update(SourceRow).where(SourceRow.id == source_id).values(values))


def record_failure(
    session: Session,
    source_id: int,
    *,
    now: datetime,
    error: str,
    next_poll_at: datetime,
    stopped: bool,
) -> None:
    """The source could not be heard: say why, try again later, and open a blind spot."""
    session.execute(
        update(SourceRow)
        .where(SourceRow.id == source_id)
        .values(
            state=STOPPED if stopped else "failing",
            failures=SourceRow.failures + 1,
            last_error=error,
            next_poll_at=next_poll_at,
            leased_until=None,
        )
    )
    open_spot = session.scalars(
        select(BlindSpotRow).where(
            BlindSpotRow.source_id == source_id, BlindSpotRow.ended_at.is_(None)
        )
    ).first()
    if open_spot is None:
        session.add(BlindSpotRow(source_id=source_id, started_at=now, ended_at=None, reason=error))
    else:
        open_spot.reason = error
