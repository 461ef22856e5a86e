"""One batch, one transaction: all of it or nothing, and once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from connectors.contract import Batch, LeftOut
from rules.mention import Engagement
from rules.query import parse
from service.ingest.inbox import Origin, accept
from service.store import sources
from service.store.engine import Store
from service.store.search.find import scope_of, search
from service.store.tables import (
    BlindSpotRow,
    MatchRow,
    MentionRow,
    RejectRow,
    RollupRow,
    SightingRow,
)
from tests.builders import NOON, a_brand, a_mention, a_query, a_source, an_author
from tests.fakes import CrashHere


@pytest.fixture
def source(store: Store) -> int:
    with store.write() as session:
        brand = a_brand(session)
        a_query(session, brand=brand, text="acme", name="Acme")
        a_query(session, brand=brand, text="brewster", name="Brewster", role="competitor")
        return a_source(session)


def origin(source: int) -> Origin:
    return Origin(source_id=source, tier=2, next_poll_at=NOON + timedelta(minutes=15))


def batch(*mentions: Any, **changes: Any) -> Batch:
    return replace(Batch(mentions=mentions, cursor={"seen": 1}), **changes)


def rows(store: Store, table: Any) -> list[Any]:
    with store.read() as session:
        return list(session.scalars(select(table)))


def minute_counts(store: Store) -> dict[str, int]:
    told = [row for row in rows(store, RollupRow) if row.grain == "minute"]
    return {
        name: sum(getattr(row, name) for row in told)
        for name in ("mentions", "negative", "neutral", "positive")
    }


def test_a_mention_is_stored_with_match_scores_rollups_and_the_cursor(
    store: Store, source: int
) -> None:
    bad = a_mention(text="Acme is terrible, the worst kettle. I hate it.")
    told = accept(store, batch(bad), origin=origin(source), now=NOON)
    assert (told.stored, told.rejected, told.known) == (1, 0, 0)
    match = rows(store, MatchRow)[0]
    assert match.label == "negative"
    assert match.polarity < -0.5
    assert match.query_version == 1
    assert match.score_version
    assert match.explanation["polarity"]
    assert minute_counts(store) == {"mentions": 1, "negative": 1, "neutral": 0, "positive": 0}
    assert {row.grain for row in rows(store, RollupRow)} == {"minute", "hour", "day"}
    with store.read() as session:
        stored = sources.get_source(session, source)
    assert stored.cursor == {"seen": 1}
    assert stored.state == "ok"
    assert stored.next_poll_at == NOON + timedelta(minutes=15)


@pytest.mark.parametrize(("days_old", "organic"), [(3, 350), (900, 1000)])
def test_copies_by_young_accounts_are_counted_with_what_they_weigh(
    store: Store, source: int, days_old: int, organic: int
) -> None:
    posts = [
        a_mention(
            text="Acme is terrible, the worst kettle. I hate it. Never buy from them again!",
            author=an_author(handle=f"u{n}", created_at=NOON - timedelta(days=days_old)),
        )
        for n in range(10)
    ]
    for half in (posts[:5], posts[5:]):
        accept(store, batch(*half), origin=origin(source), now=NOON)
    (row,) = [one for one in rows(store, RollupRow) if one.grain == "minute"]
    assert row.negative == 10
    # 1 + 1/2 + … + 1/10 is 2.93; the first of all is the story itself and weighs one.
    assert abs(row.organic - organic) <= 60
    assert row.negative_engagement == 40
    assert row.priority == pytest.approx(
        100 * sum(match.priority for match in rows(store, MatchRow)), abs=5
    )


def test_the_same_batch_twice_is_stored_and_counted_once(store: Store, source: int) -> None:
    page = batch(a_mention(text="acme one"), a_mention(text="acme two"))
    first = accept(store, page, origin=origin(source), now=NOON)
    second = accept(store, page, origin=origin(source), now=NOON)
    assert (first.stored, second.stored, second.known) == (2, 0, 2)
    assert len(rows(store, MentionRow)) == 2
    assert minute_counts(store)["mentions"] == 2


def test_one_mention_twice_in_a_batch_is_one(store: Store, source: int) -> None:
    post = a_mention(text="acme")
    assert accept(store, batch(post, post), origin=origin(source), now=NOON).stored == 1


def test_two_sources_that_show_one_article_store_it_once_and_are_both_remembered(
    store: Store, source: int
) -> None:
    with store.write() as session:
        other = a_source(session)
    article = {"native_id": None, "text": "acme recall"}
    first = a_mention(**article, url="https://news.example/a?utm_source=feed")
    second = a_mention(**article, url="https://www.news.example/a")
    accept(store, batch(first), origin=origin(source), now=NOON)
    accept(store, batch(second), origin=origin(other), now=NOON)
    assert len(rows(store, MentionRow)) == 1
    assert {row.source_id for row in rows(store, SightingRow)} == {source, other}


def test_engagement_is_brought_up_to_date_when_a_mention_is_seen_again(
    store: Store, source: int
) -> None:
    post = a_mention(text="acme", engagement=Engagement(likes=1, shares=5))
    accept(store, batch(post), origin=origin(source), now=NOON)
    later = replace(post, engagement=Engagement(likes=40))
    accept(store, batch(later), origin=origin(source), now=NOON)
    row = rows(store, MentionRow)[0]
    assert (row.likes, row.shares) == (40, 5)


def test_what_matches_nothing_is_kept_as_a_reject_with_its_reason(
    store: Store, source: int
) -> None:
    told = accept(store, batch(a_mention(text="a toaster")), origin=origin(source), now=NOON)
    assert (told.stored, told.rejected) == (0, 1)
    reject = rows(store, RejectRow)[0]
    assert [reason["query"] for reason in reject.reasons] == ["Acme", "Brewster"]
    assert "acme" in reject.reasons[0]["why"]
    assert rows(store, MentionRow) == []


def test_a_reject_that_matches_later_becomes_a_mention(store: Store, source: int) -> None:
    post = a_mention(text="a toaster")
    accept(store, batch(post), origin=origin(source), now=NOON)
    with store.write() as session:
        a_query(session, brand=a_brand(session, "Toasters"), text="toaster")
    assert accept(store, batch(post), origin=origin(source), now=NOON).stored == 1
    assert rows(store, RejectRow) == []


def test_an_entry_that_could_not_be_read_is_kept_with_why(store: Store, source: int) -> None:
    page = batch(left_out=(LeftOut(reason="it has no text", what="entry 3\x00"),))
    told = accept(store, page, origin=origin(source), now=NOON)
    assert told.left_out == 1
    reject = rows(store, RejectRow)[0]
    assert reject.reasons[0]["why"] == "could not be read: it has no text"
    assert reject.title == "entry 3"


def test_a_stored_batch_ends_the_blind_spot(store: Store, source: int) -> None:
    with store.write() as session:
        sources.record_failure(
            session,
            source,
            now=NOON,
            error="it timed out",
            next_poll_at=NOON,
            stopped=False,
        )
    accept(store, batch(), origin=origin(source), now=NOON + timedelta(minutes=5))
    spot = rows(store, BlindSpotRow)[0]
    assert (spot.started_at, spot.ended_at) == (NOON, NOON + timedelta(minutes=5))


def test_hostile_text_is_stored_as_text(store: Store, source: int) -> None:
    hostile = "acme '; DROP TABLE mentions; -- <script>alert(1)</script> \x00 ‮evil‬ " + "😂" * 4000
    told = accept(store, batch(a_mention(text=hostile)), origin=origin(source), now=NOON)
    assert told.stored == 1
    assert rows(store, MentionRow)[0].text == hostile.replace("\x00", "")


class DiesBeforeCommit:
    """A store whose writing process dies when all is written and nothing is committed."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.read = store.read

    @contextmanager
    def write(self) -> Iterator[Any]:
        with self._store.write() as session:
            yield session
            session.flush()
            raise CrashHere


def test_a_crash_before_the_commit_leaves_nothing_behind(store: Store, source: int) -> None:
    page = batch(a_mention(text="acme"), a_mention(text="a toaster"))
    with pytest.raises(CrashHere):
        accept(DiesBeforeCommit(store), page, origin=origin(source), now=NOON)  # type: ignore[arg-type]
    for table in (MentionRow, MatchRow, RollupRow, RejectRow, SightingRow):
        assert rows(store, table) == []
    with store.read() as session:
        assert sources.get_source(session, source).cursor is None
    assert accept(store, page, origin=origin(source), now=NOON).stored == 1


def test_a_query_may_ask_for_the_source_that_shows_a_mention_live_and_in_history(
    store: Store,
) -> None:
    with store.write() as session:
        brand = a_brand(session)
        a_query(session, brand=brand, text='acme source:"press feed"', name="Press")
        press, other = a_source(session, name="Press  Feed"), a_source(session, name="Other")
    shown, elsewhere = a_mention(text="acme"), a_mention(text="acme")
    assert accept(store, batch(elsewhere), origin=origin(other), now=NOON).rejected == 1
    assert accept(store, batch(shown), origin=origin(press), now=NOON).stored == 1
    with store.read() as session:
        found = search(session, parse('acme source:"press feed"'), scope=scope_of())
    assert [one.mention.identity for one in found.items] == [shown.id]
