"""Statuses to errors: what each answer asks the caller to do."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from connectors.errors import AuthFailed, ConnectorError, Gone, RateLimited, Refused, Transient

LONGEST_WAIT = timedelta(days=7)
"""More than a server may ask for: a wrong header must not silence a source for a year."""

_EPOCH_FROM = 1_000_000_000


def error_for(
    status: int, headers: Mapping[str, str], *, what: str, now: datetime
) -> ConnectorError | None:
    """The error a status means, or None where it is an answer. ``headers`` in lower case."""
    wait = retry_after(headers, now=now)
    if status == 401:
        return AuthFailed(f"{what} asks for credentials, or refused ours (401)")
    if status == 407:
        return AuthFailed(f"{what} is behind a proxy that asks for credentials (407)")
    if status == 403:
        limited = wait is not None or any(name.startswith("x-ratelimit-") for name in headers)
        if limited:
            return RateLimited(f"{what} allows no more requests for now (403)", retry_after=wait)
        return Refused(f"{what} refused the request (403)")
    if status == 410:
        return Gone(f"{what} is gone for good (410)")
    if status == 429:
        return RateLimited(f"{what} had too many requests (429)", retry_after=wait)
    if status == 503 and wait is not None:
        return RateLimited(f"{what} is busy (503)", retry_after=wait)
    if status == 404:
        # Platforms answer 404 for hours to places that exist; it is never the end of a source.
        return Transient(f"{what} was not found (404)")
    if status in (200, 203, 204, 206, 304):
        return None
    return Transient(f"{what} answered with status {status}", retry_after=wait)


def retry_after(headers: Mapping[str, str], *, now: datetime) -> timedelta | None:
    """How long the server wants us to wait: Retry-After (seconds or date), x-ratelimit-reset."""
    told = headers.get("retry-after", "").strip()
    if told:
        seconds = _number(told)
        if seconds is not None:
            return _bounded(seconds)
        try:
            moment = parsedate_to_datetime(told)
        except (ValueError, TypeError, IndexError, OverflowError):
            moment = None
        if moment is not None:
            aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            return _bounded((aware - now).total_seconds())
    reset = _number(headers.get("x-ratelimit-reset", "").strip())
    if reset is None:
        return None
    # Seconds from now at some platforms (Reddit), a Unix time at others (GitHub).
    return _bounded(reset - now.timestamp() if reset > _EPOCH_FROM else reset)


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _bounded(seconds: float) -> timedelta:
    return timedelta(seconds=min(max(seconds, 0.0), LONGEST_WAIT.total_seconds()))
