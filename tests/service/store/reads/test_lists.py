"""Series, sources, incidents, deliveries and rejects as lists."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from service.errors import Invalid, NotFound
from service.store.engine import Store
from service.store.reads.deliveries import delivery_page
from service.store.reads.incidents import incident_page
from service.store.reads.rejects import Reason, reject_page
from service.store.reads.series import floor_to, query_series
from service.store.reads.sources import blind_spots, source_list, source_view
from service.store.tables import BlindSpotRow, DeliveryRow, RejectRow
from tests.builders import NOON, a_brand, a_query, a_rollup, a_source, an_incident, minutes


def test_a_series_fills_what_is_empty_and_adds_platforms_up(store: Store) -> None:
    with store.write() as session:
        brand = a_brand(session)
        one, two = a_query(session, brand=brand), a_query(session, brand=brand)
        a_rollup(session, query=one, bucket=NOON, mentions=2, negative=1, reach=10)
        a_rollup(session, query=one, bucket=NOON, platform="news", mentions=3, reach=5)
        a_rollup(session, query=two, bucket=NOON + minutes(2), mentions=1)

    with store.read() as session:
        points = query_series(
            session,
            query_ids=[two, one],
            since=NOON + timedelta(seconds=30),
            until=NOON + minutes(2),
            grain="minute",
        )
        news = query_series(
            session,
            query_ids=[one],
            since=NOON,
            until=NOON + minutes(1),
            grain="minute",
            platform="news",
        )

    told = [(p.query_id, (p.bucket - NOON) / minutes(1), p.mentions, p.reach) for p in points]
    assert told == [(one, 0, 5, 15), (one, 1, 0, 0), (two, 0, 0, 0), (two, 1, 0, 0)]
    assert [point.mentions for point in news] == [3]


@pytest.mark.parametrize(
    ("since", "until", "grain"),
    [
        (NOON, NOON, "minute"),
        (NOON, NOON - minutes(1), "hour"),
        (NOON, NOON + minutes(1), "week"),
        (NOON, NOON + timedelta(days=400), "minute"),
    ],
)
def test_a_series_that_cannot_be_is_refused(
    sqlite_store: Store, since: datetime, until: datetime, grain: str
) -> None:
    with sqlite_store.read() as session, pytest.raises(Invalid):
        query_series(session, query_ids=[1], since=since, until=until, grain=grain)


def test_buckets_begin_at_their_grain() -> None:
    moment = NOON + timedelta(hours=1, minutes=2, seconds=3, microseconds=4)

    assert floor_to(moment, grain="minute") == NOON + timedelta(hours=1, minutes=2)
    assert floor_to(moment, grain="hour") == NOON + timedelta(hours=1)
    assert floor_to(moment, grain="day") == NOON - timedelta(hours=12)


def test_a_source_shows_its_present_blind_spot(store: Store) -> None:
    with store.write() as session:
        deaf = a_source(session, name="a", state="failing")
        well = a_source(session, name="b", state="ok")
        for source, ended in ((deaf, None), (deaf, NOON), (well, NOON)):
            session.add(
                BlindSpotRow(
                    source_id=source, started_at=NOON - minutes(5), ended_at=ended, reason="503"
                )
            )

    with store.read() as session:
        shown = source_list(session)
        assert [(s.id, s.blind is not None) for s in shown] == [(deaf, True), (well, False)]
        assert [s.id for s in source_list(session, state="ok")] == [well]
        assert source_view(session, deaf) == shown[0]
        assert len(blind_spots(session)) == 3
        assert len(blind_spots(session, source_id=deaf, since=NOON + minutes(1))) == 1
        with pytest.raises(NotFound):
            source_view(session, deaf + well)


def test_incidents_are_listed_by_status_brand_and_page(store: Store) -> None:
    with store.write() as session:
        query = a_query(session, brand=a_brand(session))
        other = a_query(session, brand=a_brand(session, "Beta"))
        old = an_incident(session, query=query, opened_at=NOON - minutes(9), status="resolved")
        same = [an_incident(session, query=query) for _ in range(2)]
        beta = an_incident(session, query=other, opened_at=NOON + minutes(1))

    with store.read() as session:
        first = incident_page(session, limit=2)
        rest = incident_page(session, limit=2, cursor=first.next_cursor)
        told = [line.id for line in (*first.items, *rest.items)]
        assert told == [beta, same[1], same[0], old]
        assert rest.next_cursor is None
        unresolved = incident_page(session, status="unresolved", brands=None).items
        assert [line.id for line in unresolved] == [beta, same[1], same[0]]
        assert [line.id for line in incident_page(session, status="resolved").items] == [old]
        only = incident_page(session, brands=frozenset({unresolved[0].brand_id})).items
        assert [line.id for line in only] == [beta]


def test_deliveries_show_what_was_sent_and_about_whom(store: Store) -> None:
    with store.write() as session:
        incident = an_incident(session, query=a_query(session, brand=a_brand(session)))
        for number, (about, state, rendered) in enumerate(
            ((incident, "sent", {"text": "hello"}), (None, "due", None))
        ):
            session.add(
                DeliveryRow(
                    incident_id=about,
                    kind="card",
                    notifier="console",
                    destination="console",
                    payload={},
                    state=state,
                    due_at=NOON,
                    created_at=NOON + minutes(number),
                    rendered=rendered,
                )
            )

    with store.read() as session:
        system, card = delivery_page(session).items
        page = delivery_page(session, limit=1)
        after = delivery_page(session, limit=1, cursor=page.next_cursor).items
        limited = delivery_page(session, brands=frozenset({card.brand_id or 0})).items
        due = delivery_page(session, state="due").items

    assert (card.text, card.brand_name, card.incident_id) == ("hello", "Acme", incident)
    assert (system.text, system.brand_name, system.incident_id) == ("", None, None)
    assert [delivery.id for delivery in after] == [card.id]
    assert [delivery.id for delivery in limited] == [card.id]
    assert [delivery.id for delivery in due] == [system.id]


def test_rejects_answer_why_something_was_not_found(store: Store) -> None:
    with store.write() as session:
        source = a_source(session, name="News")
        for number, text in enumerate(("kettle 100%", "kettle 100")):
            session.add(
                RejectRow(
                    identity=f"x:{number}",
                    source_id=source,
                    platform="news",
                    url=f"https://news.example/{number}",
                    text=text,
                    reasons=[{"query": "Acme", "why": "acme is not there"}],
                    collected_at=NOON + minutes(number),
                )
            )

    with store.read() as session:
        newest, oldest = reject_page(session).items
        (found,) = reject_page(session, words="KETTLE 100%").items
        (by_url,) = reject_page(session, url="https://news.example/1").items
        page = reject_page(session, limit=1, source_id=source)
        (after,) = reject_page(session, limit=1, cursor=page.next_cursor).items

    assert found == oldest == after
    assert by_url == newest
    assert newest.source_name == "News"
    assert newest.reasons == (Reason(query="Acme", why="acme is not there"),)
