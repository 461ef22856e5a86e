"""Reading a series while it only grows: in a replay nothing arrives late."""

from __future__ import annotations

from datetime import datetime, timedelta

from rules.trend import Point, Series
from service.store.engine import Session
from service.store.series import MARGIN, read_points, read_series


class GrowingSeries:
    """``read_series`` for a store whose past minutes never change: each minute is read once.

    Called as ``read_series`` is; the same answers, at the cost of the newest minute instead of
    weeks of them. Not for a live store, where mentions arrive late.
    """

    def __init__(self) -> None:
        self._points: dict[int, list[Point]] = {}

    def __call__(self, session: Session, query_id: int, *, now: datetime, days: int) -> Series:
        start = now - timedelta(days=days) - MARGIN
        points = self._points.setdefault(query_id, [])
        last = points[-1].minute if points else start
        # The newest minute may have grown since it was read.
        while points and points[-1].minute == last:
            points.pop()
        fresh = read_points(session, query_id, since=last, until=now)
        points.extend(sorted(fresh, key=lambda point: (point.minute, point.platform)))
        while points and points[0].minute < start:
            points.pop(0)
        return read_series(session, query_id, now=now, days=days, points=points)
