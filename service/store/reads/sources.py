"""Sources as the doors show them, and the spans in which one could not be heard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from service.errors import NotFound
from service.store.tables import BlindSpotRow, SourceRow


@dataclass(frozen=True, slots=True)
class BlindSpotView:
    """A span in which a source could not be heard; ``ended_at`` is None while it lasts."""

    id: int
    source_id: int
    source_name: str
    started_at: datetime
    ended_at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class SourceView:
    """One configured place to listen.

    ``state``: new, ok, failing (will be tried again), stopped (needs a person). ``blind`` is its
    present blind spot. ``settings`` hold references to secrets, never secrets.
    """

    id: int
    name: str
    connector: str
    settings: dict[str, Any]
    every: timedelta
    tier: int
    enabled: bool
    state: str
    blind: BlindSpotView | None
    next_poll_at: datetime
    last_polled_at: datetime | None
    last_success_at: datetime | None
    last_error: str | None
    notice: str | None
    failures: int
    mention_count: int
    left_out_count: int
    created_at: datetime


def source_list(session: Session, *, state: str | None = None) -> list[SourceView]:
    """All sources by name, or those in one state. Two queries, however many there are."""
    statement = select(SourceRow).order_by(SourceRow.name, SourceRow.id)
    if state is not None:
        statement = statement.where(SourceRow.state == state)
    blind = {spot.source_id: spot for spot in blind_spots(session, lasting=True)}
    return [_view(row, blind=blind.get(row.id)) for row in session.scalars(statement)]


def source_view(session: Session, source_id: int) -> SourceView:
    """One source. Raises NotFound."""
    row = session.get(SourceRow, source_id)
    if row is None:
        raise NotFound(f"there is no source {source_id}")
    spots = blind_spots(session, source_id=source_id, lasting=True, limit=1)
    return _view(row, blind=spots[0] if spots else None)


def blind_spots(
    session: Session,
    *,
    source_id: int | None = None,
    since: datetime | None = None,
    lasting: bool = False,
    limit: int | None = None,
) -> list[BlindSpotView]:
    """Blind spots, the last begun first: all, those not over before ``since``, or the lasting."""
    statement = (
        select(BlindSpotRow, SourceRow.name)
        .join(SourceRow, SourceRow.id == BlindSpotRow.source_id)
        .order_by(BlindSpotRow.started_at.desc(), BlindSpotRow.id.desc())
        .limit(limit)
    )
    if source_id is not None:
        statement = statement.where(BlindSpotRow.source_id == source_id)
    if lasting:
        statement = statement.where(BlindSpotRow.ended_at.is_(None))
    if since is not None:
        statement = statement.where(
            or_(BlindSpotRow.ended_at.is_(None), BlindSpotRow.ended_at >= since)
        )
    return [
        BlindSpotView(
            id=row.id,
            source_id=row.source_id,
            source_name=name,
            started_at=row.started_at,
            ended_at=row.ended_at,
            reason=row.reason,
        )
        for row, name in session.execute(statement)
    ]


def _view(row: SourceRow, *, blind: BlindSpotView | None) -> SourceView:
    return SourceView(
        id=row.id,
        name=row.name,
        connector=row.connector,
        settings=dict(row.settings),
        every=timedelta(seconds=row.every_seconds),
        tier=row.tier,
        enabled=row.enabled,
        state=row.state,
        blind=blind,
        next_poll_at=row.next_poll_at,
        last_polled_at=row.last_polled_at,
        last_success_at=row.last_success_at,
        last_error=row.last_error,
        notice=row.notice,
        failures=row.failures,
        mention_count=row.mention_count,
        left_out_count=row.left_out_count,
        created_at=row.created_at,
    )
