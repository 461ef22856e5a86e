"""What the detectors read: points, since when, and when nobody could hear."""

from __future__ import annotations

from datetime import timedelta

from rules.trend.counts import to_minute
from service.store.engine import Store
from service.store.series import count_recent, read_series
from service.store.tables import BlindSpotRow
from tests.builders import NOON, a_brand, a_query, a_rollup, a_source, minutes

HOUR = timedelta(hours=1)


def test_only_the_querys_minutes_are_read_and_reach_is_that_of_the_negative(store: Store) -> None:
    with store.write() as session:
        brand = a_brand(session)
        query, other = a_query(session, brand=brand), a_query(session, brand=brand)
        a_rollup(
            session,
            query=query,
            bucket=NOON - minutes(5),
            mentions=3,
            negative=2,
            reach=900,
            negative_reach=70,
        )
        a_rollup(session, query=query, bucket=NOON, grain="hour", mentions=99, negative=99)
        a_rollup(session, query=other, bucket=NOON - minutes(5), mentions=50, negative=50)
        series = read_series(session, query, now=NOON)
        assert count_recent(session, [query], now=NOON, length=HOUR)[query].negative == 2
    window = series.count(NOON - HOUR, NOON)
    assert (window.mentions, window.negative, window.reach) == (3, 2, 70)


def test_it_begins_with_the_first_mention_or_with_listening_whichever_is_earlier(
    store: Store,
) -> None:
    with store.write() as session:
        brand = a_brand(session)
        query = a_query(session, brand=brand, created_at=NOON - 5 * HOUR)
        a_source(session, created_at=NOON - 4 * HOUR)
        assert read_series(session, query, now=NOON).since == to_minute(NOON - 4 * HOUR)
        a_rollup(session, query=query, bucket=NOON - 2 * HOUR, mentions=1)
        assert read_series(session, query, now=NOON).since == to_minute(NOON - 4 * HOUR)
        a_rollup(session, query=query, bucket=NOON - 50 * HOUR, mentions=1)
        assert read_series(session, query, now=NOON).since == to_minute(NOON - 50 * HOUR)


def test_a_gap_is_when_every_enabled_source_was_blind(store: Store) -> None:
    with store.write() as session:
        query = a_query(session, brand=a_brand(session), created_at=NOON - 9 * HOUR)
        one, two, off = (
            a_source(session, created_at=NOON - 9 * HOUR),
            a_source(session, created_at=NOON - 9 * HOUR),
            a_source(session, created_at=NOON - 9 * HOUR, enabled=False),
        )
        for source, start, end in (
            (one, 6, 3),
            (one, 5, 4),  # a second spot inside the first does not count twice
            (two, 4, 2),
            (one, 1, None),
            (two, 0.5, None),
            (off, 8, 7),
        ):
            session.add(
                BlindSpotRow(
                    source_id=source,
                    started_at=NOON - start * HOUR,
                    ended_at=None if end is None else NOON - end * HOUR,
                    reason="x",
                )
            )
        session.flush()
        series = read_series(session, query, now=NOON)
    at = to_minute(NOON)
    assert series.gaps == ((at - 240, at - 180), (at - 30, at))


def test_a_platform_that_a_new_source_brought_is_known_from_its_first_mention_on(
    store: Store,
) -> None:
    with store.write() as session:
        query = a_query(session, brand=a_brand(session), created_at=NOON - 90 * HOUR)
        a_source(session, created_at=NOON - 90 * HOUR)
        a_rollup(session, query=query, bucket=NOON - 95 * HOUR, mentions=1, platform="old")
        a_source(session, created_at=NOON - HOUR)
        a_rollup(session, query=query, bucket=NOON - 2 * HOUR, mentions=1, platform="new")
        a_rollup(session, query=query, bucket=NOON - minutes(5), mentions=1, platform="later")
        series = read_series(session, query, now=NOON)
    assert series.lanes["old"].since == series.since
    assert series.lanes["new"].since == to_minute(NOON - 2 * HOUR)
    assert series.lanes["later"].since == series.since
