"""Places to listen that need neither a key nor an account, for a name.

What each is, what is known of its limits and when that was looked up: docs/sources.md. A place that
refuses becomes a blind spot with its reason; it never stops the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import quote, quote_plus, urlsplit

from service.workspace.model import SourceModel
from service.workspace.presets import tag_of

MASTODON_SERVERS = ("mastodon.social", "mstdn.social", "mas.to")
"""Large servers: each sees the tagged posts of all servers it knows."""

_REDDIT_QUERY_LIMIT = 400
"""Reddit's search cuts long queries; 512 characters are documented, quotes and OR count."""


def keyless_sources(name: str, *, also: Sequence[str] = ()) -> list[SourceModel]:
    """The sources to hear of ``name``. ``also``: competitors, heard through the same searches
    where a place counts every request (Reddit, GDELT), and not asked for one by one."""
    return [
        _google_news(name),
        _bing_news(name),
        _gdelt(name, also),
        _hacker_news(name),
        _reddit(name, also),
        *(_mastodon(name, server) for server in MASTODON_SERVERS),
        _lemmy(),
        _lobsters(),
        _dev(name),
        _medium(name),
    ]


def feed_source(url: str) -> SourceModel:
    """A source for a feed that somebody named: called by its address."""
    parts = urlsplit(url)
    told = f"{parts.netloc.rpartition('@')[2]}{parts.path}".rstrip("/")
    return _feed(f"Feed: {told}"[:200], url, minutes=15, tier=2)


def _feed(name: str, url: str, *, minutes: int, tier: int, **settings: Any) -> SourceModel:
    return SourceModel(
        name=name,
        connector="rss",
        every=timedelta(minutes=minutes),
        tier=tier,
        settings={"url": url, **settings},
    )


def _google_news(name: str) -> SourceModel:
    query = quote_plus(f'"{_bare(name)}" when:7d')
    url = f"https://news.google.com/rss/search?q={query}&hl=en-US&gl=US&ceid=US:en"
    return _feed(f"Google News: {name}", url, minutes=15, tier=2, platform="news")


def _bing_news(name: str) -> SourceModel:
    query = quote_plus(f'"{_bare(name)}"')
    url = f"https://www.bing.com/news/search?q={query}&qft=sortbydate%3D%221%22&format=rss"
    return _feed(f"Bing News: {name}", url, minutes=15, tier=2, platform="news")


def _gdelt(name: str, also: Sequence[str]) -> SourceModel:
    names = [f'"{_bare(one)}"' for one in (name, *also)]
    # One phrase must stand bare: GDELT refuses parentheses around a single one.
    query = quote(names[0] if len(names) == 1 else f"({' OR '.join(names)})")
    url = (
        f"https://api.gdeltproject.org/api/v2/doc/doc?query={query}"
        "&mode=ArtList&format=rss&timespan=1d&maxrecords=75&sort=DateDesc"
    )
    return _feed(f"GDELT: {name}", url, minutes=15, tier=2, platform="news")


def _hacker_news(name: str) -> SourceModel:
    return SourceModel(
        name=f"Hacker News: {name}",
        connector="hackernews",
        every=timedelta(minutes=5),
        tier=3,
        settings={"query": _bare(name)},
    )


def _reddit(name: str, also: Sequence[str]) -> SourceModel:
    query = f'"{_bare(name)}"'
    for one in also:
        longer = f'{query} OR "{_bare(one)}"'
        query = longer if len(longer) <= _REDDIT_QUERY_LIMIT else query
    url = f"https://www.reddit.com/search.rss?q={quote_plus(query)}&sort=new&t=week&limit=100"
    return _feed(f"Reddit: {name}", url, minutes=15, tier=3, platform="reddit")


def _mastodon(name: str, server: str) -> SourceModel:
    url = f"https://{server}/tags/{quote(tag_of(name))}.rss"
    return _feed(f"Mastodon: {name} on {server}", url, minutes=15, tier=3, platform="mastodon")


def _lemmy() -> SourceModel:
    url = "https://lemmy.world/feeds/all.xml?sort=New&limit=50"
    return _feed("Lemmy: lemmy.world, all new posts", url, minutes=10, tier=3, platform="lemmy")


def _lobsters() -> SourceModel:
    url = "https://lobste.rs/newest.rss"
    return _feed("Lobsters: newest", url, minutes=30, tier=3, platform="lobsters")


def _dev(name: str) -> SourceModel:
    url = f"https://dev.to/feed/tag/{quote(tag_of(name))}"
    return _feed(f"DEV: {name}", url, minutes=60, tier=3, platform="devto")


def _medium(name: str) -> SourceModel:
    url = f"https://medium.com/feed/tag/{quote('-'.join(name.lower().split()))}"
    return _feed(f"Medium: {name}", url, minutes=60, tier=3, platform="medium")


def _bare(name: str) -> str:
    return " ".join(name.replace('"', " ").split())
