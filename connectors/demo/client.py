"""The polls: a page is a span of time, cut so that no page is large."""

from __future__ import annotations

from datetime import datetime, timedelta

from connectors.contract import Batch, Cursor, Surroundings
from connectors.demo.config import DemoSettings
from connectors.demo.posts import posts
from connectors.errors import PayloadChanged

PAGE = timedelta(days=2)


class DemoConnector:
    """The cursor holds when the demo was first polled, and up to when it has told."""

    def __init__(self, settings: DemoSettings, surroundings: Surroundings) -> None:
        self._settings = settings
        self._now = surroundings.now

    def poll(self, cursor: Cursor | None) -> Batch:
        now = self._now().replace(microsecond=0)
        start, since = self._begin(cursor, now=now)
        until = min(since + PAGE, max(now, since))
        found = tuple(posts(self._settings, start=start, since=since, until=until))
        return Batch(
            mentions=found,
            cursor={"start": start.isoformat(), "until": until.isoformat()},
            more=until < now,
        )

    def _begin(self, cursor: Cursor | None, *, now: datetime) -> tuple[datetime, datetime]:
        if cursor is None:
            return now, now - timedelta(days=self._settings.days)
        try:
            start = datetime.fromisoformat(cursor["start"])
            return start, datetime.fromisoformat(cursor["until"])
        except (KeyError, TypeError, ValueError):
            raise PayloadChanged("the demo's cursor cannot be read") from None
