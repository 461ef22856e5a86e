"""Corrections of polarity: what they change is told beforehand, is what changes, and is undone."""

from __future__ import annotations

import pytest

from rules.mention import Mention
from rules.score import Depth, Label
from service.errors import Invalid, NotFound
from service.ingest import corrections, polarity_preview
from service.ingest.inbox import load_pipeline
from service.replay.run import scratch_store
from service.replay.setup import from_store
from service.store.brands import get_brand
from service.store.corrections import given_corrections
from service.store.engine import Store
from tests.builders import NOON, a_brand, a_mention
from tests.service.ingest.taught import Orchard

JOKES = (
    "my new apple charger really lit up the kitchen last night",
    "an apple charger lit up the whole kitchen, thanks",
    "so the apple charger lit up our kitchen again",
)
LATER = "the apple charger that lit up the kitchen at dinner"


@pytest.fixture
def orchard(store: Store) -> Orchard:
    return Orchard(store)


def correct(orchard: Orchard, mention: Mention, label: Label = Label.NEGATIVE) -> None:
    with orchard.store.write() as session:
        brand = get_brand(session, orchard.brand)
        mention_id = orchard.id_of(mention)
        corrections.give(session, mention_id, brand=brand, label=label, by="ada", now=NOON)


def test_it_tells_which_mentions_would_get_another_label_and_those_do(orchard: Orchard) -> None:
    (like,) = orchard.hear(LATER)
    (other,) = orchard.hear("apple opens a shop in Leeds")
    first, second, third = orchard.hear(*JOKES)
    correct(orchard, first)
    correct(orchard, second)
    with orchard.store.read() as session:
        told = polarity_preview.if_given(
            session,
            orchard.id_of(third),
            brand=get_brand(session, orchard.brand),
            label=Label.NEGATIVE,
            now=NOON,
            depth=Depth.LINEAR,
        )
    assert (told.looked_at, told.negative, told.neutral, told.positive) == (5, 3, 0, 0)
    expected = {each.mention_id: each for each in told.changed}
    assert orchard.id_of(other) not in expected
    before = orchard.match_of(like)
    correct(orchard, third)
    (again,) = orchard.hear(LATER)
    after = orchard.match_of(again)
    change = expected.get(orchard.id_of(like))
    assert after.polarity < before.polarity
    assert after.label == (change.becomes.value if change else before.label)
    if change:
        assert change.after == pytest.approx(after.polarity)
    assert orchard.match_of(like).polarity == before.polarity


def test_the_version_says_what_was_corrected_and_undoing_leaves_no_trace(orchard: Orchard) -> None:
    (plain,) = orchard.hear(LATER)
    (joke,) = orchard.hear(JOKES[0])
    correct(orchard, joke)
    (bent,) = orchard.hear(LATER)
    version = orchard.match_of(bent).score_version
    assert version.startswith(orchard.match_of(plain).score_version + " corrected-")
    assert "correction" in {part["rule"] for part in orchard.match_of(bent).explanation["polarity"]}
    with orchard.store.write() as session:
        brand = get_brand(session, orchard.brand)
        corrections.take_back(session, orchard.id_of(joke), brand=brand, by="ada", now=NOON)
        with pytest.raises(NotFound):
            corrections.take_back(session, orchard.id_of(joke), brand=brand, by="ada", now=NOON)
    (again,) = orchard.hear(LATER)
    one, two = orchard.match_of(plain), orchard.match_of(again)
    assert (one.polarity, one.explanation["polarity"], one.score_version) == (
        two.polarity,
        two.explanation["polarity"],
        two.score_version,
    )


def test_another_correction_takes_the_place_of_the_first(orchard: Orchard) -> None:
    (joke,) = orchard.hear(JOKES[0])
    for label in (Label.NEGATIVE, Label.NEGATIVE, Label.NEUTRAL):
        correct(orchard, joke, label)
    with orchard.store.write() as session:
        given = given_corrections(session, orchard.brand, limit=9)
        assert [(each.label, each.undone_at is None) for each in given] == [
            (Label.NEUTRAL, True),
            (Label.NEGATIVE, False),
        ]
        brand = get_brand(session, orchard.brand)
        told = polarity_preview.if_reset(session, brand=brand, now=NOON, depth=Depth.LINEAR)
        assert (told.negative, told.neutral) == (0, 0)
        assert corrections.reset(session, brand, by="ada", now=NOON) == 1
        assert corrections.corrections_of(session) == {}


def test_a_replay_takes_what_was_corrected_along(orchard: Orchard) -> None:
    (joke,) = orchard.hear(JOKES[0])
    correct(orchard, joke)
    later = a_mention(text=LATER)
    with orchard.store.read() as session:
        (live,) = load_pipeline(session).judge(later, tier=2).matches
    prepare = from_store(orchard.store)
    with scratch_store() as scratch:
        with scratch.write() as session:
            prepare(session, NOON)
        with scratch.read() as session:
            (replayed,) = load_pipeline(session).judge(later, tier=2).matches
    assert "corrected-" in live.score_version
    assert (live.polarity, live.explanation, live.score_version) == (
        replayed.polarity,
        replayed.explanation,
        replayed.score_version,
    )


def test_what_cannot_be_is_refused(orchard: Orchard) -> None:
    (mention,) = orchard.hear(LATER)
    with orchard.store.write() as session:
        other = get_brand(session, a_brand(session, "Globex"))
    with pytest.raises(Invalid):
        correct(orchard, mention, Label.UNKNOWN)
    with orchard.store.read() as session, pytest.raises(NotFound):
        polarity_preview.if_given(
            session,
            orchard.id_of(mention),
            brand=other,
            label=Label.NEGATIVE,
            now=NOON,
            depth=Depth.LINEAR,
        )
    with orchard.store.read() as session, pytest.raises(NotFound):
        polarity_preview.if_taken_back(
            session, orchard.id_of(mention), brand=other, now=NOON, depth=Depth.LINEAR
        )


def test_the_brands_own_words_take_part_and_stand_in_the_version(store: Store) -> None:
    plain, own = Orchard(store), Orchard(store, slug="own", words={"killer": 2.5})
    (one,) = plain.hear("the apple killer is a killer")
    with store.read() as session:
        judged = load_pipeline(session).judge(one, tier=2)
    without, having = sorted(judged.matches, key=lambda match: match.brand_id)
    assert having.brand_id == own.brand
    assert having.polarity > without.polarity
    assert having.score_version != without.score_version
