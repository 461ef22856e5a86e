"""Algolia's answers to mentions. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from connectors.contract import LeftOut
from connectors.errors import PayloadChanged
from connectors.markup import one_line, text_of
from rules.mention import Author, Engagement, Mention

PLATFORM = "hackernews"
_ITEM = "https://news.ycombinator.com/item?id="


@dataclass(frozen=True, slots=True)
class Page:
    """One page of hits, newest first, and how many there are in all."""

    hits: tuple[Any, ...]
    total: int


def read_page(body: bytes) -> Page:
    """Raises PayloadChanged for what is no search result."""
    sample = body[:2000].decode("utf-8", "replace")
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        raise PayloadChanged("Hacker News search answered with no JSON", sample=sample) from None
    hits = answer.get("hits") if isinstance(answer, dict) else None
    total = answer.get("nbHits") if isinstance(answer, dict) else None
    if not isinstance(hits, list) or not isinstance(total, int):
        raise PayloadChanged("Hacker News search answered without hits", sample=sample)
    return Page(tuple(hits), total)


def written_at(hit: Any) -> int | None:
    """Seconds since 1970 at which the post was written, where it is a post at all."""
    if not isinstance(hit, dict) or not _id(hit):
        return None
    second = hit.get("created_at_i")
    usable = isinstance(second, int) and not isinstance(second, bool) and 0 < second < 10**11
    return second if usable else None


def to_mention(hit: dict[str, Any], *, now: datetime) -> Mention | LeftOut:
    """The post; left out where nothing of it is left to read (deleted ones)."""
    number = _id(hit)
    title = one_line(_str(hit, "title"))
    text = text_of(_str(hit, "comment_text") or _str(hit, "story_text") or _str(hit, "text"))
    if not (title or text):
        return LeftOut("it has neither title nor text", f"{_ITEM}{number}")
    told = {
        "url": _str(hit, "url") or _str(hit, "story_url"),
        "story": _str(hit, "story_title"),
        "created_at": _str(hit, "created_at"),
    }
    return Mention(
        platform=PLATFORM,
        native_id=number,
        url=f"{_ITEM}{number}",
        title=title,
        text=text,
        published_at=datetime.fromtimestamp(written_at(hit) or 0, UTC),
        collected_at=now,
        author=Author(handle=one_line(_str(hit, "author"), limit=100) or None),
        engagement=Engagement(likes=_count(hit, "points"), comments=_count(hit, "num_comments")),
        parent_id=_parent(hit),
        kind="comment" if _str(hit, "comment_text") else "post",
        raw={name: value[:1000] for name, value in told.items() if value},
    )


def _id(hit: dict[str, Any]) -> str:
    value = hit.get("objectID")
    text = str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""
    return text if text.isascii() and text.isdigit() and len(text) < 20 else ""


def _parent(hit: dict[str, Any]) -> str | None:
    parent = hit.get("parent_id") or hit.get("story_id")
    told = str(parent) if isinstance(parent, (int, str)) and not isinstance(parent, bool) else ""
    return told if told.isascii() and told.isdigit() and told != _id(hit) else None


def _str(hit: dict[str, Any], name: str) -> str:
    value = hit.get(name)
    return value if isinstance(value, str) else ""


def _count(hit: dict[str, Any], name: str) -> int | None:
    value = hit.get(name)
    counts = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53
    return value if counts else None
