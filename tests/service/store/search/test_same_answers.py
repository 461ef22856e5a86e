"""Search answers what the matcher answers of each mention: for any query, on both databases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from rules.mention import Mention
from rules.query import Document, Query, QuerySyntaxError, Span, match
from service.ingest.clean import clean
from service.store.engine import Session, Store
from service.store.mentions import save_new, see_again
from service.store.search.find import count_days, scope_of, search
from service.store.search.needed import All, Needed, Word, needed_words
from service.store.search.words import words_of
from service.store.tables import SearchProgressRow
from tests.builders import NOON, a_mention, a_source
from tests.rules.query.strategies import (
    documents,
    lookalikes,
    mentions,
    query_texts,
    raws,
    read_or_refusal,
    sources,
)

queries = (
    (query_texts | raws | lookalikes)
    .map(read_or_refusal)
    .filter(lambda read: not isinstance(read, QuerySyntaxError))
)
stored = st.lists(st.tuples(mentions.map(clean), sources), min_size=1, max_size=12)


def holds(needed: Needed | None, words: frozenset[str]) -> bool:
    if needed is None:
        return True
    if isinstance(needed, Word):
        if needed.prefix:
            return any(word.startswith(needed.text) for word in words)
        return needed.text in words
    parts = [holds(part, words) for part in needed.parts]
    return all(parts) if isinstance(needed, All) else any(parts)


@settings(max_examples=250)
@given(queries, st.lists(documents, min_size=1, max_size=4))
def test_whatever_a_query_holds_of_has_the_words_that_it_needs(
    query: Query, tried: list[Document]
) -> None:
    needed = needed_words(query.tree)
    for document in tried:
        if match(query, document) is not None:
            assert holds(needed, frozenset(words_of(document).split(" ")))


class Undo(Exception):
    """Ends a transaction that shall leave nothing."""


@contextmanager
def filled(store: Store, told: Sequence[tuple[Mention, str]], *, behind: bool) -> Iterator[Session]:
    """A session in which these mentions are stored, each first seen in its source; ``behind``: as
    if all of them had been there before the index."""
    names = sorted({source for _, source in told} - {""})
    try:
        with store.write() as session:
            ids = {name: a_source(session, name=name) for name in names}
            save_new(session, [mention for mention, _ in told])
            for mention, source in told:
                if source:
                    see_again(session, [mention], source_id=ids[source], now=NOON)
            if behind:
                session.query(SearchProgressRow).update({"form": 0})
            yield session
            raise Undo
    except Undo:
        pass


def asked(told: Sequence[tuple[Mention, str]], query: Query) -> dict[str, tuple[Span, ...]]:
    """What the matcher says of each."""
    found = {
        mention.id: match(query, Document.of(mention, source=source)) for mention, source in told
    }
    return {key: one.spans for key, one in found.items() if one is not None}


@pytest.mark.parametrize("behind", [False, True], ids=["indexed", "not indexed yet"])
@settings(
    max_examples=20,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(stored, st.lists(queries, min_size=1, max_size=6))
@example([(a_mention(text="see https://acme.com/a"), "")], [read_or_refusal('raw:"acme"')])
def test_search_finds_what_the_matcher_holds_of(
    store: Store, behind: bool, told: list[tuple[Mention, str]], tried: list[Query]
) -> None:
    # One mention is first seen in one source; here each is seen once.
    once = list({mention.id: (mention, source) for mention, source in told}.values())
    with filled(store, once, behind=behind) as session:
        for query in tried:
            wanted = asked(once, query)
            found = search(session, query, scope=scope_of(), limit=200)
            assert {one.mention.identity: one.spans for one in found.items} == wanted
            assert found.next_cursor is None
            moments = [(one.mention.effective_at, one.mention.id) for one in found.items]
            assert moments == sorted(moments, reverse=True)

            counted = count_days(session, query, scope=scope_of())
            assert counted.total == len(wanted)

            day = NOON - timedelta(hours=12)
            lately = search(session, query, scope=scope_of(since=day, until=NOON), limit=200)
            assert {one.mention.identity for one in lately.items} == {
                mention.id
                for mention, _ in once
                if mention.id in wanted and day <= mention.effective_at < NOON
            }
