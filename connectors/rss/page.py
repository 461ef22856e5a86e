"""Web pages where a feed was expected: recognised, and searched for the feeds they name."""

from __future__ import annotations

import html
import re
from urllib.parse import urljoin

_HEAD = 200_000
_FIRST_TAG = re.compile(r"<(?:!doctype\s+html\b|([a-z][a-z0-9:-]*))", re.IGNORECASE)
_LINK = re.compile(r"<link\b([^>]{0,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([a-z-]{1,20})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.I)
_BASE = re.compile(r"<base\b([^>]{0,2000})>", re.IGNORECASE)
_FEED_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"}
)


def is_page(text: str) -> bool:
    """Whether this is HTML rather than a feed: by its first tag, whatever the headers say."""
    first = _FIRST_TAG.search(text, 0, 5000)
    if first is None:
        return False
    return first[1] is None or first[1].lower() in ("html", "head", "body", "div", "script")


def feeds_named(text: str, *, url: str, most: int = 3) -> list[str]:
    """Addresses of the feeds that the page's head points to, feeds of comments left out."""
    head = text[:_HEAD]
    base = _BASE.search(head)
    root = urljoin(url, _attributes(base[1]).get("href", "")) if base else url
    found: list[str] = []
    for link in _LINK.finditer(head):
        told = _attributes(link[1])
        if "alternate" not in told.get("rel", "").lower().split():
            continue
        if told.get("type", "").lower() not in _FEED_TYPES or not told.get("href"):
            continue
        if "comment" in (told.get("title", "") + told["href"]).lower():
            continue
        try:
            address = urljoin(root, told["href"].strip())
        except ValueError:
            continue
        if address.startswith(("http://", "https://")) and address not in found:
            found.append(address)
    return found[:most]


def _attributes(text: str) -> dict[str, str]:
    return {
        name.lower(): html.unescape(double or single or bare)
        for name, double, single, bare in _ATTRIBUTE.findall(text)
    }
