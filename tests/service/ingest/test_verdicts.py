"""Verdicts on mentions, and those that an incident's verdict brings with it."""

from __future__ import annotations

import pytest

from rules.incident import Verdict
from service.errors import NotFound
from service.ingest.verdicts import follow_incident, give, take_back
from service.store.brands import get_brand
from service.store.engine import Session, Store
from service.store.relevance_examples import About, holding
from tests.builders import NOON
from tests.service.web.crisis import a_crisis


@pytest.fixture
def incident(store: Store) -> int:
    with store.write() as session:
        return a_crisis(session)


def verdicts(session: Session) -> dict[int, tuple[str, str, int | None]]:
    """Mention -> verdict, by whom, with which incident."""
    found = {number: holding(session, number).get(1) for number in range(1, 5)}
    return {
        number: (each.verdict.value, each.given_by, each.incident_id)
        for number, each in found.items()
        if each is not None
    }


def test_not_us_of_an_incident_is_said_of_its_loudest_posts(store: Store, incident: int) -> None:
    with store.write() as session:
        follow_incident(session, incident, verdict=Verdict.NOT_US, by="ines", now=NOON)
    with store.read() as session:
        assert verdicts(session) == dict.fromkeys((1, 2, 3), ("not-us", "ines", incident))


def test_another_verdict_on_the_incident_takes_it_back(store: Store, incident: int) -> None:
    with store.write() as session:
        follow_incident(session, incident, verdict=Verdict.NOT_US, by="ines", now=NOON)
        follow_incident(session, incident, verdict=Verdict.REAL, by="ines", now=NOON)
        assert verdicts(session) == {}


def test_what_somebody_said_of_one_post_stays(store: Store, incident: int) -> None:
    with store.write() as session:
        brand = get_brand(session, 1)
        give(session, 2, brand=brand, verdict=About.US, by="ada", now=NOON)
        follow_incident(session, incident, verdict=Verdict.NOT_US, by="ines", now=NOON)
        follow_incident(session, incident, verdict=Verdict.REAL, by="ines", now=NOON)
        assert verdicts(session) == {2: ("about-us", "ada", None)}


def test_the_same_verdict_again_is_the_first(store: Store, incident: int) -> None:
    with store.write() as session:
        brand = get_brand(session, 1)
        first = give(session, 1, brand=brand, verdict=About.US, by="ada", now=NOON)
        assert give(session, 1, brand=brand, verdict=About.US, by="ines", now=NOON) == first


def test_what_is_not_there_cannot_be_taken_back(store: Store, incident: int) -> None:
    with store.write() as session, pytest.raises(NotFound):
        take_back(session, 1, brand=get_brand(session, 1), by="ada", now=NOON)
