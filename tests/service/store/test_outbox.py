from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from service.store import outbox
from service.store.engine import Session, Store
from service.store.outbox import Delivery, Shown
from service.store.tables import DeliveryRow
from tests.builders import NOON, a_brand, a_query, an_incident

LEASE = timedelta(minutes=5)


def an_open_incident(store: Store) -> int:
    with store.write() as session:
        return an_incident(session, query=a_query(session, brand=a_brand(session)))


def put(
    store: Store,
    incident: int,
    *kinds: str,
    destination: str = "#crisis",
    notifier: str = "slack",
) -> list[int]:
    with store.write() as session:
        return [
            outbox.enqueue(
                session,
                incident_id=incident,
                kind=kind,
                notifier=notifier,
                destination=destination,
                person="ines" if kind == "page" else None,
                now=NOON,
            )
            for kind in kinds
        ]


def take(store: Store, *, after: timedelta = timedelta(0), **how: object) -> Delivery | None:
    with store.write() as session:
        return outbox.lease(session, now=NOON + after, length=LEASE, **how)  # type: ignore[arg-type]


def sent(session: Session, delivery: Delivery, **more: object) -> bool:
    facts: dict[str, object] = {"reference": "1.0", "rendered": {"text": "sent"}, **more}
    return outbox.settle_sent(session, delivery, now=NOON, **facts)  # type: ignore[arg-type]


def state(store: Store, identity: int) -> str:
    with store.read() as session:
        return session.get_one(DeliveryRow, identity).state


def test_a_leased_delivery_is_not_given_to_a_second_worker(store: Store) -> None:
    put(store, an_open_incident(store), "card")
    first = take(store)
    assert first is not None
    assert first.attempts == 1
    assert first.maybe_sent_since is None
    assert take(store) is None


def test_a_dead_worker_leaves_a_delivery_that_is_due_again(store: Store) -> None:
    put(store, an_open_incident(store), "card")
    take(store)
    assert take(store, after=LEASE - timedelta(seconds=1)) is None
    again = take(store, after=LEASE)
    assert again is not None
    assert again.attempts == 2
    assert again.maybe_sent_since == NOON


def test_what_surely_did_not_arrive_is_not_taken_for_perhaps_sent(store: Store) -> None:
    put(store, an_open_incident(store), "card")
    first = take(store)
    assert first is not None
    due = NOON + timedelta(seconds=5)
    with store.write() as session:
        assert outbox.settle_retry(session, first, due_at=due, error="429", maybe_sent=False)
    second = take(store, after=timedelta(seconds=5))
    assert second is not None
    assert second.maybe_sent_since is None
    with store.write() as session:
        outbox.settle_retry(session, second, due_at=due, error="timeout", maybe_sent=True)
    third = take(store, after=timedelta(seconds=6))
    assert third is not None
    assert third.maybe_sent_since == NOON + timedelta(seconds=5)
    with store.write() as session:
        outbox.settle_retry(session, third, due_at=due, error="429", maybe_sent=False)
    fourth = take(store, after=timedelta(seconds=7))
    assert fourth is not None
    assert fourth.maybe_sent_since == NOON + timedelta(seconds=5)


def test_settling_after_the_lease_ended_changes_nothing(store: Store) -> None:
    (identity,) = put(store, an_open_incident(store), "card")
    slow = take(store)
    assert slow is not None
    quick = take(store, after=LEASE)
    assert quick is not None
    with store.write() as session:
        assert not sent(session, slow)
        assert not outbox.settle_retry(session, slow, due_at=NOON, error="x", maybe_sent=True)
        assert not outbox.settle_failed(session, slow, error="x")
    assert state(store, identity) == "due"
    with store.write() as session:
        assert sent(session, quick)
    assert state(store, identity) == "sent"


def test_a_failed_delivery_is_never_leased_again_and_keeps_its_error(store: Store) -> None:
    (identity,) = put(store, an_open_incident(store), "card")
    delivery = take(store)
    assert delivery is not None
    with store.write() as session:
        assert outbox.settle_failed(session, delivery, error="is_archived")
    assert take(store, after=timedelta(days=2)) is None
    with store.read() as session:
        assert session.get_one(DeliveryRow, identity).last_error == "is_archived"


def test_page_and_note_wait_for_the_incidents_first_card(store: Store) -> None:
    note, page, card = put(store, an_open_incident(store), "note", "page", "card")
    order = []
    for _ in range(3):
        delivery = take(store)
        assert delivery is not None
        assert take(store) is None
        order.append(delivery.id)
        with store.write() as session:
            shown = Shown("C1", "1.0", 1) if delivery.kind == "card" else None
            sent(session, delivery, shown=shown)
    assert order == [card, page, note]


def test_a_page_does_not_wait_for_a_card_that_was_tried_often(store: Store) -> None:
    card, page = put(store, an_open_incident(store), "card", "page")
    for attempt in range(outbox.PATIENCE):
        delivery = take(store, after=timedelta(seconds=attempt))
        assert delivery is not None
        assert delivery.id == card
        later = NOON + timedelta(seconds=attempt + 1)
        with store.write() as session:
            outbox.settle_retry(session, delivery, due_at=later, error="500", maybe_sent=True)
    told = take(store, after=timedelta(seconds=1))
    assert told is not None
    assert told.id == page


def test_a_page_does_not_wait_for_a_card_of_another_place_or_incident(store: Store) -> None:
    incident = an_open_incident(store)
    put(store, incident, "card")
    assert take(store) is not None
    put(store, incident, "page", destination="#press")
    told = take(store)
    assert told is not None
    assert (told.kind, told.destination) == ("page", "#press")


def test_a_page_waits_for_its_own_card_though_another_incident_has_its_message(
    store: Store,
) -> None:
    put(store, an_open_incident_of(store, "Umbra"), "card")
    other = take(store)
    assert other is not None
    with store.write() as session:
        sent(session, other, shown=Shown("C1", "1.0", 1))
    put(store, an_open_incident(store), "page", "card")
    told = take(store)
    assert told is not None
    assert told.kind == "card"
    assert take(store) is None


def test_a_later_page_does_not_wait_for_an_edit_of_the_card(store: Store) -> None:
    incident = an_open_incident(store)
    put(store, incident, "card")
    first = take(store)
    assert first is not None
    with store.write() as session:
        sent(session, first, shown=Shown("C1", "1.0", 1))
    put(store, incident, "card", "page")
    kinds = set()
    for _ in range(2):
        told = take(store)
        assert told is not None
        kinds.add(told.kind)
    assert kinds == {"card", "page"}


def test_a_second_card_waits_while_the_first_is_being_sent(store: Store) -> None:
    first, second = put(store, an_open_incident(store), "card", "card")
    leased = take(store)
    assert leased is not None
    assert leased.id == first
    assert take(store) is None
    with store.write() as session:
        assert outbox.waiting_cards(session, leased) == (second,)
        sent(session, leased, covers=(second,), shown=Shown("C1", "1.0", 3))
    assert state(store, second) == "superseded"
    with store.read() as session:
        found = outbox.find_shown(
            session, incident_id=leased.incident_id or 0, notifier="slack", destination="#crisis"
        )
    assert found == Shown("C1", "1.0", 3)


def test_the_newest_message_of_an_incident_is_remembered(store: Store) -> None:
    incident = an_open_incident(store)
    for revision, reference in ((1, "1.0"), (2, "2.0")):
        put(store, incident, "card")
        delivery = take(store)
        assert delivery is not None
        with store.write() as session:
            sent(session, delivery, shown=Shown("C1", reference, revision))
    with store.read() as session:
        found = outbox.find_shown(
            session, incident_id=incident, notifier="slack", destination="#crisis"
        )
    assert found == Shown("C1", "2.0", 2)


def test_a_notifier_that_rests_is_left_alone(store: Store) -> None:
    incident = an_open_incident(store)
    put(store, incident, "card")
    put(store, incident, "card", notifier="console", destination="console")
    told = take(store, without={"slack"})
    assert told is not None
    assert told.notifier == "console"
    assert take(store, without={"slack"}) is None


def test_pages_go_before_notes_and_system_messages(store: Store) -> None:
    incident = an_open_incident(store)
    put(store, incident, "note", destination="#press")
    put(store, incident, "page")
    told = take(store)
    assert told is not None
    assert told.kind == "page"


def test_two_workers_share_the_deliveries_without_overlap(store: Store) -> None:
    expected = set()
    for number in range(12):
        incident = an_open_incident_of(store, f"Brand {number}")
        expected |= set(put(store, incident, "card"))
    taken: list[int] = []
    start = threading.Barrier(2)

    def work() -> None:
        start.wait()
        while (delivery := take(store)) is not None:
            taken.append(delivery.id)

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert sorted(taken) == sorted(expected)


def an_open_incident_of(store: Store, name: str) -> int:
    with store.write() as session:
        return an_incident(session, query=a_query(session, brand=a_brand(session, name)))


def test_a_kind_that_does_not_exist_is_refused(sqlite_store: Store) -> None:
    incident = an_open_incident(sqlite_store)
    with pytest.raises(ValueError, match="not 'shout'"):
        put(sqlite_store, incident, "shout")


def test_only_system_messages_may_belong_to_no_incident(sqlite_store: Store) -> None:
    place = {"notifier": "slack", "destination": "#crisis", "now": NOON}
    with sqlite_store.write() as session, pytest.raises(ValueError, match="belongs to an incident"):
        outbox.enqueue(session, incident_id=None, kind="page", **place)  # type: ignore[arg-type]
    with sqlite_store.write() as session:
        outbox.enqueue(session, incident_id=None, kind="system", **place)  # type: ignore[arg-type]
    told = take(sqlite_store)
    assert told is not None
    assert told.kind == "system"
