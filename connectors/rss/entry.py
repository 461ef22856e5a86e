"""What a feed says, whatever its format: the shape between the formats and the mentions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry in the feed's own words. ``title`` and ``text`` are plain text already."""

    id: str | None = None
    link: str | None = None
    title: str = ""
    text: str = ""
    published: str | None = None
    published_at: datetime | None = None
    author: str | None = None
    lang: str | None = None
    comments: int | None = None
    views: int | None = None
    rating: float | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A feed that was read. ``damage`` says what was wrong with it, if anything."""

    entries: tuple[Entry, ...]
    title: str = ""
    link: str | None = None
    lang: str | None = None
    ttl: timedelta | None = None
    skip_hours: frozenset[int] = frozenset()
    damage: str | None = None
