"""Moments as they are given on the command line."""

from __future__ import annotations

from datetime import UTC, datetime

from service.cli.app import WrongInput
from service.workspace.durations import parse_duration


def parse_moment(text: str | None, *, now: datetime) -> datetime | None:
    """A date, a time (UTC unless it says otherwise), or how long ago: ``7d``. Raises WrongInput."""
    if text is None:
        return None
    try:
        return now - parse_duration(text)
    except ValueError:
        pass
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise WrongInput(
            f"{text!r} is no moment; write 2026-01-31, 2026-01-31T12:00:00Z, or 7d for 7 days ago"
        ) from None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
