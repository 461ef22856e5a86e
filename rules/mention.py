"""What a mention is: one post, comment, article or review, and when two are the same one."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from rules.errors import InvalidMention

TEXT_LIMIT = 100_000
"""Characters of text and of title kept; more is cut by whoever builds the mention, and said."""

FUTURE_TOLERANCE = timedelta(minutes=5)
"""A publication date this far ahead of the collection is a wrong clock, not a fact."""

# What most addresses are already: nothing in them would be changed.
_CANONICAL = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+/[A-Za-z0-9._~/-]*")

TRACKING_PARAMETERS = frozenset(
    {"fbclid", "gclid", "dclid", "msclkid", "mc_cid", "mc_eid", "igshid", "ref_src", "yclid"}
)
TRACKING_PREFIXES = ("utm_", "mtm_")

KINDS = ("post", "comment", "review", "article")
_ARTICLES = frozenset({"news", "rss", "web", "blog", "blogs", "press", "magazine"})
_REVIEWS = frozenset({"reviews", "appstore", "playstore", "trustpilot"})
# Places where people give what they post a title.
_TITLED_POSTS = frozenset(
    {"reddit", "hackernews", "lemmy", "youtube", "forum", "discourse", "stackoverflow", "github"}
)


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote it, as far as the platform tells. ``created_at`` is the account's age.

    ``customer_value``: what the brand's own records say of a customer, 0 to 1, 1 for those that
    matter most; None for whoever is in no record.
    """

    handle: str | None = None
    name: str | None = None
    followers: int | None = None
    verified: bool | None = None
    created_at: datetime | None = None
    customer_value: float | None = None


@dataclass(frozen=True, slots=True)
class Engagement:
    """How many reacted, at the time of collection. ``rating`` is in stars, 1 to 5."""

    likes: int | None = None
    shares: int | None = None
    comments: int | None = None
    views: int | None = None
    rating: float | None = None

    @property
    def total(self) -> int:
        """Reactions by people: likes, shares and comments; views are reach, not engagement."""
        return (self.likes or 0) + (self.shares or 0) + (self.comments or 0)


@dataclass(frozen=True, slots=True)
class Mention:
    """One post, comment, article or review. Markup is already plain text.

    ``published_at`` is None where the platform gave no date: dates are never made up.
    ``native_id`` is the platform's own id, unique within ``platform``; None where there is none.
    ``kind``: one of KINDS where the source tells it (``type`` is never None); ``country``: where it
    was written, ISO 3166 alpha-2 in capitals. None for what is not known.
    ``raw`` keeps the platform's own words as evidence, JSON, small. All times are aware UTC.
    Raises InvalidMention for facts that cannot be one.
    """

    platform: str
    text: str
    collected_at: datetime
    native_id: str | None = None
    url: str | None = None
    title: str = ""
    lang: str | None = None
    published_at: datetime | None = None
    author: Author = Author()
    engagement: Engagement = Engagement()
    parent_id: str | None = None
    kind: str | None = None
    country: str | None = None
    raw: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.platform:
            raise InvalidMention("a mention needs a platform")
        if not (self.text or self.title):
            raise InvalidMention("a mention needs a text or a title")
        if self.kind is not None and self.kind not in KINDS:
            raise InvalidMention(f"kind must be one of {', '.join(KINDS)}, got {self.kind!r}")
        if self.country is not None and not is_country(self.country):
            raise InvalidMention(f"country must be two capital letters, got {self.country!r}")
        for name, value in (
            ("collected_at", self.collected_at),
            ("published_at", self.published_at),
        ):
            if value is not None and value.utcoffset() != timedelta(0):
                raise InvalidMention(f"{name} must be an aware UTC time, got {value!r}")

    @property
    def id(self) -> str:
        """Its identity: the same for the same post, wherever and whenever it was fetched."""
        return identity(self)

    @property
    def effective_at(self) -> datetime:
        """When it counts: published, or collected where the date is missing or in the future."""
        if self.published_at is None or self.published_at > self.collected_at + FUTURE_TOLERANCE:
            return self.collected_at
        return self.published_at

    @property
    def type(self) -> str:
        """One of KINDS: as told, else guessed from rating, parent, platform and title."""
        if self.kind is not None:
            return self.kind
        if self.engagement.rating is not None or self.platform in _REVIEWS:
            return "review"
        if self.parent_id:
            return "comment"
        titled = bool(self.title) and self.platform not in _TITLED_POSTS
        return "article" if titled or self.platform in _ARTICLES else "post"

    @property
    def reach(self) -> int:
        """How many could have seen it: views where told, else the author's followers."""
        return self.engagement.views or self.author.followers or 0


def is_country(code: str) -> bool:
    """Whether it has the form of an ISO 3166 alpha-2 code; which are given away is not checked."""
    return len(code) == 2 and code.isascii() and code.isalpha() and code.isupper()


def identity(mention: Mention) -> str:
    """Platform and native id; else the canonical URL; else the content.

    A URL identifies across sources: one article in three feeds is one mention.
    """
    if mention.native_id:
        return _bounded(f"{mention.platform}:{mention.native_id}")
    key = url_key(mention.url) if mention.url else None
    if key is not None:
        return _bounded(f"url:{key}")
    told = "\x1f".join(
        (
            mention.platform,
            mention.author.handle or mention.author.name or "",
            mention.title,
            mention.text,
            mention.published_at.isoformat() if mention.published_at else "",
        )
    )
    return "content:" + hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def _bounded(key: str) -> str:
    """Identities are indexed: one longer than an index likes is told by its hash instead."""
    if len(key) <= 500:
        return key
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{key[:400]}~{digest}"


def canonical_url(url: str) -> str | None:
    """The address a person would share: lower-case host, no default port, fragment or tracking.

    ``#!`` fragments name pages on old single-page sites and are kept. Returns None for anything
    that is not an absolute http(s) address.
    """
    if _CANONICAL.fullmatch(url):
        return url
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return None
    host = (parts.hostname or "").rstrip(".").lower()
    scheme = parts.scheme.lower()
    if scheme not in ("http", "https") or not host:
        return None
    if ":" in host:
        host = f"[{host}]"
    default = {"http": 80, "https": 443}[scheme]
    netloc = host if port in (None, default) else f"{host}:{port}"
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [
        (name, value)
        for name, value in pairs
        if name.lower() not in TRACKING_PARAMETERS
        and not name.lower().startswith(TRACKING_PREFIXES)
    ]
    # Re-encoding changes what some servers see, so the query is rebuilt only when it was cut.
    query = urlencode(kept) if len(kept) != len(pairs) else parts.query
    fragment = parts.fragment if parts.fragment.startswith("!") else ""
    return urlunsplit((scheme, netloc, parts.path or "/", query, fragment))


def url_key(url: str) -> str | None:
    """What of a URL identifies a page: scheme and a leading ``www.`` do not."""
    canonical = canonical_url(url)
    if canonical is None:
        return None
    return canonical.split("://", 1)[1].removeprefix("www.")


def utc(moment: datetime) -> datetime:
    """An aware time in UTC. Raises InvalidMention for a naive one: its zone would be a guess."""
    if moment.tzinfo is None:
        raise InvalidMention(f"{moment!r} has no time zone")
    return moment.astimezone(UTC)
