"""What is known of relevance reaches what comes in, and only that."""

from __future__ import annotations

import pytest

from rules.score import RELEVANT
from service.ingest.evidence import context_of, evidence_of
from service.ingest.verdicts import reset
from service.store.brands import get_brand
from service.store.engine import Store
from service.store.named_lists import NamedLists
from service.store.relevance_examples import About
from service.store.tables import QueryRow
from tests.builders import NOON, a_query
from tests.service.ingest.taught import FRUIT, Orchard

LATER = "the apple pie of my aunt, cinnamon and all"


@pytest.fixture
def orchard(store: Store) -> Orchard:
    return Orchard(store)


def test_verdicts_lower_what_is_like_them_and_the_match_says_which_evidence_it_had(
    orchard: Orchard,
) -> None:
    (before,) = orchard.hear(LATER)
    for mention in orchard.hear(*FRUIT):
        orchard.say(mention)
    (after,) = orchard.hear(LATER)
    assert orchard.match_of(before).relevance >= RELEVANT > orchard.match_of(after).relevance
    rules = {part["rule"] for part in orchard.match_of(after).explanation["relevance"]}
    assert "learned" in rules
    plain = orchard.match_of(before).score_version
    with orchard.store.read() as session:
        known = evidence_of(session, lists=NamedLists())[orchard.brand]
    assert (known.us, known.not_us) == (0, 3)
    assert orchard.match_of(after).score_version == f"{plain} learned-{known.digest}"


def test_what_is_undone_leaves_no_trace(orchard: Orchard) -> None:
    (before,) = orchard.hear(LATER)
    for mention in orchard.hear(*FRUIT):
        orchard.say(mention)
    with orchard.store.write() as session:
        assert reset(session, get_brand(session, orchard.brand), by="ada", now=NOON) == 3
    (after,) = orchard.hear(LATER)
    one, two = orchard.match_of(before), orchard.match_of(after)
    # But for priority: the later one is a copy of the other.
    for each in ("relevance", "polarity", "intent"):
        assert one.explanation[each] == two.explanation[each]
    assert (one.relevance, one.score_version) == (two.relevance, two.score_version)


def test_the_texts_a_query_is_tested_on_are_examples(orchard: Orchard) -> None:
    with orchard.store.write() as session:
        query = session.get_one(QueryRow, orchard.query)
        query.examples = {
            "must_match": [{"text": "my apple phone broke"}],
            "must_not_match": [{"text": "a pineapple pie with cinnamon"}],
        }
    with orchard.store.read() as session:
        known = evidence_of(session, lists=NamedLists())[orchard.brand]
    assert (known.us, known.not_us) == (1, 1)
    assert known.features["phone"] == (1, 0)
    assert known.features["cinnamon"] == (0, 1)
    assert "apple" not in known.features


def test_what_was_learned_of_us_says_nothing_of_a_rival(orchard: Orchard) -> None:
    with orchard.store.write() as session:
        a_query(session, brand=orchard.brand, text="globex", role="competitor")
    (before,) = orchard.hear("globex pie with cinnamon")
    for mention in orchard.hear(*FRUIT):
        orchard.say(mention)
    (after,) = orchard.hear("globex pie with cinnamon")
    assert orchard.match_of(before).relevance == orchard.match_of(after).relevance
    assert orchard.match_of(before).score_version == orchard.match_of(after).score_version


def test_another_verdict_on_a_mention_takes_the_place_of_the_first(orchard: Orchard) -> None:
    (mention,) = orchard.hear(LATER)
    orchard.say(mention)
    orchard.say(mention, About.US)
    with orchard.store.read() as session:
        known = evidence_of(session, lists=NamedLists())[orchard.brand]
    assert (known.us, known.not_us) == (1, 0)


def test_a_description_s_words_are_context(store: Store) -> None:
    described = Orchard(store, description="Phones and computers with the bitten fruit")
    near, far = described.hear("apple phones are out", "apple is out of stock here")
    rules = [
        {part["rule"] for part in described.match_of(one).explanation["relevance"]}
        for one in (near, far)
    ]
    assert ["context" in each for each in rules] == [True, False]


def test_function_words_and_numbers_of_a_description_are_not_its_content() -> None:
    assert context_of("We make the Phones of 2026, at no. 1 in IT") == {"make", "phones"}
