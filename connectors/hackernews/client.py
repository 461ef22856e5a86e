"""The poll: asks for the time since the last one, in windows that fit a page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from connectors.contract import Batch, Cursor, LeftOut, Surroundings
from connectors.errors import PayloadChanged
from connectors.hackernews.config import HackerNewsSettings
from connectors.hackernews.parse import Page, read_page, to_mention, written_at
from rules.mention import Mention

_OVERLAP = 30 * 60
"""Seconds that are asked for again: posts enter the index some time after they were written."""
_REMEMBERED = 2000
_REACHABLE = 1000
"""Hits that Algolia gives for one query, however it is paged."""


class HackerNewsConnector:
    """Polls one search, oldest window first.

    Cursor: ``since``, all posts up to this second were given; ``seen``, the posts of the last half
    hour, so that asking again gives none twice; ``span``, while catching up, the window that fit.
    """

    def __init__(self, settings: HackerNewsSettings, surroundings: Surroundings) -> None:
        self._settings = settings
        self._surroundings = surroundings

    def poll(self, cursor: Cursor | None) -> Batch:
        now = self._surroundings.now()
        known: dict[str, Any] = dict(cursor or {})
        end = int(now.timestamp())
        first = end - int(timedelta(days=self._settings.since_days).total_seconds())
        since = min(int(known.get("since", first)), end)
        seen = {str(number): int(second) for number, second in known.get("seen", [])}
        span = known.get("span")
        # While catching up the windows join exactly; posts come late only to the newest one.
        low = since + 1 if span else since - _OVERLAP if cursor else since
        high = min(end, low + 2 * int(span)) if span else end
        hits, low, high = self._window(low, high, since=since)
        # What lies outside the window was not asked for; older posts are no longer remembered.
        hits = [hit for hit in hits if (second := written_at(hit)) is None or low <= second <= high]
        mentions, left_out = self._mentions(hits, seen=seen)
        seen.update({str(hit["objectID"]): written_at(hit) or 0 for hit in _posts(hits)})
        more = high < end
        recent = [
            [number, second]
            for number, second in sorted(seen.items(), key=lambda pair: pair[1])
            if second >= high - _OVERLAP
        ]
        following: dict[str, Any] = {"since": high, "seen": recent[-_REMEMBERED:]}
        if more:
            following["span"] = max(high - low, 1)
        return Batch(tuple(mentions), following, more=more, left_out=tuple(left_out))

    def _window(self, low: int, high: int, *, since: int) -> tuple[list[Any], int, int]:
        """All hits of the earliest window from ``low`` on that is small enough to be whole."""
        while True:
            page = self._page(low, high, page=0)
            if page.total <= len(page.hits) or len(page.hits) < self._settings.page_size:
                return list(page.hits), low, high
            if high > low:
                high = low + (high - low) // 2
                if high < since:
                    low = high = since
                continue
            return self._pages(low, high, first=list(page.hits), total=page.total), low, high

    def _pages(self, low: int, high: int, *, first: list[Any], total: int) -> list[Any]:
        """The further pages of a window of one second, as far as the API gives them."""
        hits = first
        for number in range(1, _REACHABLE // self._settings.page_size + 1):
            if len(hits) >= total:
                break
            page = self._page(low, high, page=number)
            if not page.hits:
                break
            hits.extend(page.hits)
        return hits

    def _page(self, low: int, high: int, *, page: int) -> Page:
        asked = urlencode(
            {
                "query": self._settings.query,
                "tags": self._settings.tags,
                "numericFilters": f"created_at_i>={low},created_at_i<={high}",
                "hitsPerPage": self._settings.page_size,
                "page": page,
            }
        )
        url = f"{self._settings.base_url.rstrip('/')}/search_by_date?{asked}"
        return read_page(self._surroundings.http.get(url).body)

    def _mentions(
        self, hits: list[Any], *, seen: dict[str, int]
    ) -> tuple[list[Mention], list[LeftOut]]:
        """What is new among the hits, oldest first. Raises PayloadChanged if none is a post."""
        posts = _posts(hits)
        left_out = [
            LeftOut("it is no post: id or time is missing", str(hit)[:100])
            for hit in hits
            if written_at(hit) is None
        ]
        if left_out and not posts:
            raise PayloadChanged(
                f"none of {len(hits)} hits could be read", sample=str(hits[0])[:2000]
            )
        mentions: dict[str, Mention] = {}
        now = self._surroundings.now()
        for hit in sorted(posts, key=lambda post: (written_at(post) or 0, str(post["objectID"]))):
            if str(hit["objectID"]) in seen:
                continue
            read = to_mention(hit, now=now)
            if isinstance(read, LeftOut):
                left_out.append(read)
            else:
                mentions[read.id] = read
        return list(mentions.values()), left_out


def _posts(hits: list[Any]) -> list[dict[str, Any]]:
    return [hit for hit in hits if written_at(hit) is not None]
