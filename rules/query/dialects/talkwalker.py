"""Talkwalker, as its search syntax page and its developers' pages on queries explain it."""

from __future__ import annotations

from typing import Final

from rules.query.dialects.dialect import STANDARD, Carry, Dialect
from rules.query.dialects.fields import (
    address,
    country,
    date,
    language,
    lost,
    number,
    one_of,
    part_of_country,
    prefixed,
    text_in,
)

_NO_SCORE: Final = lost("how a mention is meant is scored after matching, not asked for here")
_NO_AUTHOR: Final = lost("what is known of the author besides name and followers is not asked here")
_NO_KIND: Final = lost("counts of one kind are not told apart; engagement: is all of them")
_TYPES: Final = {
    "onlinenews": "type:article",
    "onlinenews_agency": "type:article",
    "onlinenews_magazine": "type:article",
    "onlinenews_newspaper": "type:article",
    "blog": "type:article~",
    "print": "type:article~",
    "socialmedia": "type:post~",
    "review": "type:review",
    "reviews": "type:review",
    "socialmedia_bluesky": "platform:bluesky",
    "socialmedia_facebook": "platform:facebook",
    "socialmedia_instagram": "platform:instagram",
    "socialmedia_mastodon": "platform:mastodon",
    "socialmedia_reddit": "platform:reddit",
    "socialmedia_youtube": "platform:youtube",
}

FIELDS: Final[dict[str, Carry]] = {
    "author": text_in("author"),
    "cluster": lost("clusters are of the other tool"),
    "content": text_in("text"),
    "domainurl": address("site"),
    "engagement": number("engagement"),
    "facebooklikes": _NO_KIND,
    "facebookshares": _NO_KIND,
    "fluencylevel": _NO_SCORE,
    "followers": number("followers"),
    "gender": _NO_AUTHOR,
    "hashtag": prefixed("#"),
    "hashtags": prefixed("#"),
    "hosturl": address("site"),
    "indexed": lost("when something was collected is not asked for; published: is"),
    "instagramlikes": _NO_KIND,
    "lang": language,
    "language": language,
    "mention": prefixed("@"),
    "noise": _NO_SCORE,
    "published": date,
    "rating": number("rating"),
    "reach": number("reach"),
    "rooturl": address("site"),
    "searchindexed": lost("when something was collected is not asked for; published: is"),
    "sentiment": _NO_SCORE,
    "site": address("site"),
    "sourcecity": part_of_country,
    "sourcecountry": country,
    "sourcegeo": lost("places are known as countries only here"),
    "sourceregion": part_of_country,
    "sourcetype": one_of(
        _TYPES,
        what="this kind of source has no name here; try platform:",
        changed="kinds of mentions are told here, not kinds of sources",
    ),
    "tags": lost("tags are of the other tool"),
    "title": text_in("title"),
    "twitterfollowers": number("followers"),
    "twitterlikes": _NO_KIND,
    "twitterretweets": _NO_KIND,
    "url": address("url"),
    "youtubelikes": _NO_KIND,
    "youtubeviews": _NO_KIND,
}

TALKWALKER: Final = Dialect(
    title="Talkwalker",
    operators=STANDARD,
    fields=FIELDS,
    scopes={"SENTENCE": "NEAR/s", "PARAGRAPH": "NEAR/p"},
    signs={"++": "EXACT", "+": "RAW", "-": "NOT"},
    loose=True,
)
