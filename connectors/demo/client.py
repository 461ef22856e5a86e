"""The connector: pages through what the story has posted up to now."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import islice

from connectors.contract import Batch, Cursor, Surroundings
from connectors.demo.config import DemoSettings
from connectors.demo.generate import mention_of, posts
from connectors.demo.story import Story
from connectors.errors import Misconfigured


class DemoConnector:
    """Cursor: ``start`` (the first poll) and ``after`` (the last post brought), both ISO 8601."""

    def __init__(self, settings: DemoSettings, surroundings: Surroundings) -> None:
        self._settings = settings
        self._now = surroundings.now

    def poll(self, cursor: Cursor | None) -> Batch:
        now = self._now().astimezone(UTC)
        if cursor is None:
            # Whole minutes: the story is laid out in minutes.
            start = now.replace(second=0, microsecond=0)
            after = start - timedelta(days=self._settings.days)
        else:
            start, after = _moment(cursor, "start"), _moment(cursor, "after")
        began = start - timedelta(minutes=self._settings.storm_minutes_ago)
        ignition = began if self._settings.storm else None
        story = Story(seed=self._settings.seed, start=start, ignition=ignition)
        waiting = posts(story, after=after, until=now)
        page = list(islice(waiting, self._settings.page_size))
        more = next(waiting, None) is not None
        if page:
            after = page[-1].at
        return Batch(
            mentions=tuple(mention_of(post, collected_at=now) for post in page),
            cursor={"start": start.isoformat(), "after": after.isoformat()},
            more=more,
            notice="DEMO: everything this source brings is invented.",
        )


def _moment(cursor: Cursor, key: str) -> datetime:
    try:
        return datetime.fromisoformat(cursor[key]).astimezone(UTC)
    except (KeyError, TypeError, ValueError):
        raise Misconfigured(
            f"the cursor of this demo source has no usable {key!r}; remove the source and "
            "add it anew"
        ) from None
