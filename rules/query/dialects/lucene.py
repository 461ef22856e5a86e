"""Lucene's classic query parser, also known from Elasticsearch and OpenSearch as query_string.

The fields are those of whoever made the index: these are the names that news and social data
usually have. (Apache Lucene, "Query Parser Syntax".)
"""

from __future__ import annotations

from typing import Final

from rules.query.dialects.dialect import Carry, Dialect
from rules.query.dialects.fields import (
    address,
    country,
    date,
    fact,
    language,
    lost,
    number,
    prefixed,
    text_in,
)

FIELDS: Final[dict[str, Carry]] = {
    "exists": lost("whether a fact is known is not asked for here"),
    "author": text_in("author"),
    "author.followers": number("followers"),
    "author.handle": text_in("author"),
    "author.name": text_in("author"),
    "body": text_in("text"),
    "content": text_in("text"),
    "country": country,
    "countrycode": country,
    "createdat": date,
    "date": date,
    "description": text_in("text"),
    "domain": address("site"),
    "engagement": number("engagement"),
    "followers": number("followers"),
    "followerscount": number("followers"),
    "from": text_in("author"),
    "hashtag": prefixed("#"),
    "hashtags": prefixed("#"),
    "headline": text_in("title"),
    "host": address("site"),
    "lang": language,
    "language": language,
    "link": address("links"),
    "links": address("links"),
    "mention": prefixed("@"),
    "mentions": prefixed("@"),
    "message": text_in("text"),
    "platform": fact("platform"),
    "published": date,
    "publishedat": date,
    "rating": number("rating"),
    "reach": number("reach"),
    "screenname": text_in("author"),
    "site": address("site"),
    "source": fact("source"),
    "stars": number("rating"),
    "tags": prefixed("#"),
    "text": text_in("text"),
    "timestamp": date,
    "title": text_in("title"),
    "url": address("url"),
    "user": text_in("author"),
    "username": text_in("author"),
}

LUCENE: Final = Dialect(
    title="Lucene",
    operators={"AND": "AND", "OR": "OR", "NOT": "NOT", "&&": "AND", "||": "OR"},
    fields=FIELDS,
    side_by_side="OR",
    signs={"+": "MUST", "-": "NOT", "!": "NOT"},
    escapes=True,
    regex=True,
    clauses=True,
)
