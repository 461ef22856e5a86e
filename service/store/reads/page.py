"""Pages of a list: what comes next is told by the last row shown, so nothing is shown twice or
left out when new rows come in between."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Generic, TypeVar

from service.errors import Invalid

T = TypeVar("T")

LONGEST_PAGE = 200


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows, and the cursor that gives the next ones; None at the end."""

    items: tuple[T, ...]
    next_cursor: str | None


def write_cursor(at: datetime, row_id: int) -> str:
    """The place after one row, as an opaque word that may stand in a URL."""
    told = json.dumps([at.astimezone(UTC).isoformat(), row_id], separators=(",", ":"))
    return base64.urlsafe_b64encode(told.encode()).decode().rstrip("=")


def read_cursor(cursor: str) -> tuple[datetime, int]:
    """The place a cursor tells. Raises Invalid for one that we did not write."""
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        told = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        at, row_id = told
        moment = datetime.fromisoformat(at)
        if moment.tzinfo is None or type(row_id) is not int or abs(row_id) >= 2**63:
            raise ValueError("not a place")
        return moment.astimezone(UTC), row_id
    except (ValueError, TypeError, OverflowError, binascii.Error):
        raise Invalid(
            "the cursor is not one that this service gave out; begin again without it",
            code="invalid-cursor",
        ) from None


def checked_limit(limit: int) -> int:
    """Raises Invalid for a page of no rows or of more than ``LONGEST_PAGE``."""
    if not 1 <= limit <= LONGEST_PAGE:
        raise Invalid(f"limit must be from 1 to {LONGEST_PAGE}, not {limit}")
    return limit
