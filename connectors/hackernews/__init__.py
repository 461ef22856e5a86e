"""Hacker News: stories and comments that hold given words, through Algolia's search API, no key.

Facts (hn.algolia.com/api): ``search_by_date`` answers newest first; ``numericFilters`` bound
``created_at_i``; no query gives more than 1,000 hits however it is paged; 10,000 requests an hour
and address. So the time since the last poll is asked for in windows small enough to be whole.
"""

from datetime import timedelta

from connectors.contract import Kind
from connectors.hackernews.client import HackerNewsConnector
from connectors.hackernews.config import HackerNewsSettings, hosts

KIND = Kind(
    settings=HackerNewsSettings,
    build=HackerNewsConnector,
    summary="Stories and comments on Hacker News that hold your words; no key needed.",
    every=timedelta(minutes=5),
    hosts=hosts,
)

__all__ = ["KIND", "HackerNewsConnector", "HackerNewsSettings"]
