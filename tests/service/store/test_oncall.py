"""Who a step's target means, also when it means nobody any more."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rules.incident import Policy, Step
from service.store.brands import get_brand
from service.store.engine import Store
from service.store.oncall import destinations, find_answerer, list_rotas
from service.store.tables import RotaRow
from tests.builders import NOON, a_brand, a_person
from tests.service.escalation.scenes import people


def policy(rota: str | None = None) -> Policy:
    return Policy("p", (Step(timedelta(0), "on-call"),), rota=rota)


@pytest.mark.parametrize(
    ("target", "rota", "person"),
    [
        ("on-call", None, "ines"),
        ("on-call", "backup", "omar"),
        ("on-call", "no such rota", "ines"),
        ("rota:backup", None, "omar"),
        ("rota:no such rota", None, "ines"),
        ("person:omar", None, "omar"),
        ("person:gone", None, "ines"),
    ],
)
def test_a_target_always_means_somebody(
    store: Store, target: str, rota: str | None, person: str
) -> None:
    with store.write() as session:
        people(session)
        assert find_answerer(session, target, policy=policy(rota), at=NOON) == person


def test_without_rotas_the_first_person_answers_and_without_people_nobody(store: Store) -> None:
    with store.write() as session:
        assert find_answerer(session, "on-call", policy=policy(), at=NOON) is None
        a_person(session, "kai")
        a_person(session, "ada")
        assert find_answerer(session, "on-call", policy=policy(), at=NOON) == "kai"


def test_a_rota_that_cannot_be_read_is_left_out(sqlite_store: Store) -> None:
    with sqlite_store.write() as session:
        people(session)
        session.add(RotaRow(name="broken", body={"people": []}))
        session.flush()
        assert [rota.name for rota in list_rotas(session)] == ["primary", "backup"]


def test_a_brand_with_a_channel_is_shown_there_and_else_on_the_console(store: Store) -> None:
    with store.write() as session:
        one = get_brand(session, a_brand(session, "A", channel="#a"))
        two = get_brand(session, a_brand(session, "B"))
        assert destinations(session, one) == [("slack", "#a")]
        assert destinations(session, two) == [("console", "console")]
