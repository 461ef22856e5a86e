"""The first page's numbers."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import event

from rules.severity import Severity
from service.store.engine import Store
from service.store.reads.overview import Counts, overview
from service.store.tables import BlindSpotRow
from tests.builders import (
    NOON,
    a_brand,
    a_match,
    a_query,
    a_rollup,
    a_source,
    a_stored_mention,
    an_incident,
    minutes,
)


def test_a_day_begins_24_hours_ago_and_is_compared_with_the_same_a_week_before(
    store: Store,
) -> None:
    day, week = timedelta(hours=24), timedelta(days=7)
    with store.write() as session:
        query = a_query(session, brand=a_brand(session))
        a_rollup(session, query=query, bucket=NOON, mentions=1, negative=1)
        a_rollup(session, query=query, bucket=NOON - day + minutes(1), mentions=2, positive=2)
        a_rollup(session, query=query, bucket=NOON - day, mentions=100)
        a_rollup(session, query=query, bucket=NOON - week, mentions=4, negative=3)
        a_rollup(session, query=query, bucket=NOON - week - day, mentions=100)
        a_rollup(session, query=query, bucket=NOON, grain="hour", mentions=100)

    with store.read() as session:
        (brand,) = overview(session, now=NOON).brands

    assert brand.last_day == Counts(mentions=3, negative=1, positive=2)
    assert brand.week_before == Counts(mentions=4, negative=3, positive=0)


def test_share_of_voice_is_of_the_brand_and_its_competitors_only(store: Store) -> None:
    with store.write() as session:
        acme = a_brand(session)
        alone = a_brand(session, "Zeta")
        for role, mentions in (("brand", 3), ("competitor", 1), ("competitor", 2), ("topic", 50)):
            query = a_query(session, brand=acme, role=role)
            a_rollup(session, query=query, bucket=NOON, mentions=mentions)
        a_rollup(session, query=a_query(session, brand=alone), bucket=NOON, mentions=3)

    with store.read() as session:
        shares = {brand.slug: brand.share_of_voice for brand in overview(session, now=NOON).brands}

    assert shares == {"acme": 0.5, "zeta": None}


def test_a_sparkline_has_48_hours_the_last_of_them_unfinished(store: Store) -> None:
    now = NOON + minutes(30)
    with store.write() as session:
        query = a_query(session, brand=a_brand(session))
        a_rollup(session, query=query, bucket=NOON, grain="hour", mentions=5, negative=2)
        first = NOON - timedelta(hours=47)
        a_rollup(session, query=query, bucket=first, grain="hour", mentions=1)
        before = NOON - timedelta(hours=48)
        a_rollup(session, query=query, bucket=before, grain="hour", mentions=9)

    with store.read() as session:
        line = overview(session, now=now).brands[0].sparkline

    assert len(line) == 48
    assert line[0] == (NOON - timedelta(hours=47), 1, 0)
    assert line[-1] == (NOON, 5, 2)
    assert sum(mentions for _, mentions, _ in line) == 6


def test_what_deserves_a_look_is_counted_and_shown(store: Store) -> None:
    with store.write() as session:
        brand = a_brand(session)
        query = a_query(session, brand=brand)
        an_incident(session, query=query, severity=3)
        an_incident(session, query=query, severity=1, status="acknowledged")
        an_incident(session, query=query, severity=1, status="resolved")
        high, low = a_stored_mention(session), a_stored_mention(session)
        a_match(session, query=query, mention=high, priority=0.9)
        a_match(session, query=query, mention=low, priority=0.1)
        for enabled in (True, False):
            source = a_source(session, enabled=enabled)
            for _ in range(2):
                session.add(
                    BlindSpotRow(source_id=source, started_at=NOON, ended_at=None, reason="x")
                )
        a_brand(session, "Old", archived_at=NOON)

    with store.read() as session:
        told = overview(session, now=NOON)

    (acme,) = told.brands
    assert (acme.open_incidents, acme.worst_severity) == (2, Severity.SEV1)
    assert acme.last_mention_at == NOON - minutes(1)
    assert (told.source_count, told.blind_source_count, told.open_incident_count) == (1, 1, 2)
    assert [mention.id for mention in told.newest] == [high]


def test_a_limited_caller_gets_their_brands_only(sqlite_store: Store) -> None:
    with sqlite_store.write() as session:
        ours, theirs = a_brand(session, "Ours"), a_brand(session, "Theirs")
        mention = a_stored_mention(session)
        query = a_query(session, brand=theirs)
        a_match(session, query=query, mention=mention, priority=1.0)
        an_incident(session, query=query)

    with sqlite_store.read() as session:
        told = overview(session, now=NOON, brands=frozenset({ours}))

    assert [brand.id for brand in told.brands] == [ours]
    assert (told.open_incident_count, told.newest) == (0, ())


def test_many_brands_take_no_more_queries_than_one(sqlite_store: Store) -> None:
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    def count() -> int:
        asked.clear()
        with sqlite_store.read() as session:
            overview(session, now=NOON)
        return len(asked)

    def add(name: str) -> None:
        with sqlite_store.write() as session:
            query = a_query(session, brand=a_brand(session, name))
            a_match(session, query=query, mention=a_stored_mention(session), priority=1.0)

    event.listen(sqlite_store.engine, "before_cursor_execute", note)
    add("First")
    one = count()
    for number in range(10):
        add(f"Brand {number}")

    assert count() == one
