"""One line to one mention: the shape of ``groundswell import``, ``match`` and ``replay``. Pure.

``{"id": …, "platform": …, "text": …, "title": …, "url": …, "lang": …, "published_at": …,
"collected_at": …, "author": {"handle", "name", "followers", "verified", "created_at",
"customer_value"} or a string, "engagement": {"likes", "shares", "comments", "views", "rating"},
"parent_id": …, "type": "post|comment|review|article", "country": …}``. Only a text or a title is
needed; other keys are ignored. CSV names nested ones ``author.handle`` or ``author_handle``.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from connectors.dates import parse_date
from connectors.markup import one_line, plain
from rules.errors import InvalidMention
from rules.mention import KINDS, Author, Engagement, Mention, canonical_url, is_country

_NESTED = {
    "author": ("handle", "name", "followers", "verified", "created_at", "customer_value"),
    "engagement": ("likes", "shares", "comments", "views", "rating"),
}
_LARGEST = 2**53


def parse_json(line: str) -> dict[str, Any]:
    """The object on a line; the byte order mark that some programs begin a file with is no part
    of it. Raises InvalidMention."""
    try:
        found = json.loads(line.removeprefix("\ufeff"))
    except RecursionError:
        raise InvalidMention("is nested too deeply") from None
    except ValueError as error:
        told = (
            f"{error.msg}, column {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        )
        raise InvalidMention(f"is not JSON ({told or 'a number is too long'})") from None
    if not isinstance(found, dict):
        raise InvalidMention("is not an object: expected {…}")
    return found


def parse_csv(record: str, *, header: Sequence[str]) -> dict[str, Any]:
    """The row as a nested object; empty cells are left away. Raises InvalidMention."""
    try:
        cells = next(csv.reader([record], strict=True), [])
    except csv.Error as error:
        raise InvalidMention(f"is not CSV ({error})") from None
    if len(cells) > len(header):
        raise InvalidMention(f"has {len(cells)} cells, but the header names {len(header)}")
    flat = {name: cell for name, cell in zip(header, cells, strict=False) if cell.strip()}
    row: dict[str, Any] = dict(flat)
    for group, names in _NESTED.items():
        nested = {
            name: flat[key]
            for name in names
            for key in (f"{group}.{name}", f"{group}_{name}")
            if key in flat
        }
        if nested:
            row[group] = nested
    return row


def parse_header(record: str) -> tuple[str, ...]:
    """The names of a CSV's columns, lower case. Raises InvalidMention."""
    try:
        names = next(csv.reader([record], strict=True), [])
    except csv.Error as error:
        raise InvalidMention(f"the header is not CSV ({error})") from None
    header = tuple(name.strip().lower() for name in names)
    if not {"text", "title"} & set(header):
        raise InvalidMention("the header names neither text nor title")
    return header


def parse_line(obj: Mapping[str, Any], *, now: datetime, platform: str = "file") -> Mention:
    """The mention that one object tells. Raises InvalidMention, naming the key that is wrong."""
    published = _moment(obj, "published_at")
    url = _text(obj, "url")
    address = canonical_url(url) if url else None
    if url and address is None:
        raise InvalidMention("url: is not an http or https address")
    title = one_line(_text(obj, "title"))
    text = plain(_text(obj, "text"))
    if not (title or text):
        raise InvalidMention("has neither text nor title")
    return Mention(
        platform=one_line(_text(obj, "platform"), limit=64).lower() or platform,
        native_id=_name(obj, "id"),
        url=address,
        title=title,
        text=text,
        lang=one_line(_text(obj, "lang"), limit=35).lower() or None,
        published_at=published,
        collected_at=_moment(obj, "collected_at") or now,
        author=_author(obj.get("author")),
        engagement=_engagement(obj.get("engagement")),
        parent_id=_name(obj, "parent_id"),
        kind=_kind(obj),
        country=_country(obj),
        raw={"published_at": str(obj["published_at"])[:100]} if published else {},
    )


def _kind(obj: Mapping[str, Any]) -> str | None:
    kind = _text(obj, "type").strip().lower()
    if kind and kind not in KINDS:
        shown = one_line(kind, limit=40)
        raise InvalidMention(f"type: {shown!r} is none of {', '.join(KINDS)}")
    return kind or None


def _country(obj: Mapping[str, Any]) -> str | None:
    code = _text(obj, "country").strip().upper()
    if code and not is_country(code):
        shown = one_line(code, limit=40)
        raise InvalidMention(f"country: {shown!r} is no ISO 3166 code of two letters, as in DE")
    return code or None


def _author(told: Any) -> Author:
    if told is None:
        return Author()
    if isinstance(told, str):
        return Author(handle=one_line(told, limit=200) or None)
    if not isinstance(told, Mapping):
        raise InvalidMention("author: must be an object or a string")
    return Author(
        handle=_name(told, "handle", inside="author."),
        name=_name(told, "name", inside="author."),
        followers=_count(told, "followers", inside="author."),
        verified=_flag(told, "verified", inside="author."),
        created_at=_moment(told, "created_at", inside="author."),
        customer_value=_customer_value(told),
    )


def _engagement(told: Any) -> Engagement:
    if told is None:
        return Engagement()
    if not isinstance(told, Mapping):
        raise InvalidMention("engagement: must be an object")
    return Engagement(
        likes=_count(told, "likes", inside="engagement."),
        shares=_count(told, "shares", inside="engagement."),
        comments=_count(told, "comments", inside="engagement."),
        views=_count(told, "views", inside="engagement."),
        rating=_rating(told),
    )


def _text(obj: Mapping[str, Any], name: str) -> str:
    value = obj.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise InvalidMention(f"{name}: must be a string")
    return value


def _name(obj: Mapping[str, Any], name: str, *, inside: str = "") -> str | None:
    value = obj.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if value is not None and not isinstance(value, str):
        raise InvalidMention(f"{inside}{name}: must be a string")
    return one_line(value, limit=1000) or None if value else None


def _moment(obj: Mapping[str, Any], name: str, *, inside: str = "") -> datetime | None:
    value = obj.get(name)
    if value is None or value == "":
        return None
    moment = parse_date(value)
    if moment is None:
        shown = one_line(str(value), limit=40)
        raise InvalidMention(f"{inside}{name}: {shown!r} is no date; write 2026-03-01T12:00:00Z")
    return moment


def _count(obj: Mapping[str, Any], name: str, *, inside: str) -> int | None:
    value = obj.get(name)
    if value is None or value == "":
        return None
    number = _number(value)
    if number is None or number < 0 or number != int(number):
        raise InvalidMention(f"{inside}{name}: must be a whole number, 0 or more")
    return int(number)


def _rating(obj: Mapping[str, Any]) -> float | None:
    value = obj.get("rating")
    if value is None or value == "":
        return None
    number = _number(value)
    if number is None or not 1 <= number <= 5:
        raise InvalidMention("engagement.rating: must be a number from 1 to 5")
    return number


def _customer_value(obj: Mapping[str, Any]) -> float | None:
    value = obj.get("customer_value")
    if value is None or value == "":
        return None
    number = _number(value)
    if number is None or not 0 <= number <= 1:
        raise InvalidMention("author.customer_value: must be a number from 0 to 1")
    return number


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if abs(number) <= _LARGEST else None


def _flag(obj: Mapping[str, Any], name: str, *, inside: str) -> bool | None:
    value = obj.get(name)
    if value is None or value == "":
        return None
    told = str(value).strip().lower()
    if told in ("true", "1", "yes"):
        return True
    if told in ("false", "0", "no"):
        return False
    raise InvalidMention(f"{inside}{name}: must be true or false")
