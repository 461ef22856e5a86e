"""How soon should a person look at it?"""

from __future__ import annotations

from typing import Any

import pytest

from rules.errors import InvalidWeights
from rules.mention import Author, Engagement
from rules.query import Document, match, parse
from rules.score import HIGH, BrandContext, PriorityWeights, Scores, Telling, Urgency, assess, score
from rules.score.explanation import Scored
from rules.score.priority_weights import USUAL
from rules.topic import Topic, Topics
from tests.builders import a_mention

ACME = BrandContext("Acme", handles=("acme",), red_lines=("child labour", "Café Noir"))
NOBODY = Author(handle="ann", followers=None)


def scores(text: str, *, tier: int = 4, brand: BrandContext = ACME, **changes: Any) -> Scores:
    quiet: dict[str, Any] = {"author": NOBODY, "engagement": Engagement()}
    mention = a_mention(text=text, **(quiet | changes))
    found = match(parse("acme"), Document.of(mention))
    assert found is not None
    return score(mention, found, brand=brand, tier=tier)


def urgent(text: str) -> Urgency:
    mention = a_mention(text=text, author=NOBODY, engagement=Engagement())
    document = Document.of(mention)
    found = match(parse("acme"), document)
    assert found is not None
    touched = ACME.topics.find(document)
    return assess(mention, found, brand=ACME, tier=4, touched=touched)[1]


def parts(found: Scores | Scored) -> dict[str, float]:
    priority = found if isinstance(found, Scored) else found.priority
    return {part.rule: part.contribution for part in priority.parts}


def test_tone_alone_never_gives_a_high_priority() -> None:
    worst = scores("@acme acme is horrible, disgusting, the WORST, hate hate hate!!! " * 20)
    assert worst.polarity.value < -0.9
    assert set(parts(worst)) == {"negativity", "arousal"}
    assert worst.priority.value <= USUAL.negativity + USUAL.arousal < HIGH


def test_negativity_counts_as_far_as_it_is_about_the_brand() -> None:
    about = scores("@acme this is horrible")
    hardly = scores("this is horrible: see acme.com/x and use code KETTLE")
    assert parts(about)["negativity"] > 2 * parts(hardly).get("negativity", 0.0)


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("reach", {"author": Author(followers=1_000)}),
        ("engagement", {"engagement": Engagement(shares=20)}),
        ("verified", {"author": Author(verified=True)}),
        ("source", {"tier": 1}),
        ("rating", {"engagement": Engagement(rating=1.0)}),
        ("influence", {"author": Author(followers=20_000)}),
        ("customer", {"author": Author(customer_value=0.5)}),
    ],
)
def test_each_fact_raises_priority_by_a_part_of_its_own(rule: str, changes: dict[str, Any]) -> None:
    without, with_it = scores("acme kettle"), scores("acme kettle", **changes)
    assert rule not in parts(without)
    assert parts(with_it)[rule] > 0
    assert with_it.priority.value > without.priority.value


def test_reach_and_engagement_count_by_their_power_of_ten() -> None:
    reach = [
        parts(scores("acme", author=Author(followers=10**power)))["reach"] for power in (2, 4, 6, 9)
    ]
    assert reach[1] == pytest.approx(2 * reach[0], rel=0.01)
    assert reach[2] == pytest.approx(0.2, abs=1e-6)
    assert reach[3] == 0.2


@pytest.mark.parametrize(
    ("text", "rule", "said"),
    [
        ("acme uses child-labour", "red-line", "“child labour”"),
        ("acme at the cafe noir", "red-line", "“Café Noir”"),
        ("acme had a data breach", "topic", "data breach"),
        ("Boycott Acme", "topic", "boycott"),
        ("an acme kettle exploded", "topic", "safety"),
        ("acme racism", "topic", "discrimination"),
        ("I am suing Acme", "topic", "legal"),
        ("acme ceo resigns", "topic", "executive"),
        ("two people injured by Acme", "topic", "injury"),
    ],
)
def test_red_lines_and_dangerous_topics_are_named_with_their_place(
    text: str, rule: str, said: str
) -> None:
    (part,) = [part for part in scores(text).priority.parts if part.rule == rule]
    assert said in part.what
    assert part.span is not None


def test_a_figure_of_speech_is_not_a_danger() -> None:
    assert "topic" not in parts(scores("acme adds insult to injury"))


def test_a_second_topic_adds_less_than_the_first_and_a_fourth_nothing() -> None:
    found = scores("acme: lawsuit, racism, fraud, boycott, oil spill")
    topics = [part.contribution for part in found.priority.parts if part.rule == "topic"]
    assert topics == [0.2, 0.05, 0.05]


def test_a_dangerous_negative_post_that_many_hear_is_high() -> None:
    found = scores(
        "@acme your kettle exploded and my daughter is injured, this is horrible",
        author=Author(followers=250_000, verified=True),
        engagement=Engagement(likes=900, shares=400),
    )
    assert found.priority.value >= HIGH


def test_praise_that_many_hear_is_not_urgent() -> None:
    famous: dict[str, Any] = {"author": Author(followers=10**7, verified=True), "tier": 1}
    praise, plain = scores("I love acme, great", **famous), scores("acme kettle", **famous)
    assert parts(praise)["good-news"] < 0
    assert praise.priority.value < plain.priority.value < HIGH


def test_what_is_hardly_about_the_brand_is_pushed_down_however_loud() -> None:
    loud: dict[str, Any] = {"author": Author(followers=10**7), "tier": 1}
    spam = scores("use promo code X! we're hiring! acme lawsuit", **loud)
    assert parts(spam)["hardly-about-us"] < 0
    assert spam.priority.value < scores("acme lawsuit", **loud).priority.value / 2


def test_nothing_urgent_is_said_in_words() -> None:
    assert scores("acme kettle").priority.parts[0].what == "Nothing in it is urgent"


FIRE = "acme kettle exploded, this is horrible"


def test_a_story_that_many_tell_within_the_hour_is_more_urgent() -> None:
    alone = urgent(FIRE).weigh()
    few, many, most = (
        urgent(FIRE).weigh(Telling(hour=count, organic=float(count))) for count in (3, 30, 3_000)
    )
    assert alone.value < few.value < many.value < most.value
    assert parts(most)["velocity"] == USUAL.velocity


def test_a_campaign_is_as_fast_as_the_people_it_weighs() -> None:
    people = urgent(FIRE).weigh(Telling(hour=50, organic=50.0))
    campaign = urgent(FIRE).weigh(Telling(hour=50, organic=4.5))
    assert parts(campaign)["velocity"] < parts(people)["velocity"] / 2
    assert "as many as 4 independent people" in _said(campaign, "velocity")
    assert "independent" not in _said(people, "velocity")


def test_what_a_copy_says_counts_less_and_who_says_it_as_much() -> None:
    famous = scores(FIRE, author=Author(followers=10**6))
    first, second, last = (urgent(FIRE).weigh(Telling(copies=count)) for count in (0, 1, 199))
    assert first.value > second.value > last.value > 0.3 * first.value
    assert last.value < 0.45 * first.value
    assert parts(famous)["reach"] > last.value / 2


def test_parts_add_up_however_the_story_was_told() -> None:
    for telling in (Telling(), Telling(hour=9, organic=3.2, copies=7)):
        for text in (FIRE, "I love acme, great", "acme"):
            found = urgent(text).weigh(telling)
            assert sum(part.contribution for part in found.parts) == pytest.approx(found.value)
            assert 0 <= found.value <= 1


def test_praise_that_spreads_is_taken_back_in_part() -> None:
    found = parts(urgent("I love acme, great").weigh(Telling(hour=100, organic=100.0)))
    assert found["good-news"] == pytest.approx(-found["velocity"] / 2)


@pytest.mark.parametrize(
    ("calm", "loud", "sign"),
    [
        ("acme lost my parcel", "acme LOST my PARCEL", "2 words in capitals"),
        ("acme lost it.", "acme lost it!!", "2 exclamation marks"),
        ("acme lost it, I mind", "acme lost it, I hate", "“hate”"),
    ],
)
def test_what_is_shouted_is_a_little_more_urgent(calm: str, loud: str, sign: str) -> None:
    assert "arousal" not in parts(scores(calm))
    assert sign in _said(scores(loud).priority, "arousal")


@pytest.mark.parametrize("text", ["ACME in the USA", "Oh acme!", "I love ACME SO MUCH, GREAT!!!"])
def test_a_name_an_abbreviation_and_joy_are_not_shouted(text: str) -> None:
    assert "arousal" not in parts(scores(text))


def test_a_brand_weighs_reasons_its_own_way() -> None:
    own = BrandContext("Acme", weights=PriorityWeights(topic=0.6, ordinary_followers=10))
    told: dict[str, Any] = {"author": Author(followers=1_000)}
    assert parts(scores("acme lawsuit", brand=own, **told))["topic"] == 0.6
    assert parts(scores("acme lawsuit", brand=own, **told))["influence"] > 0
    said = _said(scores("acme", brand=own).priority, "own-weights")
    assert said.endswith("topic 0.6, ordinary followers 10")
    assert "influence" not in parts(scores("acme lawsuit", **told))


def test_the_usual_weights_have_no_digest_and_others_tell_what_differs() -> None:
    own = PriorityWeights.from_json({"velocity": 0.3})
    assert own.to_json() == {"velocity": 0.3}
    assert own.digest != PriorityWeights(velocity=0.4).digest
    assert PriorityWeights.from_json({}).digest == ""


@pytest.mark.parametrize(
    "told",
    [
        {"reach": 1.5},
        {"reach": -0.1},
        {"reach": "much"},
        {"reach": float("nan")},
        {"reach": True},
        {"ordinary_followers": 0},
        {"luck": 0.1},
    ],
)
def test_weights_that_cannot_be_are_refused_by_name(told: dict[str, Any]) -> None:
    with pytest.raises(InvalidWeights, match=next(iter(told))):
        PriorityWeights.from_json(told)


def test_a_brand_says_what_is_dangerous_for_it() -> None:
    own = Topics(
        [
            Topic("kettles", phrases=("lid came off",), risk=0.5),
            Topic("Police", enabled=False),
            Topic("legal", without=("lawsuit",)),
        ]
    )
    brand = BrandContext("Acme", topics=own)
    assert parts(scores("acme lid came off", brand=brand))["topic"] == 0.1
    for harmless in ("acme police", "acme lawsuit"):
        assert "topic" in parts(scores(harmless))
        assert "topic" not in parts(scores(harmless, brand=brand))


def _said(found: Scored, rule: str) -> str:
    return next(part.what for part in found.parts if part.rule == rule)
