"""Slows guessing down: failed logins are counted per name and address, and per address.

Kept in the memory of one process: a restart forgets, and several ``api`` processes each count
their own; passwords of twelve characters make that enough. A name is never locked for everybody,
since that would let anybody lock the person on call out in the middle of a crisis.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from datetime import datetime, timedelta
from typing import Final

WINDOW: Final = timedelta(minutes=15)
PER_NAME_AND_ADDRESS: Final = 5
PER_ADDRESS: Final = 30
REMEMBERED: Final = 10_000
"""Keys kept; beyond that the one longest untouched is forgotten."""


class Throttle:
    """Counts failures in a sliding window. Safe to use from several threads."""

    def __init__(self) -> None:
        self._failures: OrderedDict[tuple[str, ...], deque[datetime]] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, *, name: str, address: str, now: datetime) -> timedelta | None:
        """How long this one has to wait before trying again; None where they may try now."""
        with self._lock:
            waits = [
                self._oldest(key, limit=limit) + WINDOW - now
                for key, limit in _keys(name, address)
                if self._count(key, now=now) >= limit
            ]
        return max(waits, default=None)

    def failed(self, *, name: str, address: str, now: datetime) -> None:
        with self._lock:
            for key, limit in _keys(name, address):
                self._failures.setdefault(key, deque(maxlen=limit)).append(now)
                self._failures.move_to_end(key)
            while len(self._failures) > REMEMBERED:
                self._failures.popitem(last=False)

    def succeeded(self, *, name: str, address: str) -> None:
        """Forget what this person mistyped; the address keeps its count."""
        with self._lock:
            self._failures.pop((_name(name), address), None)

    def _count(self, key: tuple[str, ...], *, now: datetime) -> int:
        times = self._failures.get(key, deque())
        while times and now - times[0] >= WINDOW:
            times.popleft()
        return len(times)

    def _oldest(self, key: tuple[str, ...], *, limit: int) -> datetime:
        return self._failures[key][-limit]


def _keys(name: str, address: str) -> tuple[tuple[tuple[str, ...], int], ...]:
    return ((_name(name), address), PER_NAME_AND_ADDRESS), ((address,), PER_ADDRESS)


def _name(name: str) -> str:
    return name.strip().lower()[:200]
