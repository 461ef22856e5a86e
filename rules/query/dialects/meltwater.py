"""Meltwater Explore, as its help pages on Boolean search explain it."""

from __future__ import annotations

from typing import Final

from rules.query.dialects.dialect import STANDARD, Carry, Dialect
from rules.query.dialects.fields import (
    address,
    country,
    fact,
    language,
    lost,
    number,
    prefixed,
    text_in,
)

_NEAR_WORDS = 4
"""Words that may lie between the sides of a NEAR without a number."""

_INGRESS: Final = "the lead of an article is not told from its text, which is searched whole"
_SOURCE: Final = "sources have the names that you gave them here; check it, or write site:"

FIELDS: Final[dict[str, Carry]] = {
    "author": text_in("author"),
    "bio": lost("what authors say of themselves is not kept here"),
    "body": text_in("text"),
    "country": country,
    "countrycode": country,
    "from": text_in("author"),
    "fulltext": text_in("text"),
    "hashtag": prefixed("#"),
    "ingress": text_in("text", changed=_INGRESS),
    "lang": language,
    "language": language,
    "languagecode": language,
    "link": address("links"),
    "links": address("links"),
    "mention": prefixed("@"),
    "metadata.source.location.countrycode": country,
    "metadata.source.name": fact("source", changed=_SOURCE),
    "metadata.url": address("url"),
    "opening": text_in("text", changed=_INGRESS),
    "reach": number("reach"),
    "sentiment": lost("how a mention is meant is scored after matching, not asked for here"),
    "site": address("site"),
    "sourcecountry": country,
    "sourceid": lost("sources have other numbers here: write source: or site:"),
    "sourcename": fact("source", changed=_SOURCE),
    "sourceurl": address("site"),
    "title": text_in("title"),
    "url": address("url"),
}

MELTWATER: Final = Dialect(
    title="Meltwater",
    operators=STANDARD,
    fields=FIELDS,
    any_case=True,
    near_default=_NEAR_WORDS,
    scopes={"SENTENCE": "NEAR/s", "PARAGRAPH": "NEAR/p"},
    signs={"-": "NOT"},
    counts=True,
)
