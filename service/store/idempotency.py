"""Answers given to POSTs with an Idempotency-Key: a repeat gets the same answer again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, cast

from sqlalchemy import CursorResult, delete, update
from sqlalchemy.orm import Session

from service.store.dialect import insert_or
from service.store.tables import IdempotencyRow

KEEP: Final = timedelta(hours=24)
"""How long an answer is remembered; after that the same key is a new request."""

_UNANSWERED: Final = 0


@dataclass(frozen=True, slots=True)
class Kept:
    """The answer given before, and what it answered."""

    request_hash: str
    status: int
    body: dict[str, Any]


def claim(
    session: Session, *, caller: str, key: str, request_hash: str, now: datetime
) -> Kept | None:
    """Take the key for this transaction; or the answer already given under it.

    A second request with the same key waits here until the first one's transaction ends: then it
    finds its answer, or takes the key if there was none.
    """
    session.execute(
        delete(IdempotencyRow).where(
            IdempotencyRow.caller == caller,
            IdempotencyRow.key == key,
            IdempotencyRow.created_at <= now - KEEP,
        )
    )
    taken = session.execute(
        insert_or(session, IdempotencyRow)
        .values(
            caller=caller,
            key=key,
            request_hash=request_hash,
            status=_UNANSWERED,
            body={},
            created_at=now,
        )
        .on_conflict_do_nothing()
        .returning(IdempotencyRow.key)
    ).first()
    if taken is not None:
        return None
    row = session.get_one(IdempotencyRow, (caller, key))
    return Kept(request_hash=row.request_hash, status=row.status, body=dict(row.body))


def keep(session: Session, *, caller: str, key: str, status: int, body: dict[str, Any]) -> None:
    """Remember the answer under the key that this transaction claimed."""
    session.execute(
        update(IdempotencyRow)
        .where(IdempotencyRow.caller == caller, IdempotencyRow.key == key)
        .values(status=status, body=body)
    )


def expire(session: Session, *, now: datetime) -> int:
    """Forget the answers that are too old to be asked for again; returns how many."""
    gone = session.execute(delete(IdempotencyRow).where(IdempotencyRow.created_at <= now - KEEP))
    return cast(CursorResult[Any], gone).rowcount
