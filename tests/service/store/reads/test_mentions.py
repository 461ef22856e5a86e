"""Mentions as the doors show them."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import event

from service.errors import Invalid, NotFound
from service.store.engine import Session, Store
from service.store.reads.mentions import mention_page, mention_view
from service.store.tables import SightingRow
from tests.builders import NOON, a_brand, a_match, a_query, a_source, a_stored_mention, minutes


def a_found(session: Session, query: int, *, ago: float = 1, **match: Any) -> int:
    at = NOON - minutes(ago)
    mention = a_stored_mention(session, published_at=at, collected_at=at)
    a_match(session, query=query, mention=mention, **match)
    return mention


def ids(session: Session, **asked: Any) -> list[int]:
    return [mention.id for mention in mention_page(session, **asked).items]


def test_a_mention_that_matched_twice_is_shown_once_with_both(store: Store) -> None:
    with store.write() as session:
        brand = a_brand(session)
        low, high = a_query(session, brand=brand), a_query(session, brand=brand)
        mention = a_found(session, low, priority=0.2)
        a_match(session, query=high, mention=mention, priority=0.8)

    with store.read() as session:
        (shown,) = mention_page(session).items

    assert [match.query_id for match in shown.matches] == [high, low]
    assert shown.top.priority == 0.8


def test_all_conditions_are_asked_of_one_match(store: Store) -> None:
    with store.write() as session:
        brand, other = a_brand(session), a_brand(session, "Beta")
        query, others = a_query(session, brand=brand), a_query(session, brand=other)
        mention = a_found(session, query, label="positive", priority=0.1, relevance=0.9)
        a_match(session, query=others, mention=mention, label="negative", priority=0.9)

    with store.read() as session:
        assert ids(session, brand_id=brand, label="positive") == [mention]
        assert ids(session, brand_id=brand, label="negative") == []
        assert ids(session, query_id=query, min_priority=0.5) == []
        assert ids(session, query_id=others, min_priority=0.5) == [mention]
        assert ids(session, min_relevance=0.95) == []


def test_a_span_of_time_has_its_beginning_and_not_its_end(store: Store) -> None:
    with store.write() as session:
        query = a_query(session, brand=a_brand(session))
        begin, _end = a_found(session, query, ago=10), a_found(session, query, ago=5)

    with store.read() as session:
        assert ids(session, since=NOON - minutes(10), until=NOON - minutes(5)) == [begin]


def test_pages_follow_each_other_through_mentions_of_one_moment(store: Store) -> None:
    with store.write() as session:
        query = a_query(session, brand=a_brand(session))
        every = [a_found(session, query, ago=ago) for ago in (3, 3, 3, 2, 4)]

    seen: list[int] = []
    cursor = None
    with store.read() as session:
        for _ in range(10):
            page = mention_page(session, cursor=cursor, limit=2)
            seen += [mention.id for mention in page.items]
            cursor = page.next_cursor
            if cursor is None:
                break

    assert seen == [every[3], every[2], every[1], every[0], every[4]]


def test_one_mention_tells_where_it_was_seen(store: Store) -> None:
    with store.write() as session:
        mention = a_found(session, a_query(session, brand=a_brand(session)))
        first, second = a_source(session), a_source(session)
        session.add(SightingRow(mention_id=mention, source_id=second, seen_at=NOON))
        session.add(SightingRow(mention_id=mention, source_id=first, seen_at=NOON - minutes(9)))

    with store.read() as session:
        shown = mention_view(session, mention)

    assert [sighting.source_id for sighting in shown.sightings] == [first, second]


def test_what_is_not_there_or_not_yours_is_not_found(sqlite_store: Store) -> None:
    with sqlite_store.write() as session:
        brand = a_brand(session)
        mention = a_found(session, a_query(session, brand=brand))

    with sqlite_store.read() as session:
        assert mention_view(session, mention, brands=frozenset({brand})).id == mention
        with pytest.raises(NotFound):
            mention_view(session, mention, brands=frozenset())
        with pytest.raises(NotFound):
            mention_view(session, mention + 1)


@pytest.mark.parametrize("cursor", ["", "x", "W10", "WyIyMDI2IiwxXQ", "é", "A" * 300])
def test_a_cursor_that_we_did_not_write_is_refused(sqlite_store: Store, cursor: str) -> None:
    with sqlite_store.read() as session, pytest.raises(Invalid):
        mention_page(session, cursor=cursor)


def test_a_long_page_takes_no_more_queries_than_a_short_one(sqlite_store: Store) -> None:
    asked: list[str] = []
    event.listen(
        sqlite_store.engine,
        "before_cursor_execute",
        lambda _connection, _cursor, statement, *_: asked.append(statement),
    )
    with sqlite_store.write() as session:
        query = a_query(session, brand=a_brand(session))
        for _ in range(30):
            a_found(session, query)

    counts = []
    for limit in (1, 30):
        asked.clear()
        with sqlite_store.read() as session:
            mention_page(session, limit=limit)
        counts.append(len(asked))

    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("asked", "index"),
    [
        ({}, "ix_mentions_effective_at"),
        ({"since": NOON}, "ix_mentions_effective_at"),
        ({"brand_id": 1}, "ix_matches_brand_id_effective_at_mention_id"),
        ({"query_id": 1}, "ix_matches_query_id_effective_at_mention_id"),
        ({"brand_id": 1, "words": "kettle"}, "ix_matches_brand_id_effective_at_mention_id"),
    ],
)
def test_the_newest_page_is_read_along_an_index(
    sqlite_store: Store, asked: dict[str, Any], index: str
) -> None:
    statements: list[tuple[str, Any]] = []
    event.listen(
        sqlite_store.engine,
        "before_cursor_execute",
        lambda _connection, _cursor, statement, parameters, *_: statements.append(
            (statement, parameters)
        ),
    )
    with sqlite_store.read() as session:
        mention_page(session, **asked)
        statement, parameters = next(told for told in statements if "ORDER BY" in told[0])
        plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        told = " ".join(str(row[-1]) for row in plan)

    assert index in told
    assert "TEMP B-TREE" not in told
