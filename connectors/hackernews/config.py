"""Settings of a search on Hacker News."""

from __future__ import annotations

from urllib.parse import urlsplit

from pydantic import Field

from connectors.contract import ConnectorSettings


class HackerNewsSettings(ConnectorSettings):
    """One search."""

    query: str = Field(
        min_length=1, max_length=500, description="Words to search for; all must be there."
    )
    tags: str = Field(
        "(story,comment)",
        pattern=r"^[A-Za-z0-9_,()-]{1,200}$",
        description="Kinds of posts in Algolia's notation: a,b is both, (a,b) either.",
    )
    since_days: int = Field(7, ge=1, le=365, description="Days the first poll goes back.")
    page_size: int = Field(100, ge=1, le=1000, description="Posts asked for in one request.")
    base_url: str = Field(
        "https://hn.algolia.com/api/v1",
        pattern=r"^https?://[^\s@?#]+$",
        description="Where the API is.",
    )


def hosts(settings: HackerNewsSettings) -> frozenset[str]:
    """The host that will be asked."""
    return frozenset({(urlsplit(settings.base_url).hostname or "").lower()})
