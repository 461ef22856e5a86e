"""Whoever asks again and again is told what somebody who asks for the first time is told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from rules.trend import SIGNALS
from service.store.engine import Store
from service.store.kept_series import KeptSeries
from service.store.rollups import Counted, add
from service.store.series import read_series
from tests.builders import NOON, a_brand, a_query, a_source, minutes

DAYS = 3
SEEN = [SIGNALS[name] for name in ("negative_volume", "organic_volume", "silence")]

arrivals = st.lists(
    st.tuples(
        st.integers(0, 900),  # minutes until the next look
        st.lists(
            st.tuples(
                st.integers(-30, 5000),  # minutes before the look: late, or of the future
                st.sampled_from(["mastodon", "reddit", "news"]),
                st.booleans(),
            ),
            max_size=4,
        ),
    ),
    max_size=8,
)


def counted(
    query: int, *, ago: float, platform: str = "mastodon", negative: bool = True
) -> Counted:
    counts = {
        "mentions": 1,
        "negative": int(negative),
        "negative_reach": 10 * negative,
        "organic": 50 * negative,
    }
    return Counted(query_id=query, platform=platform, at=NOON - minutes(ago), counts=counts)


def a_heard_query(store: Store) -> int:
    with store.write() as session:
        a_source(session, created_at=NOON - timedelta(days=9))
        return a_query(session, brand=a_brand(session), created_at=NOON - timedelta(days=9))


def test_what_is_kept_is_what_would_be_read_whatever_arrives_when(store: Store) -> None:
    query = a_heard_query(store)

    @settings(max_examples=25)
    @given(arrivals)
    def holds(steps: list[tuple[int, list[tuple[int, str, bool]]]]) -> None:
        kept, now = KeptSeries(), NOON
        # A session for reading throws its changes away: the next example begins with nothing.
        with store.read() as session:
            for pause, posts in steps:
                now += minutes(pause + 0.5)
                passed = (now - NOON) / minutes(1)
                add(
                    session,
                    [
                        counted(query, ago=ago - passed, platform=platform, negative=negative)
                        for ago, platform, negative in posts
                    ],
                )
                for signal in SEEN:
                    told = kept(session, query, now=now, days=DAYS, signal=signal)
                    assert told == read_series(session, query, now=now, days=DAYS, signal=signal)

    holds()


def test_a_late_mention_of_a_past_day_is_seen(store: Store) -> None:
    query = a_heard_query(store)
    kept = KeptSeries()
    for ago in (10, 2000, 2001, 400):
        with store.write() as session:
            add(session, [counted(query, ago=ago)])
        with store.read() as session:
            told = kept(session, query, now=NOON, days=DAYS)
            assert told == read_series(session, query, now=NOON, days=DAYS)
    assert told.count(NOON - minutes(3000), NOON).negative == 4


def test_only_what_changed_is_read_again(sqlite_store: Store) -> None:
    query = a_heard_query(sqlite_store)
    with sqlite_store.write() as session:
        add(session, [counted(query, ago=ago) for ago in range(0, 3000, 7)])
    kept = KeptSeries()
    read: list[int] = []

    def rows(*told: Any) -> None:
        statement, parameters = told[2], told[3]
        if "rollups.grain = ?" in statement and "minute" in parameters:
            read.append(statement.count("rollups.platform"))

    with sqlite_store.read() as session:
        kept(session, query, now=NOON, days=DAYS)
    event.listen(sqlite_store.engine, "before_cursor_execute", rows)
    with sqlite_store.read() as session:
        kept(session, query, now=NOON, days=DAYS)
    unchanged = sum(read)
    with sqlite_store.write() as session:
        add(session, [counted(query, ago=1)])
    read.clear()
    with sqlite_store.read() as session:
        kept(session, query, now=NOON, days=DAYS)
    assert (unchanged, sum(read)) == (0, 1)
