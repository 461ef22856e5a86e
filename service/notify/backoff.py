"""When to try again, and when to stop."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Final

FIRST: Final = timedelta(seconds=5)
LONGEST: Final = {"page": timedelta(minutes=1)}
LONGEST_OTHER: Final = timedelta(minutes=5)
OBEYED: Final = timedelta(hours=1)
"""A platform that asks for more patience than this is asked again all the same."""
GIVE_UP: Final = timedelta(hours=24)


def retry_at(
    *, now: datetime, kind: str, delivery_id: int, attempts: int, retry_after: float | None
) -> datetime:
    """After ``attempts`` failed ones: doubling from five seconds, or what the platform asked for.

    Spread by up to a quarter, so that what failed together does not come back together; the
    spread follows from the delivery and the attempt, so the same facts give the same moment.
    """
    digest = hashlib.sha256(f"{delivery_id}:{attempts}".encode()).digest()
    spread = int.from_bytes(digest[:4]) / 2**32
    if retry_after is not None:
        asked = min(timedelta(seconds=max(retry_after, 0)), OBEYED)
        return now + asked + timedelta(seconds=spread)
    doubled: timedelta = FIRST * 2 ** min(max(attempts, 1) - 1, 20)
    wait = min(doubled, LONGEST.get(kind, LONGEST_OTHER))
    return now + wait * (0.75 + spread / 2)


def is_hopeless(*, now: datetime, created_at: datetime) -> bool:
    """Whether it has been tried for so long that nobody is helped by it any more."""
    return now - created_at >= GIVE_UP
