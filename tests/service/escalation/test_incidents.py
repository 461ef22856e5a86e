"""What people do with an incident, and what is refused."""

from __future__ import annotations

import threading

import pytest

from rules.incident import DEFAULT_POLICY, Status, Verdict
from service.errors import Conflict, Invalid, NotFound
from service.escalation.incidents import acknowledge, add_note, give_verdict, reopen, resolve
from service.store import incidents
from service.store.engine import Store
from service.store.incidents import Incident
from service.store.reads.incident import incident_view
from tests.builders import NOON, a_brand, a_query, an_incident, minutes
from tests.fakes import CrashHere, crash_when
from tests.service.escalation.scenes import history, people, sent


def an_open(store: Store, **changes: object) -> int:
    """A paged SEV2 with the default policy; Ines is on call."""
    with store.write() as session:
        people(session)
        query = a_query(session, brand=a_brand(session))
        facts: dict[str, object] = {
            "policy": DEFAULT_POLICY.to_json(),
            "escalation_step": 1,
            "paged_at": NOON,
            "escalate_at": NOON + minutes(10),
            **changes,
        }
        return an_incident(session, query=query, **facts)


def now_of(store: Store, incident_id: int) -> Incident:
    with store.read() as session:
        return incidents.get_incident(session, incident_id)


def test_acknowledging_stops_escalation_and_tells_everybody(store: Store) -> None:
    made = an_open(store)
    with store.write() as session:
        acknowledge(session, made, actor="ines", now=NOON + minutes(3))
    after = now_of(store, made)
    assert (after.status, after.acknowledged_by) == (Status.ACKNOWLEDGED, "ines")
    assert after.escalate_at is None
    assert after.revision == 2
    assert history(store, made) == ["acknowledged"]
    assert [row.payload["text"] for row in sent(store, "note")] == ["ines: Acknowledged."]
    assert len(sent(store, "card")) == 1


def test_what_the_state_does_not_allow_is_a_conflict_and_writes_nothing(store: Store) -> None:
    made = an_open(store, status="resolved")
    with pytest.raises(Conflict, match="cannot acknowledge"), store.write() as session:
        acknowledge(session, made, actor="ines", now=NOON)
    assert history(store, made) == []
    assert sent(store, "note") == []


def test_an_incident_that_is_not_there_is_not_found(sqlite_store: Store) -> None:
    with pytest.raises(NotFound), sqlite_store.write() as session:
        acknowledge(session, 99, actor="ines", now=NOON)


def test_of_two_who_acknowledge_at_once_one_is_told_of_the_other(store: Store) -> None:
    made = an_open(store)
    together = threading.Barrier(2)
    refused: list[str] = []

    def click(actor: str) -> None:
        together.wait()
        try:
            with store.write() as session:
                acknowledge(session, made, actor=actor, now=NOON)
        except Conflict as error:
            refused.append(error.code)

    clicks = [threading.Thread(target=click, args=(name,)) for name in ("ines", "omar")]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()
    assert len(refused) == 1
    assert history(store, made) == ["acknowledged"]


def test_resolving_and_reopening_pages_again(store: Store) -> None:
    made = an_open(store)
    with store.write() as session:
        resolve(session, made, actor="ines", now=NOON, note="kettle recalled")
        reopen(session, made, actor="omar", now=NOON + minutes(5))
    after = now_of(store, made)
    assert (after.status, after.resolved_at, after.paged_at) == (
        Status.OPEN,
        None,
        NOON + minutes(5),
    )
    assert after.escalate_at == NOON + minutes(15)
    assert history(store, made) == ["resolved", "reopened", "paged"]
    assert [row.person for row in sent(store, "page")] == ["ines"]


def test_what_a_person_reopened_is_not_closed_for_a_spike_that_ended_before(store: Store) -> None:
    made = an_open(store, spike_ended_at=NOON, resolve_at=NOON + minutes(120))
    with store.write() as session:
        resolve(session, made, actor="ines", now=NOON)
        reopen(session, made, actor="omar", now=NOON + minutes(5))
        acknowledge(session, made, actor="omar", now=NOON + minutes(6))
    assert now_of(store, made).resolve_at is None


def test_reopening_what_does_not_page_pages_nobody(sqlite_store: Store) -> None:
    made = an_open(sqlite_store, severity=3, status="resolved", escalate_at=None)
    with sqlite_store.write() as session:
        reopen(session, made, actor="omar", now=NOON)
    assert sent(sqlite_store, "page") == []
    assert now_of(sqlite_store, made).escalate_at is None


def test_a_note_is_kept_and_an_empty_or_endless_one_refused(store: Store) -> None:
    made = an_open(store)
    with store.write() as session:
        add_note(session, made, actor="ines", text=" called \0legal ", now=NOON)
    for text in (" ", "x" * 4001):
        with pytest.raises(Invalid), store.write() as session:
            add_note(session, made, actor="ines", text=text, now=NOON)
    with store.read() as session:
        view = incident_view(session, made, now=NOON)
    assert [(entry.kind, entry.text) for entry in view.timeline] == [("note", "called legal")]
    assert view.status is Status.OPEN


def test_a_verdict_is_an_answer(store: Store) -> None:
    made = an_open(store)
    with store.write() as session:
        give_verdict(session, made, actor="ines", verdict=Verdict.REAL, now=NOON, note="yes")
        give_verdict(session, made, actor="omar", verdict=Verdict.TOO_LATE, now=NOON)
    with store.read() as session:
        view = incident_view(session, made, now=NOON)
    assert view.status is Status.ACKNOWLEDGED
    assert [one.verdict for one in view.verdicts] == [Verdict.REAL, Verdict.TOO_LATE]
    assert view.escalate_at is None


def test_whatever_fails_later_in_the_transaction_undoes_everything(store: Store) -> None:
    made = an_open(store)

    def acknowledge_and_die() -> None:
        with store.write() as session:
            acknowledge(session, made, actor="ines", now=NOON)
            crash_when(lambda: True)

    with pytest.raises(CrashHere):
        acknowledge_and_die()
    assert now_of(store, made).status is Status.OPEN
    assert history(store, made) == []
    assert sent(store, "card") == []
