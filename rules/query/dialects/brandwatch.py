"""Brandwatch Consumer Research, as its help page "Query Operators" lists them."""

from __future__ import annotations

from typing import Final

from rules.query.dialects.dialect import STANDARD, Carry, Dialect
from rules.query.dialects.fields import (
    address,
    country,
    language,
    lost,
    number,
    one_of,
    part_of_country,
    prefixed,
    raw,
    text_in,
)

_ENGAGEMENT: Final = {"comment": "type:comment", "reply": "type:comment~"}
_NO_AUTHOR: Final = lost("what is known of the author besides name and followers is not asked here")
_NO_IMAGE: Final = lost("pictures are not searched here")
_NO_POST: Final = lost("single posts and what answers them are not asked for here")
_NO_PLACE: Final = lost("places are known as countries only here")
_NO_REDDIT: Final = lost("flairs and flags of Reddit are not kept here")

FIELDS: Final[dict[str, Carry]] = {
    "author": text_in("author"),
    "authorfollowers": number("followers"),
    "authorgender": _NO_AUTHOR,
    "authorverified": _NO_AUTHOR,
    "authorverifiedtype": _NO_AUTHOR,
    "blogname": text_in("author"),
    "brandids": _NO_IMAGE,
    "channelid": lost("a channel is a source here: listen to it, or write source:"),
    "city": part_of_country,
    "continent": _NO_PLACE,
    "country": country,
    "engagementtype": one_of(
        _ENGAGEMENT,
        what="reposts and quotes are not told from other posts here",
        changed="replies are comments here, and only where the platform tells so",
    ),
    "engagingwith": lost("answers to an account are not told from other posts; @name finds them"),
    "engagingwithguid": _NO_POST,
    "guid": _NO_POST,
    "imagetype": _NO_IMAGE,
    "itemreview": lost("the product of a review is not kept; look for its name in title:"),
    "lang": language,
    "language": language,
    "latitude": _NO_PLACE,
    "links": address("links"),
    "longitude": _NO_PLACE,
    "minuteofday": lost("the time of day is not asked for here"),
    "objects": _NO_IMAGE,
    "parentblogname": _NO_POST,
    "parentpostid": _NO_POST,
    "publication": lost("the name of a publication is not kept; write its site:"),
    "publishersubtype": _NO_IMAGE,
    "pubtype": lost("uploaded content is a source here: write source:"),
    "rating": number("rating"),
    "raw": raw,
    "redditauthorflair": _NO_REDDIT,
    "redditpostflair": _NO_REDDIT,
    "redditspoiler": _NO_REDDIT,
    "region": part_of_country,
    "rootblogname": _NO_POST,
    "rootpostid": _NO_POST,
    "sensitivecontent": lost("flags of platforms are not kept here"),
    "site": address("site"),
    "state": part_of_country,
    "county": part_of_country,
    "subreddit": prefixed("url:reddit.com/r/"),
    "subredditnsfw": _NO_REDDIT,
    "subreddittopics": _NO_REDDIT,
    "tags": prefixed("#", changed="tags are looked for as hashtags in the text"),
    "title": text_in("title"),
    "topleveldomain": lost("sites are asked for whole here, as in site:acme.com"),
    "url": address("url"),
    "weblogtitle": text_in("author"),
}

BRANDWATCH: Final = Dialect(
    title="Brandwatch",
    operators=STANDARD,
    fields=FIELDS,
    signs={"-": "NOT"},
    braces=True,
    accents_count=True,
    mixes=False,
)
