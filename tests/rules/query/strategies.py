"""Queries of the whole language, and mentions that they meet often.

Both draw from small pools, so that a query of several clauses still finds something. A query is
text; ``query_texts`` may hold some that are refused for matching nearly everything, nothing else.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from rules.mention import Author, Engagement, Mention
from rules.query import Document, Query, QuerySyntaxError, parse

WORDS = [
    "acme",
    "Globex",
    "café",
    "jobs",
    "wi-fi",
    "#acme",
    "@acme",
    "東京",
    "👍",
    "recall",
    "joe@x.y",
]
WORDS += ["https://acme.com/a", "not", "a", "AT&T", "$ACME", "don't", "ﬁre", "½", "the"]
PATTERNS = ["acm*", "re*ll", "rec?ll*", "*call", "?lobex", "#acm*", "#*recall", "@ac?e", "jo?s"]
PATTERNS += ["the*", "fi?e", "caf?"]
RAWS = ["Acme", "acme", "Café", "cafe", "C++", "AT&T", "T", "Acme recall", "the", "com", "👍", "京"]
RAWS += ["++", "s", "ACME.", "e re", "a\nb", "#Acme"]
LOOKALIKES = ["acme", "Globex", "café", "recall", '"acme recall"', "don't"]
LINKS = ["acme.com", "shop.acme.com", "acme.com/a", "https://www.acme.com/a/b", "x.y/ä"]
LISTS = {
    "firms": "acme OR globex <<< ours first >>>",
    "trouble": 'recall* OR fire OR "wi fi"~2 OR {{noise}}',
    "noise": "jobs",
    "hosts": "acme.com OR x.y",
}

DAYS = ["2026-03-03", "2026-03-04", "2026-03-05"]
MOMENTS = [*DAYS, "2026-03-04T12:00", "2026-03-04T14:00+02:00", "2026-03-04T12:00:30Z"]
FACTS = [
    *("lang:en", "lang:en-gb", "lang:de", "country:gb", "country:DE", "country:us"),
    *("platform:mastodon", "platform:RSS", 'source:"Press  Feed"', "source:alerts"),
    *("type:post", "type:comment", "type:review", "type:article"),
    *("site:acme.com", "domain:shop.acme.com", "site:x.y", "url:acme.com/a", "url:x.y"),
    *("url:acme.com", "url:shop.acme.com/a/b"),
]
NUMBERS = ["0", "1", "2.5", "3", "10", "1k", "1000.5"]
STARS = ["1", "2.5", "4", "5"]


def _quoted(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    marks = st.sampled_from(['""', '""', "“”", "„“", '"”'])
    return st.builds(lambda mark, text: f"{mark[0]}{text}{mark[1]}", marks, inside)


def _compared(field: str, values: list[str]) -> st.SearchStrategy[str]:
    ops = st.sampled_from(["", "=", "<", "<=", ">", ">="])
    single = st.builds("{}:{}{}".format, st.just(field), ops, st.sampled_from(values))
    ordered = st.lists(st.integers(0, len(values) - 1), min_size=2, max_size=2).map(sorted)
    return single | ordered.map(lambda at: f"{field}:{values[at[0]]}..{values[at[1]]}")


words = st.sampled_from(WORDS)
patterns = st.sampled_from(PATTERNS)
sequences = st.lists(words | patterns, min_size=1, max_size=3).map(" ".join)
phrases = _quoted(sequences)
_two_words = st.lists(words | patterns, min_size=2, max_size=4).map(" ".join)
windows = st.builds("{}~{}".format, _quoted(_two_words), st.integers(0, 4))
raws = _quoted(st.sampled_from(RAWS)).map("raw:{}".format)
raws |= st.sampled_from(["Acme", "C++", "NOT", "x:acme"]).map("raw:{}".format)
lookalikes = st.sampled_from(LOOKALIKES).map("lookalike:{}".format)
sugar = st.sampled_from(LINKS).map("links:{}".format)
sugar |= st.sampled_from(["hashtag:acme", "hashtag:#acm*", "mention:acme", "mention:@ac?e"])
leaves = st.one_of(words, words, patterns, phrases, windows, raws, lookalikes, sugar)
dates = st.one_of(
    st.sampled_from(MOMENTS).map("after:{}".format),
    st.sampled_from(MOMENTS).map("before:{}".format),
    _compared("date", DAYS),
    _compared("published", MOMENTS[-3:]),
    st.sampled_from(DAYS).map("date:{}..".format),
)
facts = st.one_of(
    st.sampled_from(FACTS),
    st.sampled_from(FACTS),
    st.sampled_from(["site:(x.y OR acme.com)", "lang:(en OR NOT de)", "rating:(1 OR >=4)"]),
    *(_compared(field, NUMBERS) for field in ("followers", "engagement", "reach")),
    _compared("rating", STARS),
    dates,
)

_nears = st.sampled_from(
    ["NEAR/0", "NEAR/1", "NEAR/3", "NEAR/2f", "ONEAR/0", "ONEAR/2", "NEAR/s", "NEAR/p", "ONEAR/s"]
)
_placed = leaves.filter(lambda leaf: leaf not in ('raw:"++"', "raw:“++”", "raw:„++“", 'raw:"++”'))


def _near(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds("{} {} {}".format, inner, _nears, inner).map(lambda text: f"({text})"),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({' OR '.join(parts)})"),
    )


nears = st.builds(
    "{} {} {}".format,
    st.recursive(_placed, _near, max_leaves=3),
    _nears,
    st.recursive(_placed, _near, max_leaves=4),
)
"""Words near each other, all looked for in one place."""

_anywhere = leaves | nears.map("({})".format) | nears
_fields = st.sampled_from(["title", "text", "author", "Title"])
operands = st.one_of(
    _anywhere,
    _anywhere,
    st.builds("{}:({})".format, _fields, _anywhere),
    st.builds("{}:{}".format, _fields, leaves),
    facts,
)
_lookalike_or_raw_group = st.sampled_from(
    ["raw:(Acme OR C++)", "lookalike:(acme OR globex)", "title:(acme (raw:T OR 東京) NOT jobs)"]
)
_trees = st.recursive(
    operands | _lookalike_or_raw_group,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: " AND ".join(parts)),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: " OR ".join(parts)),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: " ".join(parts)),
        inner.map(lambda part: f"({part})"),
        inner.map(lambda part: f"NOT ({part})"),
        st.builds("{} <<< {} >>>".format, inner, words),
    ),
    max_leaves=8,
)
# A common word beside it lets a query ask for anything else without matching nearly everything.
query_texts = st.one_of(
    _trees,
    _trees,
    _trees.map("acme AND ({})".format),
    _trees.map("(acme OR recall OR the) AND ({})".format),
    _trees.map("the OR acme ({})".format),
)

_SPOKEN = [
    *("Acme", "ACME", "acme's", "Acme recall", "recalls", "recalled", "C++", "c++", "cafe", "Café"),
    *("#Acme", "#AcmeRecall", "@Acme", "@acme_help", "аcmе", "Gl0bex", "#東京", "京", "👍🏽"),
    *("http://acme.com/b", "https://shop.acme.com/a/b?x=1", "www.x.y/Ä", "joe@acme.com", "fires"),
    *("kettle", "Fire", "T", "job offers", "Mr", "wifi", "AT & T", "dont"),
]
_gaps = st.sampled_from([" ", " ", " ", " ", "", ". ", "! ", ", ", "-", "\n\n", "\n", "..."])
texts = st.lists(st.tuples(words | st.sampled_from(_SPOKEN), _gaps), max_size=14).map(
    lambda parts: "".join(word + gap for word, gap in parts).strip()
)

_NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
_MIDNIGHT = datetime(2026, 3, 4, tzinfo=UTC)
_SECOND = timedelta(seconds=1)
_moments = st.sampled_from(
    [
        *(_NOON, _NOON - _SECOND, _NOON + _SECOND, _NOON + 30 * _SECOND, _MIDNIGHT),
        *(_MIDNIGHT - _SECOND, _MIDNIGHT + timedelta(days=1), _MIDNIGHT - timedelta(days=40)),
    ]
)
_counts = st.sampled_from([None, 0, 1, 2, 3, 10, 1000, 1001, 50_000])
authors = st.builds(
    Author,
    handle=st.sampled_from([None, "acme", "@Acme", "joe", "acme_help@social.example"]),
    name=st.sampled_from([None, "Acme Recall", "The Café", "Globex", ""]),
    followers=_counts,
)
engagements = st.builds(
    Engagement,
    likes=_counts,
    shares=st.sampled_from([None, 0, 7]),
    views=_counts,
    rating=st.sampled_from([None, 1.0, 2.5, 4.0, 5.0]),
)
_URLS = [
    *(None, "https://acme.com/", "http://www.acme.com/a", "https://shop.acme.com/a/b?x=1#top"),
    *("https://notacme.com/a", "https://acme.com/ab", "https://X.Y/Ä", "https://acme.com:8443/a"),
]
mentions = st.builds(
    Mention,
    platform=st.sampled_from(["mastodon", "rss", "reviews"]),
    text=texts.map(lambda text: text or "acme"),
    title=st.one_of(st.just(""), texts),
    collected_at=st.sampled_from([_NOON, _NOON + timedelta(days=2)]),
    published_at=st.none() | _moments,
    url=st.sampled_from(_URLS),
    lang=st.sampled_from([None, "en", "en-GB", "de", "fr"]),
    kind=st.sampled_from([None, "post", "comment", "review", "article"]),
    country=st.sampled_from([None, "GB", "DE"]),
    author=authors,
    engagement=engagements,
    parent_id=st.sampled_from([None, "p1"]),
)
sources = st.sampled_from(["", "Press Feed", "press feed", "Alerts"])
documents = st.builds(Document.of, mentions, source=sources)


def read_or_refusal(text: str) -> Query | QuerySyntaxError:
    try:
        return parse(text, lists=LISTS)
    except QuerySyntaxError as refused:
        return refused
