"""The App Store's customer reviews as JSON: Atom put into objects, ``{"label": …}`` around all.

Shape: itunes.apple.com/COUNTRY/rss/customerreviews/id=APP/json. Pure.
"""

from __future__ import annotations

from typing import Any

from connectors.dates import parse_date
from connectors.markup import one_line, plain
from connectors.rss.entry import Document, Entry


def read_reviews(feed: dict[str, Any]) -> Document | None:
    """The reviews, or None where this is something else."""
    inner = feed.get("feed")
    if not isinstance(inner, dict) or "entry" not in inner:
        return None
    entries = inner["entry"] if isinstance(inner["entry"], list) else [inner["entry"]]
    return Document(
        entries=tuple(_entry(entry) for entry in entries), title=one_line(_label(inner, "title"))
    )


def _entry(entry: Any) -> Entry:
    if not isinstance(entry, dict):
        return Entry()
    rating = _label(entry, "im:rating")
    published = _label(entry, "updated") or None
    return Entry(
        id=_label(entry, "id") or None,
        title=one_line(_label(entry, "title")),
        text=plain(_label(entry, "content")),
        published=published,
        published_at=parse_date(published),
        author=one_line(_label(entry.get("author"), "name"), limit=200) or None,
        rating=float(rating) if rating in {"1", "2", "3", "4", "5"} else None,
    )


def _label(holder: object, name: str) -> str:
    value = holder.get(name) if isinstance(holder, dict) else None
    label = value.get("label") if isinstance(value, dict) else None
    return label.strip() if isinstance(label, str) else ""
