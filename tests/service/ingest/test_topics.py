"""What a mention speaks of, and how its story was told, from the feed to the doors."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from connectors.contract import Batch
from rules.mention import Mention
from service.ingest.contexts import words_of_name
from service.ingest.evidence import ASKS_FOR_THE_BRAND
from service.ingest.inbox import Origin, accept
from service.store.brands import get_brand
from service.store.engine import Store
from service.store.reads.mentions import MatchView, mention_page
from service.store.reads.topics import TopicCount, emerging_phrases, topic_counts
from service.store.tables import BrandRow
from tests.builders import NOON, a_brand, a_mention, a_named_list, a_query, a_source, an_author

FIRE = "@acme my Acme kettle caught fire in the kitchen"


class Listening:
    """A brand, its query and a source; ``hear`` stores what the source shows."""

    def __init__(self, store: Store) -> None:
        self.store = store
        with store.write() as session:
            self.brand = a_brand(session, handles=["@acme"])
            self.query = a_query(session, brand=self.brand, text="acme")
            self.source = a_source(session)

    def set(self, **fields: Any) -> None:
        with self.store.write() as session:
            for name, value in fields.items():
                setattr(session.get_one(BrandRow, self.brand), name, value)

    def hear(self, *mentions: Mention) -> None:
        origin = Origin(source_id=self.source, tier=4, next_poll_at=NOON)
        accept(self.store, Batch(mentions=mentions, cursor={}), origin=origin, now=NOON)

    def matches(self, **asked: Any) -> list[MatchView]:
        """The oldest mention's first."""
        with self.store.read() as session:
            page = mention_page(session, brand_id=self.brand, **asked)
        return [mention.matches[0] for mention in reversed(page.items)]

    def counts(self, **span: Any) -> list[TopicCount]:
        with self.store.read() as session:
            return topic_counts(session, self.brand, roles=ASKS_FOR_THE_BRAND, **span)


@pytest.fixture
def listening(store: Store) -> Listening:
    return Listening(store)


def said(text: str, *, minute: float = 0, by: str = "ann", **changes: Any) -> Mention:
    at = NOON - timedelta(hours=2) + timedelta(minutes=minute)
    author = changes.pop("author", an_author(handle=by, followers=None))
    return a_mention(text=text, published_at=at, collected_at=NOON, author=author, **changes)


def part(match: MatchView, rule: str) -> float:
    told = match.explanation["priority"]
    return sum(one["contribution"] for one in told if one["rule"] == rule)


def test_topics_are_stored_with_their_places_and_lists_are_narrowed_by_them(
    listening: Listening,
) -> None:
    listening.hear(said("Acme kettle. The price is ok."), said("Acme delivery", minute=1))
    (price,) = listening.matches(topic="price")
    assert [(one.topic, one.places) for one in price.topics] == [("price", (("text", 17, 22),))]
    assert listening.matches(topic="lawsuits") == []


def test_each_topic_has_the_tone_of_the_sentences_that_speak_of_it(listening: Listening) -> None:
    listening.hear(
        said(
            "Acme again. The delivery was horrible, the worst ever, I hate it. "
            "The staff were wonderful, kind and helpful, thank you so much!"
        )
    )
    (match,) = listening.matches()
    tones = {one.topic: one.label for one in match.topics}
    assert tones == {"delivery": "negative", "staff": "positive"}


def test_a_brand_s_own_topics_queries_and_weights_are_used_and_stand_in_the_version(
    listening: Listening,
) -> None:
    listening.hear(said("the lid came off my Acme kettle"))
    with listening.store.write() as session:
        a_named_list(session, "lids", "lid OR cap")
    own = [{"name": "lids", "query": "{{lids}} NEAR/3 off", "risk": 0.5}]
    listening.set(topics=own, priority={"topic": 0.8}, aspects=False)
    listening.hear(said("my Acme cap fell off, price 3", minute=1))
    usual, changed = listening.matches()
    assert (usual.topics, [one.topic for one in changed.topics]) == ((), ["lids"])
    assert part(changed, "topic") == pytest.approx(0.4)
    assert " own-" in changed.score_version
    assert " own-" not in usual.score_version


def test_settings_that_cannot_be_read_deafen_nobody(listening: Listening) -> None:
    broken = [{"name": "bad", "query": "(("}, {"name": "lids", "phrases": ["lid"]}]
    listening.set(topics=broken, priority={"luck": 2})
    listening.hear(said("the lid of my Acme kettle"))
    (match,) = listening.matches()
    assert [one.topic for one in match.topics] == ["lids"]


def test_who_tells_a_fast_story_is_more_urgent_and_who_repeats_it_less(
    listening: Listening,
) -> None:
    listening.hear(said(FIRE))
    for minute in range(1, 8):
        listening.hear(said(f"{FIRE} today {minute}", minute=minute, by=f"b{minute}"))
    listening.hear(said(FIRE, minute=9, by="bob"))
    first, *_, last, copy = listening.matches()
    assert part(first, "velocity") == 0
    assert part(last, "velocity") > 0
    assert last.priority > first.priority
    assert part(copy, "repeated") < 0
    assert copy.priority < last.priority
    for match in (first, last, copy):
        told = sum(one["contribution"] for one in match.explanation["priority"])
        assert told == pytest.approx(match.priority)
        assert match.story == first.story


def test_one_batch_gives_the_scores_that_many_give(store: Store, listening: Listening) -> None:
    told = [said(f"{FIRE} {n % 3}", minute=n, by=f"b{n}") for n in range(12)]
    for mention in told:
        listening.hear(mention)
    apart = [(match.story, match.priority, match.explanation) for match in listening.matches()]
    with store.write() as session:
        other = a_brand(session, "Acme Two", handles=["@acme"])
        a_query(session, brand=other, text="acme")
    listening.brand = other
    again = [said(f"{FIRE} {n % 3}", minute=n, by=f"b{n}") for n in range(12)]
    listening.hear(*again)
    together = [(match.priority, match.explanation) for match in listening.matches()]
    assert together == [(priority, told) for _, priority, told in apart]


def test_a_customer_s_value_is_kept_and_counts(listening: Listening) -> None:
    listening.hear(said("Acme kettle", author=an_author(followers=None, customer_value=0.5)))
    (match,) = listening.matches()
    assert part(match, "customer") == pytest.approx(0.05)
    with listening.store.read() as session:
        assert mention_page(session).items[0].author.customer_value == 0.5


def test_topics_are_counted_by_label_beside_the_span_before(listening: Listening) -> None:
    listening.hear(
        said("@acme Acme delivery is horrible, the worst, I hate it"),
        said("@acme Acme delivery is wonderful, I love it, great", minute=1),
        said("@acme Acme delivery", minute=-90),
        said("use promo code X! Acme delivery https://acme.example/x", minute=2),
    )
    end = NOON - timedelta(minutes=90)
    (count,) = listening.counts(since=end - timedelta(hours=1), until=end)
    assert (count.topic, count.mentions, count.before) == ("delivery", 2, 1)
    assert (count.negative, count.positive, count.unknown) == (1, 1, 0)


def test_the_mentions_of_rivals_are_not_counted(listening: Listening) -> None:
    with listening.store.write() as session:
        a_query(session, brand=listening.brand, text="globex", role="competitor")
    listening.hear(said("Globex delivery"))
    assert listening.matches(topic="delivery") != []
    assert listening.counts(since=NOON - timedelta(days=1), until=NOON) == []


def test_phrases_that_are_new_today_emerge_with_examples(listening: Listening) -> None:
    for day in range(2, 20):
        at = NOON - timedelta(days=day)
        listening.hear(
            *[
                a_mention(
                    text=f"Acme kettle number {day} {n} boils tea",
                    published_at=at,
                    collected_at=at,
                )
                for n in range(6)
            ]
        )
    listening.hear(*[said(f"Acme lid recall {n}", by=f"b{n}") for n in range(6)])
    with listening.store.read() as session:
        brand = get_brand(session, listening.brand)
        found = emerging_phrases(
            session,
            brand.id,
            roles=ASKS_FOR_THE_BRAND,
            ignore=words_of_name(brand),
            now=NOON,
        )
    assert [one.phrase for one in found.phrases] == ["lid recall"]
    assert (found.looked_at, found.compared_with) == (6, 108)
    assert len(found.phrases[0].mentions) == 3
