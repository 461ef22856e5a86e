"""A new query looks back: what is matched, what becomes a mention, and what is counted."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from connectors.contract import Batch
from service.escalation.detect import detect
from service.ingest.inbox import Origin, accept
from service.ingest.look_back import SETTLED, Step, look_back
from service.store.engine import Store
from service.store.kept_series import KeptSeries
from service.store.search.scan import Budget
from service.store.series import read_series
from service.store.tables import (
    AlertRow,
    MatchRow,
    MentionRow,
    QueryRow,
    RejectRow,
    RollupRow,
    SightingRow,
    StoryRow,
)
from tests.builders import NOON, a_brand, a_mention, a_query, a_source

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def heard(store: Store, *texts: str, at: datetime = NOON - DAY) -> None:
    """Posts that a source brought at that moment, a minute apart."""
    with store.write() as session:
        source = a_source(session, created_at=NOON - 20 * DAY)
    posts = [
        a_mention(text=text, published_at=at - number * timedelta(minutes=1), collected_at=at)
        for number, text in enumerate(texts)
    ]
    batch = Batch(mentions=tuple(posts), cursor={})
    accept(store, batch, origin=Origin(source, tier=1, next_poll_at=NOON), now=at)


def a_saved_query(store: Store, text: str) -> int:
    with store.write() as session:
        brand = a_brand(session, f"Brand of {text}")
        return a_query(session, brand=brand, text=text, name=text, created_at=NOON - 20 * DAY)


def all_the_way(store: Store, query: int, *, looks: int = 100, **changes: Any) -> list[Step]:
    span = {"since": NOON - 10 * DAY, "complete_since": NOON - 14 * DAY, "now": NOON}
    steps: list[Step] = []
    cursor = None
    while not steps or cursor is not None:
        with store.write() as session:
            budget = Budget(looks=looks)
            one = look_back(session, query, **span | changes, cursor=cursor, budget=budget)
        steps.append(one)
        cursor = one.next_cursor
        assert len(steps) < 100
    return steps


def rows(store: Store, table: Any) -> list[Any]:
    with store.read() as session:
        return list(session.scalars(select(table)))


def counted(store: Store, query: int) -> dict[str, int]:
    """Mentions of a query by grain."""
    told = dict.fromkeys(("minute", "hour", "day"), 0)
    for row in rows(store, RollupRow):
        if row.query_id == query:
            told[row.grain] += row.mentions
    return told


def test_stored_mentions_become_matches_and_rejects_become_mentions(store: Store) -> None:
    a_saved_query(store, "acme")
    heard(store, "acme and globex are awful", "globex burns", "nothing of ours")
    query = a_saved_query(store, "globex")
    steps = all_the_way(store, query)
    assert (sum(one.matched for one in steps), sum(one.taken for one in steps)) == (1, 1)
    mine = [row for row in rows(store, MatchRow) if row.query_id == query]
    assert len(mine) == 2
    assert all(row.spans and row.explanation["polarity"] is not None for row in mine)
    assert {row.text for row in rows(store, MentionRow)} == {
        "acme and globex are awful",
        "globex burns",
    }
    assert [row.text for row in rows(store, RejectRow)] == ["nothing of ours"]
    assert len(rows(store, SightingRow)) == 2
    assert counted(store, query) == {"minute": 2, "hour": 2, "day": 2}


def test_looking_back_again_or_in_small_steps_counts_nothing_twice(store: Store) -> None:
    a_saved_query(store, "acme")
    heard(store, *(f"acme globex {number}" for number in range(5)))
    heard(store, *(f"globex {number}" for number in range(5)), at=NOON - 2 * DAY)
    query = a_saved_query(store, "globex")
    steps = all_the_way(store, query, looks=2)
    assert len(steps) > 4
    assert sum(one.matched + one.taken for one in steps) == 10
    again = all_the_way(store, query)
    assert sum(one.matched + one.taken for one in again) == 0
    assert counted(store, query) == {"minute": 10, "hour": 10, "day": 10}


def test_what_is_too_new_or_too_old_to_be_counted_is_a_match_all_the_same(store: Store) -> None:
    a_saved_query(store, "acme")
    heard(store, "acme globex now", at=NOON - SETTLED + HOUR)
    heard(store, "acme globex lately", at=NOON - SETTLED - HOUR)
    heard(store, "acme globex long ago", at=NOON - 9 * DAY)
    query = a_saved_query(store, "globex")
    steps = all_the_way(store, query, complete_since=NOON - 5 * DAY)
    assert sum(one.matched for one in steps) == 3
    assert counted(store, query)["minute"] == 1


def test_nobody_is_alarmed_about_the_past_and_kept_series_see_it(store: Store) -> None:
    a_saved_query(store, "acme")
    for day in range(1, 10):
        heard(store, "acme globex is awful", "globex kettle", at=NOON - day * DAY - HOUR)
    burst = [f"globex is awful, fire {number}" for number in range(40)]
    heard(store, *(f"acme {text}" for text in burst), at=NOON - HOUR / 2)
    heard(store, *burst, at=NOON - HOUR / 2)
    with store.write() as session:
        session.query(AlertRow).delete()
    query = a_saved_query(store, "globex")
    kept = KeptSeries()
    with store.read() as session:
        kept(session, query, now=NOON, days=14)
    assert sum(one.matched + one.taken for one in all_the_way(store, query)) == 98
    detect(store, now=NOON, read=kept)
    assert [row for row in rows(store, AlertRow) if row.query_id == query] == []
    with store.read() as session:
        assert kept(session, query, now=NOON, days=14) == read_series(
            session, query, now=NOON, days=14
        )


def test_a_reject_of_which_too_little_was_kept_is_left_and_told(store: Store) -> None:
    a_saved_query(store, "acme")
    heard(store, "globex burns")
    with store.write() as session:
        session.query(RejectRow).update({"facts": None})
    query = a_saved_query(store, "globex")
    steps = all_the_way(store, query)
    assert [(one.taken, one.undecided) for one in steps][-1] == (0, 1)
    assert len(rows(store, RejectRow)) == 1


def test_what_another_query_found_before_is_told_once_and_bears_its_story(store: Store) -> None:
    fire = "acme kettle caught fire in my kitchen"
    first = a_saved_query(store, "acme")
    heard(store, fire, fire)
    with store.write() as session:
        brand = session.get_one(QueryRow, first).brand_id
        second = a_query(session, brand=brand, text="kettle", created_at=NOON - 20 * DAY)
    all_the_way(store, second)

    stories = {(row.query_id, row.story) for row in rows(store, MatchRow)}
    assert len(stories) == 2
    assert len({story for _, story in stories}) == 1
    ((_, told, *_),) = rows(store, StoryRow)[0].pace["texts"]
    assert told == 2
