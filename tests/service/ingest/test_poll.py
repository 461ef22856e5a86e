"""One poll, from the lease to the next one; what goes wrong is stored with the source."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from connectors.contract import Batch, LeftOut
from connectors.errors import AuthFailed, Gone, PayloadChanged, RateLimited, Transient
from service.ingest.poll import Poller, poll, take_due
from service.store import sources
from service.store.engine import Store
from service.store.sources import SourceFacts
from service.store.tables import BlindSpotRow, MentionRow, SourceRow
from tests.builders import NOON, a_brand, a_mention, a_query, a_source
from tests.fakes import FakeClock, FakeConnector

HOUR = timedelta(hours=1)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def connector() -> FakeConnector:
    return FakeConnector()


@pytest.fixture
def poller(store: Store, clock: FakeClock, connector: FakeConnector) -> Poller:
    with store.write() as session:
        a_query(session, brand=a_brand(session), text="acme")
        a_source(session, name="feed")
    return make_poller(store, clock, {"feed": connector})


def make_poller(
    store: Store,
    clock: FakeClock,
    connectors: Mapping[str, FakeConnector],
    hosts: Mapping[str, str] | None = None,
) -> Poller:
    def hosts_of(source: SourceFacts) -> frozenset[str]:
        return frozenset({hosts[source.name]} if hosts and source.name in hosts else ())

    return Poller(
        store=store,
        clock=clock,
        open_connector=lambda source: connectors[source.name],
        hosts=hosts_of,
    )


def stored(store: Store, name: str = "feed") -> SourceRow:
    with store.read() as session:
        return session.scalars(select(SourceRow).where(SourceRow.name == name)).one()


def mention_count(store: Store) -> int:
    with store.read() as session:
        return len(session.scalars(select(MentionRow.id)).all())


def test_a_due_source_is_taken_once(poller: Poller) -> None:
    assert [source.name for source in take_due(poller, slots=4)] == ["feed"]
    assert take_due(poller, slots=4) == []


def test_two_workers_never_take_the_same_source(poller: Poller) -> None:
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda _: take_due(poller, slots=4), range(8)))
    assert sum(len(some) for some in taken) == 1


def test_the_next_poll_is_written_before_this_one_begins(poller: Poller, store: Store) -> None:
    take_due(poller, slots=4)
    assert stored(store).next_poll_at == NOON + timedelta(minutes=15)
    assert stored(store).cursor is None


def test_a_dead_workers_source_is_due_again_and_loses_nothing(
    poller: Poller, connector: FakeConnector, clock: FakeClock
) -> None:
    connector.brings(a_mention(text="acme"))
    take_due(poller, slots=4)
    clock.advance(timedelta(minutes=16))
    (source,) = take_due(poller, slots=4)
    assert poll(poller, source).stored == 1


def test_all_pages_are_taken_and_each_is_stored_with_its_cursor(
    poller: Poller, connector: FakeConnector, store: Store
) -> None:
    connector.brings(a_mention(text="acme 1"), more=True).brings(a_mention(text="acme 2"))
    (source,) = take_due(poller, slots=4)
    polled = poll(poller, source)
    assert (polled.stored, len(polled.pages), polled.error) == (2, 2, None)
    assert stored(store).cursor == {"page": 2}
    assert stored(store).leased_until is None


def test_pages_stored_before_a_failure_stay_and_the_cursor_with_them(
    poller: Poller, connector: FakeConnector, store: Store, clock: FakeClock
) -> None:
    connector.brings(a_mention(text="acme 1"), more=True).fails(Transient("cut off"))
    connector.brings(a_mention(text="acme 2"))
    (source,) = take_due(poller, slots=4)
    assert poll(poller, source).error == "cut off"
    assert stored(store).cursor == {"page": 1}
    clock.advance(HOUR)
    (source,) = take_due(poller, slots=4)
    assert poll(poller, source).stored == 1
    assert mention_count(store) == 2


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (Transient("HTTP 500"), "failing"),
        (RateLimited("HTTP 429"), "failing"),
        (PayloadChanged("this is a web page, not a feed"), "failing"),
        (AuthFailed("HTTP 401"), "stopped"),
        (Gone("HTTP 410"), "stopped"),
    ],
)
def test_a_failure_is_shown_with_the_source_and_opens_one_blind_spot(
    poller: Poller,
    connector: FakeConnector,
    store: Store,
    clock: FakeClock,
    error: Exception,
    state: str,
) -> None:
    connector.fails(error)  # type: ignore[arg-type]
    (source,) = take_due(poller, slots=4)
    assert poll(poller, source).error == str(error)
    row = stored(store)
    assert (row.state, row.last_error, row.failures) == (state, str(error), 1)
    assert row.leased_until is None
    assert row.next_poll_at > NOON
    clock.advance(timedelta(days=2))
    again = take_due(poller, slots=4)
    assert bool(again) == (state == "failing")
    with store.read() as session:
        spots = session.scalars(select(BlindSpotRow)).all()
    assert [(spot.reason, spot.ended_at) for spot in spots] == [(str(error), None)]


def test_a_connector_that_breaks_its_contract_fails_alone(poller: Poller, store: Store) -> None:
    class Broken:
        def poll(self, cursor: object) -> None:
            raise ZeroDivisionError("secret detail")

    broken = make_poller(store, FakeClock(), {"feed": Broken()})  # type: ignore[dict-item]
    (source,) = take_due(broken, slots=4)
    assert poll(broken, source).error == "the file connector failed: ZeroDivisionError"
    assert stored(store).state == "failing"


def test_whatever_a_connector_says_of_its_failure_can_be_stored(
    poller: Poller, connector: FakeConnector, store: Store
) -> None:
    connector.fails(Transient("cut\x00 off\x1b[2J\n\udc80 " + "x" * 100_000))
    (source,) = take_due(poller, slots=4)
    poll(poller, source)
    told = stored(store).last_error or ""
    assert told.startswith("cut off [2J xxx")
    assert len(told) == 1000


def test_whatever_a_connector_notices_or_leaves_out_can_be_stored(
    poller: Poller, connector: FakeConnector, store: Store
) -> None:
    odd = "odd\x00\x1b\udc80"
    connector.brings(a_mention(text="acme"), notice=odd, left_out=[LeftOut(odd, odd)])
    (source,) = take_due(poller, slots=4)
    assert poll(poller, source).stored == 1
    assert stored(store).notice == "odd"


def test_a_rate_limit_makes_the_whole_host_wait(store: Store, clock: FakeClock) -> None:
    limited = FakeConnector().fails(RateLimited("HTTP 429", retry_after=HOUR))
    with store.write() as session:
        a_source(session, name="one")
        a_source(session, name="two", next_poll_at=NOON + timedelta(minutes=1))
        a_source(session, name="elsewhere", next_poll_at=NOON + timedelta(minutes=1))
    hosts = {"one": "h.example", "two": "h.example", "elsewhere": "e.example"}
    poller = make_poller(store, clock, {"one": limited}, hosts)
    (source,) = take_due(poller, slots=4)
    poll(poller, source)
    assert stored(store, "two").next_poll_at == NOON + HOUR
    assert stored(store, "elsewhere").next_poll_at == NOON + timedelta(minutes=1)


def test_reddit_gets_a_minute_between_two_of_our_requests(store: Store, clock: FakeClock) -> None:
    with store.write() as session:
        a_source(session, name="one")
        a_source(session, name="two")
    hosts = dict.fromkeys(("one", "two"), "www.reddit.com")
    connectors = {"one": FakeConnector(), "two": FakeConnector()}
    poller = make_poller(store, clock, connectors, hosts)
    (first,) = take_due(poller, slots=4)
    poll(poller, first)
    clock.advance(timedelta(seconds=30))
    assert take_due(poller, slots=4) == []
    clock.advance(timedelta(seconds=32))
    assert [source.name for source in take_due(poller, slots=4)] == ["two"]


def test_a_disabled_source_is_not_polled(store: Store, clock: FakeClock) -> None:
    with store.write() as session:
        a_source(session, name="off", enabled=False)
    assert take_due(make_poller(store, clock, {}), slots=4) == []


def test_a_source_that_has_no_end_gives_way_and_goes_on_at_once(
    store: Store, clock: FakeClock
) -> None:
    endless = FakeConnector()
    for number in range(60):
        endless.brings(a_mention(text=f"acme {number}"), more=True)
    with store.write() as session:
        a_query(session, brand=a_brand(session), text="acme")
        a_source(session, name="feed")
    poller = make_poller(store, clock, {"feed": endless})
    (source,) = take_due(poller, slots=4)
    assert poll(poller, source).stored == 50
    with store.read() as session:
        (due,) = sources.list_due(session, now=clock.now(), limit=5)
    assert due.cursor == {"page": 50}


def test_a_slow_source_gives_way_before_its_lease_ends(store: Store, clock: FakeClock) -> None:
    class Slow(FakeConnector):
        def poll(self, cursor: Mapping[str, Any] | None) -> Batch:
            clock.advance(timedelta(minutes=1))
            return super().poll(cursor)

    slow = Slow()
    for number in range(20):
        slow.brings(a_mention(text=f"acme {number}"), more=True)
    with store.write() as session:
        a_query(session, brand=a_brand(session), text="acme")
        a_source(session, name="feed")
    poller = make_poller(store, clock, {"feed": slow})
    (source,) = take_due(poller, slots=4)
    assert poll(poller, source).stored == 5
    (again,) = take_due(poller, slots=4)
    assert again.cursor == {"page": 5}


def test_a_source_whose_second_page_fails_stays_blind(store: Store, clock: FakeClock) -> None:
    halting = FakeConnector()
    for _ in range(3):
        halting.brings(a_mention(text="acme"), more=True).fails(Transient("cut off"))
    with store.write() as session:
        a_source(session, name="feed")
    poller = make_poller(store, clock, {"feed": halting})
    for _ in range(3):
        (source,) = take_due(poller, slots=4)
        assert poll(poller, source).error == "cut off"
        clock.advance(timedelta(days=1, hours=3))
    assert stored(store).failures == 3
    with store.read() as session:
        (spot,) = session.scalars(select(BlindSpotRow)).all()
    assert (spot.started_at, spot.ended_at) == (NOON, None)


def test_a_slow_host_is_not_asked_again_before_its_pause(store: Store, clock: FakeClock) -> None:
    with store.write() as session:
        a_source(session, name="one", every_seconds=5)
    poller = make_poller(store, clock, {"one": FakeConnector()}, {"one": "www.reddit.com"})
    (source,) = take_due(poller, slots=4)
    poll(poller, source)
    assert stored(store, "one").next_poll_at >= NOON + timedelta(seconds=61)


def test_what_the_store_refuses_is_not_blamed_on_the_source(
    poller: Poller, connector: FakeConnector, store: Store
) -> None:
    connector.brings(a_mention(text="acme"))
    (source,) = take_due(poller, slots=4)
    with store.write() as session:
        session.connection().exec_driver_sql("ALTER TABLE sightings RENAME TO gone")
    told = poll(poller, source).error
    assert told is not None
    assert told.startswith("what it brought could not be stored")
