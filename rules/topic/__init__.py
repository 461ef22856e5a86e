"""Topics: what people speak of when they speak of a brand. The only door.

    topics = Topics([Topic("delivery", phrases=("on time",)), Topic("kettles", query="kettle*")])
    topics.find(Document.of(mention))  ->  (Touched(topic, risk, phrase, places), …)

Built in are dangers that any brand has, which make a mention urgent, and aspects of its service,
which do not. May be imported by score and the service; knows queries and words, not brands.
"""

from __future__ import annotations

from rules.topic.topics import BUILT_IN, Topic, Topics, Touched, built_in, readable, usual_topics

VERSION = "topic-1"
"""Changes whenever a mention could touch other topics; stored with every match."""

__all__ = [
    "BUILT_IN",
    "VERSION",
    "Topic",
    "Topics",
    "Touched",
    "built_in",
    "readable",
    "usual_topics",
]
