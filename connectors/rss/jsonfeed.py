"""JSON Feed 1 and 1.1 (jsonfeed.org/version/1.1), which feedparser does not know. Pure."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urljoin

from connectors.dates import parse_date
from connectors.markup import one_line, plain, text_of
from connectors.rss.appstore import read_reviews
from connectors.rss.entry import Document, Entry


def read_json(text: str, *, url: str, most: int) -> Document | None:
    """The feed, or None where the text is no JSON Feed. Items that are no objects stay empty."""
    try:
        feed = json.loads(text, parse_constant=lambda _name: None)
    except (ValueError, RecursionError):
        return None
    if not isinstance(feed, dict):
        return None
    if not isinstance(feed.get("items"), list):
        return read_reviews(feed)
    if "jsonfeed.org" not in str(feed.get("version", "")) and not _str(feed, "title"):
        return None
    lang = _str(feed, "language")
    return Document(
        entries=tuple(_entry(item, url=url) for item in feed["items"][:most]),
        title=one_line(_str(feed, "title") or "", limit=300),
        link=_link(_str(feed, "home_page_url"), url=url),
        lang=lang,
        damage=f"only its first {most} entries were read" if len(feed["items"]) > most else None,
    )


def _entry(item: Any, *, url: str) -> Entry:
    if not isinstance(item, dict):
        return Entry()
    published = _str(item, "date_published") or _str(item, "date_modified")
    html = _str(item, "content_html")
    text = text_of(html) if html else plain(_str(item, "content_text") or "")
    authors = item.get("authors")
    author = authors[0] if isinstance(authors, list) and authors else item.get("author")
    return Entry(
        id=_id(item.get("id")),
        link=_link(_str(item, "url"), url=url) or _link(_str(item, "external_url"), url=url),
        title=one_line(_str(item, "title") or ""),
        text=text or plain(_str(item, "summary") or ""),
        published=published,
        published_at=parse_date(published) or parse_date(_str(item, "date_modified")),
        author=one_line(_str(author, "name") or "", limit=200) or None,
        lang=_str(item, "language"),
    )


def _id(value: object) -> str | None:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    return value.strip() or None if isinstance(value, str) else None


def _str(holder: object, name: str) -> str | None:
    value = holder.get(name) if isinstance(holder, dict) else None
    return value.strip() or None if isinstance(value, str) else None


def _link(value: str | None, *, url: str) -> str | None:
    if not value:
        return None
    try:
        address = urljoin(url, value)
    except ValueError:
        return None
    return address if address.lower().startswith(("http://", "https://")) else None
