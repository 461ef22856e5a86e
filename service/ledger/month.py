"""The report of one month: what rules were worth, beside the month before."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from service.errors import Invalid
from service.ledger.account import ledger, time_of
from service.store.brands import BrandFacts
from service.store.engine import Session

_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])", re.ASCII)


def month_of(text: str) -> datetime:
    """The begin of a month (UTC) that is written 2026-10. Raises Invalid."""
    told = _MONTH.fullmatch(text)
    if told is None or not 1970 <= int(told[1]) <= 2999:
        message = f"{text!r} is no month; write it as 2026-10"
        raise Invalid(message, errors=[{"in": "query", "field": "month", "message": message}])
    return datetime(int(told[1]), int(told[2]), 1, tzinfo=UTC)


def written(month: datetime) -> str:
    return f"{month:%Y-%m}"


def after(month: datetime) -> datetime:
    """The begin of the next month."""
    return month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)


def before(month: datetime) -> datetime:
    """The begin of the month before."""
    return month.replace(year=month.year - (month.month == 1), month=(month.month - 2) % 12 + 1)


def month_report(
    session: Session, brand: BrandFacts, month: datetime, *, target: float, now: datetime
) -> dict[str, Any]:
    """The ledger of the month with the totals of the month before. ``month``: its begin.

    ``so_far``: until when, where the month is not over. Raises Invalid for one to come.
    """
    if month >= now:
        raise Invalid(f"{written(month)} has not begun")
    end = min(after(month), now)
    told = ledger(session, brand, since=month, until=end, target=target)
    old = ledger(session, brand, since=before(month), until=month, target=target)
    return {
        "month": written(month),
        "brand_name": brand.name,
        "so_far": time_of(end) if end < after(month) else None,
        **told,
        "before": {
            "month": written(before(month)),
            "total": old["total"],
            "missed": len(old["missed"]),
        },
    }
