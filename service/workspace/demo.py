"""The workspace of the demonstration: a made-up brand, and a few live sources beside it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from service.store import workspace as store
from service.store.engine import Session
from service.workspace.apply import add_missing
from service.workspace.diff import Diff
from service.workspace.file import read

SLUG: Final = "lumo-kettles"

MADE_UP: Final = """
[[brand]]
name = "Lumo Kettles"
slug = "lumo-kettles"
description = "DEMO: a made-up maker of kettles. People, posts and papers are invented."
handles = ["@lumokettles"]
competitors = ["Brewster & Vale"]
red_lines = ["recall", "burnt", "scalded", "hospital", "lawyer"]
voice = { tone = "warm", sign_off = "The Lumo team" }

[[query]]
brand = "lumo-kettles"
name = "Lumo Kettles"
role = "brand"
text = 'lumo OR "lumo kettles" OR @lumokettles OR #lumokettles'

[[source]]
name = "DEMO: Lumo Kettles"
connector = "demo"
every = "5s"
tier = 2
"""

LIVE: Final = """
[[brand]]
name = "Open source (live)"
slug = "open-source-live"
description = "Real posts from open sources, to show live listening beside the demo."

[[query]]
brand = "open-source-live"
name = "Open source (live)"
role = "topic"
text = '"open source" OR opensource OR #foss'

[[source]]
name = "Live: Hacker News, open source"
connector = "hackernews"
every = "5m"
tier = 3
settings = { query = "open source", since_days = 1 }

[[source]]
name = "Live: Mastodon #opensource"
connector = "rss"
every = "15m"
tier = 3
settings = { url = "https://mastodon.social/tags/opensource.rss", platform = "mastodon" }

[[source]]
name = "Live: Lobsters"
connector = "rss"
every = "30m"
tier = 3
settings = { url = "https://lobste.rs/newest.rss", platform = "lobsters" }
"""


def set_up_demo(session: Session, *, now: datetime, live: bool) -> Diff:
    """Add what is missing of the demo. The live brand has a topic only: nobody is paged for it."""
    diff = add_missing(session, read(MADE_UP, name="demo"), now=now)
    store.write(session, "brand", SLUG, {"demo": True}, now=now)
    if live:
        # A brand without a query of its own name would get one; this one listens to a topic.
        live_workspace = read(LIVE, name="demo live")
        topic = [query for query in live_workspace.query if query.role == "topic"]
        add_missing(session, live_workspace.model_copy(update={"query": topic}), now=now)
    return diff
