"""Takes out of a mention what a store cannot hold, whatever connector it came from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from math import isfinite
from typing import Any

from rules.mention import TEXT_LIMIT, Author, Engagement, Mention, canonical_url

_LARGEST = 2**31 - 1
_LARGEST_BIG = 2**63 - 1
_RAW_LIMIT = 20_000


def clean(mention: Mention) -> Mention:
    """The same mention without NUL characters and lone surrogates, its numbers in range.

    PostgreSQL's text holds no NUL, and UTF-8 no lone surrogate; both occur in real feeds.
    """
    author, engagement = mention.author, mention.engagement
    return replace(
        mention,
        platform=_text(mention.platform, 40) or "unknown",
        native_id=_maybe(mention.native_id, 2000),
        url=canonical_url(_text(mention.url, 4000)) if mention.url else None,
        title=_text(mention.title, TEXT_LIMIT),
        text=_text(mention.text, TEXT_LIMIT),
        lang=_maybe(mention.lang, 35),
        parent_id=_maybe(mention.parent_id, 2000),
        author=Author(
            handle=_maybe(author.handle, 300),
            name=_maybe(author.name, 300),
            followers=_count(author.followers, _LARGEST_BIG),
            verified=author.verified,
            created_at=author.created_at,
            customer_value=_share(author.customer_value),
        ),
        engagement=Engagement(
            likes=_count(engagement.likes, _LARGEST),
            shares=_count(engagement.shares, _LARGEST),
            comments=_count(engagement.comments, _LARGEST),
            views=_count(engagement.views, _LARGEST_BIG),
            rating=_finite(engagement.rating),
        ),
        raw=_raw(mention.raw),
    )


def told(message: str, *, limit: int = 1000) -> str:
    """A connector's words about what went wrong, on one line, fit to be stored and shown."""
    plain = "".join(sign if sign.isprintable() else " " for sign in message[: limit * 4])
    return " ".join(plain.split())[:limit]


def _text(text: str, limit: int) -> str:
    cut = text[:limit]
    if cut.isascii():
        return cut.replace("\x00", "") if "\x00" in cut else cut
    return cut.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def _maybe(text: str | None, limit: int) -> str | None:
    return None if text is None else _text(text, limit) or None


def _count(count: int | None, largest: int) -> int | None:
    return None if count is None else max(0, min(count, largest))


def _share(part: float | None) -> float | None:
    return None if part is None or not isfinite(part) else max(0.0, min(part, 1.0))


def _finite(number: float | None) -> float | None:
    return number if number is not None and isfinite(number) else None


def _raw(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    if not raw:
        return {}
    told = json.dumps(raw, default=str, ensure_ascii=True)
    if len(told) > _RAW_LIMIT:
        return {"cut": told[:_RAW_LIMIT].replace("\\u0000", "")}
    if "\\u0000" in told or "\\ud" in told:
        told = json.dumps(_tidy(json.loads(told)))
    # NaN and Infinity are not JSON, whatever Python thinks, and PostgreSQL refuses them.
    tidy: dict[str, Any] = json.loads(told, parse_constant=lambda _name: None)
    return tidy


def _tidy(value: Any) -> Any:
    if isinstance(value, str):
        return _text(value, _RAW_LIMIT)
    if isinstance(value, list):
        return [_tidy(part) for part in value]
    if isinstance(value, dict):
        return {_text(str(key), 200): _tidy(part) for key, part in value.items()}
    return value
