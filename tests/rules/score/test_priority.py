"""How soon should a person look at it?"""

from __future__ import annotations

from typing import Any

import pytest

from rules.mention import Author, Engagement
from rules.query import Document, match, parse
from rules.score import HIGH, BrandContext, Scores, score
from rules.score.priority import NEGATIVITY
from tests.builders import a_mention

ACME = BrandContext("Acme", handles=("acme",), red_lines=("child labour", "Café Noir"))
NOBODY = Author(handle="ann", followers=None)


def scores(text: str, *, tier: int = 4, **changes: Any) -> Scores:
    quiet: dict[str, Any] = {"author": NOBODY, "engagement": Engagement()}
    mention = a_mention(text=text, **(quiet | changes))
    found = match(parse("acme"), Document.of(mention))
    assert found is not None
    return score(mention, found, brand=ACME, tier=tier)


def parts(found: Scores) -> dict[str, float]:
    return {part.rule: part.contribution for part in found.priority.parts}


def test_tone_alone_never_gives_a_high_priority() -> None:
    worst = scores("@acme acme is horrible, disgusting, the WORST, hate hate hate!!! " * 20)
    assert worst.polarity.value < -0.99
    assert set(parts(worst)) == {"negativity"}
    assert worst.priority.value <= NEGATIVITY < HIGH


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
    assert scores("thank you acme").priority.parts[0].what == "Nothing in it is urgent"
