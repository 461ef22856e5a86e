"""What would change is told beforehand, and is what changes."""

from __future__ import annotations

import pytest

from rules.score import RELEVANT
from service.errors import NotFound
from service.ingest.relevance_preview import if_given, if_reset, if_taken_back
from service.store.brands import get_brand
from service.store.engine import Store
from service.store.relevance_examples import About
from tests.builders import NOON, a_brand
from tests.service.ingest.taught import FRUIT, Orchard

LATER = "the apple pie of my aunt, cinnamon and all"


@pytest.fixture
def orchard(store: Store) -> Orchard:
    return Orchard(store)


def test_a_verdict_tells_which_mentions_would_no_longer_count(orchard: Orchard) -> None:
    (like,) = orchard.hear(LATER)
    orchard.hear("apple shares fell")
    first, third, _ = orchard.hear(*FRUIT)
    orchard.say(first)
    with orchard.store.read() as session:
        told = if_given(
            session,
            orchard.id_of(third),
            brand=get_brand(session, orchard.brand),
            verdict=About.NOT_US,
            now=NOON,
        )
    assert told.looked_at == 5
    assert (told.us, told.not_us) == (0, 2)
    expected = {each.mention_id: each for each in told.changed}
    assert all(each.before >= RELEVANT > each.after for each in told.changed)
    assert not any(each.becomes_relevant for each in told.changed)
    orchard.say(third)
    (again,) = orchard.hear(LATER)
    assert expected[orchard.id_of(like)].after == orchard.match_of(again).relevance


def test_undoing_tells_the_way_back(orchard: Orchard) -> None:
    heard = orchard.hear(*FRUIT)
    for mention in heard:
        orchard.say(mention)
    with orchard.store.read() as session:
        brand = get_brand(session, orchard.brand)
        one = if_taken_back(session, orchard.id_of(heard[0]), brand=brand, now=NOON)
        every = if_reset(session, brand=brand, now=NOON)
    assert (one.not_us, every.not_us) == (2, 0)
    assert {each.mention_id for each in every.changed} == {orchard.id_of(each) for each in heard}
    assert all(each.becomes_relevant for each in every.changed)


def test_a_mention_of_another_brand_cannot_be_judged_for_this_one(orchard: Orchard) -> None:
    (mention,) = orchard.hear(LATER)
    with orchard.store.write() as session:
        other = get_brand(session, a_brand(session, "Globex"))
    with orchard.store.read() as session, pytest.raises(NotFound):
        if_given(session, orchard.id_of(mention), brand=other, verdict=About.US, now=NOON)
    with orchard.store.read() as session, pytest.raises(NotFound):
        if_taken_back(session, orchard.id_of(mention), brand=other, now=NOON)
