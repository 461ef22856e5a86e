"""When to poll next. Pure: outcomes and moments in, moments out."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

SHORTEST = timedelta(seconds=1)
LONGEST = timedelta(hours=24)
LONGEST_RETRY_AFTER = timedelta(days=7)
RATE_LIMIT_BACKOFF = timedelta(hours=1)
JITTER = 0.1

HOST_SPACING: Mapping[str, timedelta] = {
    # Since June 2026 Reddit answers about one request a minute and address.
    "www.reddit.com": timedelta(seconds=61),
    "reddit.com": timedelta(seconds=61),
    "old.reddit.com": timedelta(seconds=61),
}
"""Hosts that want more than the usual second between two requests."""


def after_success(
    *, every: timedelta, poll_after: timedelta | None, source_id: int, now: datetime
) -> datetime:
    """The next poll of a source that answered: its interval, or later where the platform wishes.

    Jitter of up to 10 % spreads sources that began together; it depends on the source and the
    moment alone.
    """
    wait = max(every, poll_after or timedelta(0))
    return now + min(max(jittered(wait, source_id=source_id, now=now), SHORTEST), LONGEST)


def after_failure(
    *,
    failures: int,
    every: timedelta,
    retry_after: timedelta | None,
    rate_limited: bool,
    source_id: int,
    now: datetime,
) -> datetime:
    """The next poll of a source that failed ``failures`` times in a row, this one included.

    The platform's own Retry-After counts, up to a week. Else the wait doubles with every failure
    from the source's interval (an hour when rate limited) to a day: never a retry at once, and a
    source is never given up.
    """
    if retry_after is not None:
        return now + min(max(retry_after, SHORTEST), LONGEST_RETRY_AFTER)
    first = RATE_LIMIT_BACKOFF if rate_limited else max(every, SHORTEST)
    wait = min(first * 2 ** min(failures - 1, 20), LONGEST)
    return now + min(jittered(wait, source_id=source_id, now=now), LONGEST)


def jittered(wait: timedelta, *, source_id: int, now: datetime) -> timedelta:
    """The wait, up to 10 % longer or shorter."""
    digest = hashlib.sha256(f"{source_id} {now.isoformat()}".encode()).digest()
    share = int.from_bytes(digest[:4], "big") / 0xFFFFFFFF
    return wait * (1 + JITTER * (2 * share - 1))


def take_turns(
    due: Sequence[tuple[int, frozenset[str]]], *, busy: frozenset[str], slots: int
) -> list[int]:
    """The sources to poll now: at most one request to a host at a time, at most ``slots`` in all.

    ``due``: (source, its hosts), longest waiting first. ``busy``: hosts being polled now.
    """
    taken = set(busy)
    turn: list[int] = []
    for source_id, hosts in due:
        if len(turn) < slots and hosts.isdisjoint(taken):
            turn.append(source_id)
            taken |= hosts
    return turn


def pause(hosts: frozenset[str]) -> timedelta:
    """How long the other sources of these hosts wait after one of them was polled."""
    return max((HOST_SPACING.get(host, timedelta(0)) for host in hosts), default=timedelta(0))
