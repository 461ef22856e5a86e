"""What is known of each brand's relevance: verdicts on mentions, and its queries' own examples."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final

from rules.errors import QuerySyntaxError
from rules.mention import Author, Mention
from rules.query import Example, Match, Query, Span, match
from rules.score.learned import Evidence, features
from rules.text import Tokens, tokenise
from rules.text.function_words import FUNCTION_WORDS
from service.ingest.parsed import parsed
from service.queries.examples import read_examples
from service.store.engine import Session
from service.store.kept import kept_by
from service.store.named_lists import NamedLists
from service.store.queries import QueryFacts, examples_of, list_active
from service.store.relevance_examples import learned_from, states

Taught = tuple[frozenset[str], bool]
"""Features of an example, and whether it is about the brand."""

Key = tuple[str, int]
"""("mention", its id), ("example", the id of a verdict without one), ("query", a number)."""

_ANY_TIME: Final = datetime(1970, 1, 1, tzinfo=UTC)

SHORTEST: Final = 3
"""Letters of a word of a description that is taken for one that says what the brand does."""

ASKS_FOR_THE_BRAND: Final = ("brand", "campaign", "topic")
"""Roles of queries whose mentions should be about the brand; a rival's are about the rival."""


def evidence_of(session: Session, *, lists: NamedLists) -> dict[int, Evidence]:
    """The evidence of every brand that has any."""
    told = states(session)
    own = _query_examples(session)
    known = kept_by(session, "evidence")
    found: dict[int, Evidence] = {}
    for brand_id in sorted(told.keys() | own.keys()):
        queries = own.get(brand_id, ())
        key = (told.get(brand_id), repr([(query, lists.of(brand_id)) for query in queries]))
        kept = known.get(brand_id)
        if kept is None or kept[0] != key:
            kept = (key, Evidence.of(examples(session, brand_id, lists=lists).values()))
            known[brand_id] = kept
        found[brand_id] = kept[1]
    return found


def examples(session: Session, brand_id: int, *, lists: NamedLists) -> dict[Key, Taught]:
    """Everything that teaches a brand's relevance, each example once."""
    found: dict[Key, Taught] = {}
    for each in learned_from(session, brand_id):
        key = ("example", each.example_id)
        if each.mention_id is not None:
            key = ("mention", each.mention_id)
        found[key] = (each.features, each.us)
    for query, kept in _query_examples(session).get(brand_id, ()):
        for taught in _taught_by(query, kept, lists):
            found["query", len(found)] = taught
    return found


def context_of(description: str) -> frozenset[str]:
    """The words of a brand's description that say what it is about."""
    return frozenset(
        word
        for word in tokenise(description).words
        if len(word) >= SHORTEST and word.isalpha() and word not in FUNCTION_WORDS
    )


def fields_of(title: str, text: str) -> tuple[tuple[str, Tokens], ...]:
    """Title and text cut into words, as relevance wants them."""
    both = (("title", title), ("text", text))
    return tuple((name, tokenise(each)) for name, each in both if each)


def features_of(mention: Mention, spans: Iterable[Iterable[Any]]) -> frozenset[str]:
    """What a mention teaches; ``spans``: of its matches, as they are stored."""
    found = Match(tuple(Span(*span) for span in spans))
    return features(mention, found, fields=fields_of(mention.title, mention.text))


def _query_examples(session: Session) -> Mapping[int, tuple[tuple[QueryFacts, str], ...]]:
    """Brand -> its own queries with examples, as JSON text."""
    kept = examples_of(session)
    found: dict[int, tuple[tuple[QueryFacts, str], ...]] = {}
    if not kept:
        return found
    for query in list_active(session, role="brand"):
        if query.id in kept:
            told = json.dumps(kept[query.id], sort_keys=True)
            found[query.brand_id] = (*found.get(query.brand_id, ()), (query, told))
    return found


def _taught_by(query: QueryFacts, kept: str, lists: NamedLists) -> list[Taught]:
    try:
        asked = parsed(query, lists)
    except QuerySyntaxError:
        return []
    told = read_examples(json.loads(kept))
    both = [(each, True) for each in told.must_match]
    both += [(each, False) for each in told.must_not_match]
    return [(_features_of_example(asked, query.text, each), us) for each, us in both]


@lru_cache(maxsize=5_000)
def _features_of_example(query: Query, text: str, example: Example) -> frozenset[str]:
    """Of an example that the query does not match, all words that the query names are its own."""
    # Who wrote it is known by platform and handle together, so both must be told.
    handle = example.author.rpartition("@")[2].strip() if example.platform else ""
    mention = Mention(
        platform=example.platform or "unknown",
        text=example.text or " ",
        title=example.title,
        collected_at=_ANY_TIME,
        url=example.url,
        lang=example.lang,
        author=Author(handle=handle or None),
    )
    found = match(query, example.document())
    words = tokenise(text).words
    return features_of(mention, found.spans if found else [("", 0, 0, word) for word in words])
