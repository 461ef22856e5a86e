"""RSS, Atom, RDF and JSON Feed: any feed at a web address.

The way of an answer: ``charset`` (bytes to characters) → ``sound`` (is it well-formed, how much of
it may be read, what can be mended) → ``xmlfeed`` (feedparser) or ``jsonfeed`` → Entry →
``mentions``. ``parse.read`` is that whole way, pure; ``client`` polls.
"""

from datetime import timedelta

from connectors.contract import Kind
from connectors.rss.client import RssConnector
from connectors.rss.config import RssSettings, hosts

KIND = Kind(
    settings=RssSettings,
    build=RssConnector,
    summary="Any RSS, Atom, RDF or JSON feed: news sites, blogs, Mastodon, YouTube, Reddit.",
    every=timedelta(minutes=15),
    hosts=hosts,
)

__all__ = ["KIND", "RssConnector", "RssSettings"]
