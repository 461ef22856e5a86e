"""The append-only timeline of an incident, chained by hashes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from rules.incident import GENESIS, Entry, chain
from service.store.engine import Session
from service.store.tables import TimelineRow


def append(
    session: Session,
    incident_id: int,
    *,
    kind: str,
    actor: str,
    text: str,
    now: datetime,
    data: Mapping[str, Any] | None = None,
) -> int:
    """Write the next entry; returns its ``seq``.

    The caller has changed the incident's row in this transaction, which makes two writers take
    turns. ``data`` holds no floats: databases spell them differently, and the hash would not fit.
    Raises ValueError for one.
    """
    told = dict(data or {})
    _refuse_floats(told)
    kind, actor, text = (part.replace("\0", "") for part in (kind, actor, text))
    last = session.execute(
        select(TimelineRow.seq, TimelineRow.hash)
        .where(TimelineRow.incident_id == incident_id)
        .order_by(TimelineRow.seq.desc())
        .limit(1)
    ).first()
    seq, previous = (1, GENESIS) if last is None else (last.seq + 1, last.hash)
    session.add(
        TimelineRow(
            incident_id=incident_id,
            seq=seq,
            at=now,
            kind=kind,
            actor=actor,
            text=text,
            data=told,
            previous_hash=previous,
            hash=chain(previous, seq=seq, at=now, kind=kind, actor=actor, text=text, data=told),
        )
    )
    session.flush()
    return seq


def list_entries(session: Session, incident_id: int) -> list[Entry]:
    """All entries in order, as ``rules.incident.verify`` takes them."""
    rows = session.scalars(
        select(TimelineRow)
        .where(TimelineRow.incident_id == incident_id)
        .order_by(TimelineRow.seq)
        .execution_options(populate_existing=True)
    )
    return [
        Entry(
            seq=row.seq,
            at=row.at,
            kind=row.kind,
            actor=row.actor,
            text=row.text,
            data=row.data,
            previous_hash=row.previous_hash,
            hash=row.hash,
        )
        for row in rows
    ]


def _refuse_floats(value: Any) -> None:
    if isinstance(value, float):
        raise ValueError("a timeline entry's data holds no floats")
    if isinstance(value, dict):
        for part in value.values():
            _refuse_floats(part)
    elif isinstance(value, list | tuple):
        for part in value:
            _refuse_floats(part)
