"""RSS, Atom and RDF through feedparser. Pure; the text given is sound, or small."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any
from urllib.parse import urljoin

import feedparser

from connectors.dates import parse_date
from connectors.markup import one_line, plain, text_of
from connectors.rss.entry import Document, Entry

_TEXT_TYPES = frozenset({"text/plain", "text"})
_MEDIA_TITLE = re.compile(r"(</?)media:title\b")
_SKIPPED = re.compile(r"<skipHours>(.{0,2000}?)</skipHours>", re.DOTALL | re.IGNORECASE)
_HOUR = re.compile(r"<hour>\s*(\d{1,2})\s*</hour>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,31});")


def read_xml(text: str, *, url: str) -> Document | None:
    """The feed, or None where the text is none. ``url`` resolves relative links."""
    # The title of a picture within an entry would overwrite the entry's own.
    text = text.replace("<media:title", "<media:heading").replace(
        "</media:title", "</media:heading"
    )
    parsed = feedparser.parse(
        io.BytesIO(text.encode("utf-8", "replace")),
        sanitize_html=False,
        resolve_relative_uris=False,
        # No content-location: feedparser would resolve ids with it, which are no addresses.
        response_headers={"content-type": "application/xml; charset=utf-8"},
    )
    if not parsed.entries and not _str(parsed, "version"):
        return None
    head = parsed.feed
    skipped = _SKIPPED.search(text, 0, 200_000)
    return Document(
        entries=tuple(_entry(entry, url=url) for entry in parsed.entries),
        title=one_line(text_of(_str(head, "title") or ""), limit=300),
        link=_address(_str(head, "link"), url=url),
        lang=_str(head, "language"),
        ttl=_minutes(_str(head, "ttl")),
        skip_hours=frozenset(int(hour) % 24 for hour in _HOUR.findall(skipped[1]))
        if skipped
        else frozenset(),
    )


def _entry(entry: dict[str, Any], *, url: str) -> Entry:
    published = _str(entry, "published") or _str(entry, "updated") or _str(entry, "created")
    moment = parse_date(published) or parse_date(_str(entry, "updated"))
    author = _own(entry, "author_detail") or {}
    return Entry(
        id=_str(entry, "id"),
        link=_link(entry, url=url),
        title=one_line(_readable(_own(entry, "title_detail"), heading=True)),
        text=_text(entry),
        published=published,
        published_at=moment,
        author=one_line(_str(author, "name") or "", limit=200) or None,
        lang=_str(_own(entry, "title_detail") or {}, "language"),
        comments=_count(_own(entry, "slash_comments")),
        views=_count((_own(entry, "media_statistics") or {}).get("views")),
        rating=_rating(_own(entry, "im_rating")),
    )


def _own(holder: dict[str, Any], name: str) -> Any:
    """The value itself: feedparser's own ``get`` puts other keys in place of missing ones."""
    return dict.get(holder, name)


def _str(holder: object, name: str) -> str | None:
    value = _own(holder, name) if isinstance(holder, dict) else None
    return value.strip() or None if isinstance(value, str) else None


def _link(entry: dict[str, Any], *, url: str) -> str | None:
    """The entry's own page. feedparser's ``link`` may be a guid that is no address."""
    links = [link for link in _own(entry, "links") or () if isinstance(link, dict)]
    for link in links:
        found = _address(link.get("href"), url=url)
        if link.get("rel", "alternate") == "alternate" and found:
            return found
    guid = _str(entry, "id")
    return _address(_str(entry, "link"), url="" if guid == _str(entry, "link") else url)


def _address(value: object, *, url: str) -> str | None:
    if not isinstance(value, str) or not value.strip():
        return None
    try:
        address = urljoin(url, "".join(value.split()))
    except ValueError:
        return None
    return address if address[:8].lower().startswith(("http://", "https://")) else None


def _text(entry: dict[str, Any]) -> str:
    """The fullest text the entry has."""
    details = list(_own(entry, "content") or ())
    details.append(_own(entry, "summary_detail"))
    found = ""
    for detail in details[:20]:
        text = _readable(detail, heading=False)
        if len(text) > len(found):
            found = text
    return found


def _readable(detail: object, *, heading: bool) -> str:
    if not isinstance(detail, dict) or not isinstance(detail.get("value"), str):
        return ""
    value: str = detail["value"]
    if detail.get("type") not in _TEXT_TYPES:
        return text_of(value)
    # Titles of RSS are declared to be text and are full of entities all the same.
    return (
        text_of(value.replace("<", "&lt;")) if heading and _ENTITY.search(value) else plain(value)
    )


def _count(value: object) -> int | None:
    text = str(value).strip() if value is not None else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def _rating(value: object) -> float | None:
    try:
        rating = float(str(value))
    except ValueError:
        return None
    return rating if 1 <= rating <= 5 else None


def _minutes(value: str | None) -> timedelta | None:
    minutes = _count(value)
    return timedelta(minutes=min(minutes, 100_000)) if minutes else None
