"""Entering what happened and no alert told of."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from service.errors import Invalid
from service.store.engine import Session
from service.store.ledger import add_missed
from service.store.reads.by_address import first_known_at, spellings

LONGEST_TITLE: Final = 200
LONGEST_NOTE: Final = 4000


def enter(
    session: Session,
    brand_id: int,
    *,
    title: str,
    began_at: datetime | None,
    ended_at: datetime | None,
    by: str,
    now: datetime,
    note: str = "",
    post: str = "",
) -> int:
    """Its id. Without ``began_at`` it began when ``post``, the address of a stored post, was
    posted; without ``ended_at`` it goes on until now. Raises Invalid, which names the field."""
    title = " ".join(title.split())
    if not 0 < len(title) <= LONGEST_TITLE:
        raise _wrong("title", f"needs 1 to {LONGEST_TITLE} characters")
    if len(note) > LONGEST_NOTE:
        raise _wrong("note", f"is longer than {LONGEST_NOTE} characters")
    if post:
        began_at = began_at or _posted(session, post)
        note = f"{post}\n{note}".strip()
    if began_at is None:
        raise _wrong("began_at", "is missing: say when it began, or by which post")
    end = ended_at or now
    if not began_at < end <= now:
        raise _wrong("began_at", "must lie before its end, and neither in the future")
    return add_missed(
        session,
        brand_id,
        title=title,
        began_at=began_at,
        ended_at=end,
        entered_by=by,
        note=note,
        now=now,
    )


def _posted(session: Session, post: str) -> datetime:
    posted = first_known_at(session, spellings(post))
    if posted is None:
        raise _wrong("post", "is not stored; say when it began")
    return posted


def _wrong(field: str, message: str) -> Invalid:
    return Invalid(
        f"{field} {message}", errors=[{"in": "body", "field": field, "message": message}]
    )
