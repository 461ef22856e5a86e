"""The poll: the only I/O of this connector."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from connectors.contract import Batch, Cursor, LeftOut, Surroundings
from connectors.errors import PayloadChanged
from connectors.http import Response, shown_url
from connectors.rss.config import RssSettings
from connectors.rss.mentions import to_mentions
from connectors.rss.parse import read
from connectors.rss.schedule import poll_after
from rules.mention import Mention

_REMEMBERED = 2000


class RssConnector:
    """Polls one feed.

    The cursor holds the validators (byte for byte, dropped when the server stops sending them), a
    hash of the body, and short hashes of the entries seen. The first poll is unconditional, all
    later ones are conditional.
    """

    def __init__(self, settings: RssSettings, surroundings: Surroundings) -> None:
        self._settings = settings
        self._surroundings = surroundings

    def poll(self, cursor: Cursor | None) -> Batch:
        known: dict[str, Any] = dict(cursor or {})
        if known.get("url") != _digest(self._settings.url):
            # The address was edited: its validators speak of another place.
            known = {"seen": known.get("seen", [])}
        response = self._surroundings.http.get(
            self._settings.url, headers=_conditions(known), auth=self._settings.auth
        )
        now = self._surroundings.now()
        notices = [_moved(response)]
        if response.status == 304:
            return Batch(
                (),
                self._cursor(known, response, keep=True),
                poll_after=poll_after(response.headers, now=now),
                notice=_together(notices),
            )
        digest = hashlib.sha256(response.body).hexdigest()
        if known.get("hash") == digest:
            return Batch(
                (),
                self._cursor(known, response),
                poll_after=poll_after(response.headers, now=now),
                notice=_together(notices),
            )
        return self._read(response, known, digest=digest, notices=notices, now=now)

    def _read(
        self,
        response: Response,
        known: dict[str, Any],
        *,
        digest: str,
        notices: list[str | None],
        now: datetime,
    ) -> Batch:
        document = read(
            response.body,
            url=response.url,
            content_type=response.headers.get("content-type", ""),
        )
        mentions, left_out = to_mentions(
            document,
            url=self._settings.url,
            platform=self._settings.platform,
            lang=self._settings.lang,
            now=now,
        )
        if not mentions and left_out:
            raise PayloadChanged(
                f"none of the {len(left_out)} entries could be read: {left_out[0].reason}",
                sample=response.body[:2000].decode("utf-8", "replace"),
            )
        if document.damage and not document.entries:
            raise PayloadChanged(
                f"the feed is damaged and no entry is left: {document.damage}",
                sample=response.body[:2000].decode("utf-8", "replace"),
            )
        if document.damage:
            notices.append(
                f"the feed is damaged: {document.damage}; {len(mentions)} of"
                f" {len(document.entries)} entries were readable"
            )
        mentions = mentions[-self._settings.max_entries :]
        fresh, seen = _unseen(mentions, seen=known.get("seen", []))
        cursor = self._cursor({**known, "hash": digest, "seen": seen}, response)
        return Batch(
            tuple(fresh),
            cursor,
            left_out=_bounded(left_out),
            poll_after=poll_after(
                response.headers, now=now, ttl=document.ttl, skip_hours=document.skip_hours
            ),
            notice=_together(notices),
        )

    def _cursor(
        self, known: dict[str, Any], response: Response, *, keep: bool = False
    ) -> dict[str, Any]:
        """``keep``: a 304 that names no validators leaves the ones we have."""
        cursor = {**known, "url": _digest(self._settings.url)}
        for name, header in (("etag", "etag"), ("last_modified", "last-modified")):
            told = response.headers.get(header)
            if told:
                cursor[name] = told
            elif not keep:
                cursor.pop(name, None)
        return cursor


def _conditions(known: dict[str, Any]) -> dict[str, str]:
    conditions = {
        "if-none-match": known.get("etag"),
        "if-modified-since": known.get("last_modified"),
    }
    return {name: value for name, value in conditions.items() if isinstance(value, str)}


def _moved(response: Response) -> str | None:
    if response.permanent_url is None:
        return None
    return f"moved for good to {shown_url(response.permanent_url)}: edit the source"


def _together(notices: Sequence[str | None]) -> str | None:
    return "; ".join(notice for notice in notices if notice) or None


def _unseen(mentions: Sequence[Mention], *, seen: Sequence[str]) -> tuple[list[Mention], list[str]]:
    """Mentions not seen before, each once, and the list of what was seen with theirs behind.

    An entry that left the feed and comes back is not new; so the list is longer than the feed.
    """
    remembered = dict.fromkeys(seen)
    fresh: list[Mention] = []
    for mention in mentions:
        key = _digest(mention.id)
        if key not in remembered:
            fresh.append(mention)
        remembered.pop(key, None)
        remembered[key] = None
    kept = list(remembered)[-max(_REMEMBERED, 2 * len(mentions)) :]
    return fresh, kept


def _bounded(left_out: Sequence[LeftOut], *, most: int = 200) -> tuple[LeftOut, ...]:
    return tuple(left_out[:most])


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
