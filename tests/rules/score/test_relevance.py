"""Is it about the brand at all?"""

from __future__ import annotations

from typing import Any

import pytest

from rules.mention import Author
from rules.query import Document, match, parse
from rules.score import RELEVANT, BrandContext, Scored, score
from rules.score.learned import Evidence
from rules.score.relevance import CONTEXT
from tests.builders import a_mention

ACME = BrandContext("Acme", handles=("@acme", "acmehelp"))
LONG = "Much is written about kettles every day. " * 60


def relevance(
    text: str, *, query: str = "acme", brand: BrandContext = ACME, **changes: Any
) -> Scored:
    mention = a_mention(text=text, **changes)
    found = match(parse(query), Document.of(mention))
    assert found is not None
    return score(mention, found, brand=ACME, tier=4).relevance


def rules_of(scored: Scored) -> set[str]:
    return {part.rule for part in scored.parts}


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("early", {"text": "Acme makes kettles"}),
        ("title", {"text": "a report", "title": "Kettles by Acme"}),
        ("tag", {"text": f"{LONG} #acme"}),
        ("handle", {"text": f"{LONG} hello @AcmeHelp, acme"}),
        ("often", {"text": f"{LONG} acme acme acme"}),
        ("often", {"text": f"{LONG} acme kettles", "query": "acme AND kettles"}),
        ("passing", {"text": f"{LONG} acme"}),
        ("only-link", {"text": "recipe: acme.com/pie"}),
        ("only-link", {"text": "recipe: https://acme.com/pie", "query": "https://acme.com"}),
        ("only-link", {"text": "recipe: food.example/acme"}),
        (
            "only-author",
            {"text": "hello", "author": Author(name="Acme Jones"), "query": "author:acme"},
        ),
        ("own-post", {"text": "Acme is open", "author": Author(handle="@ACME")}),
        ("job-advert", {"text": "Acme: we’re hiring! Kettle engineers"}),
        ("job-advert", {"text": "Kettle engineer at Acme #jobs"}),
        ("giveaway-or-coupon", {"text": "GIVEAWAY: win an Acme kettle"}),
        ("giveaway-or-coupon", {"text": "Use promo code KETTLE at Acme"}),
        ("tag-list", {"text": "#acme #a1 #b2 #c3 #d4 #e5 #f6 wow"}),
    ],
)
def test_each_reason_is_a_part(rule: str, changes: dict[str, Any]) -> None:
    scored = relevance(**changes)
    assert rule in rules_of(scored)
    assert sum(part.contribution for part in scored.parts) == pytest.approx(scored.value, abs=1e-9)
    assert 0.0 <= scored.value <= 1.0


def test_a_plain_post_has_no_reason_against_it() -> None:
    scored = relevance("My kettle of steel and plastic that was made by the people of Acme broke")
    assert rules_of(scored) == {"match"}
    assert scored.value >= RELEVANT


@pytest.mark.parametrize(
    "changes",
    [
        {"text": "Acme is hiring! #jobs in kettles"},
        {"text": "GIVEAWAY: retweet to win an Acme kettle"},
        {"text": "hello", "author": Author(name="Acme Jones"), "query": "author:acme"},
        {"text": "recipe: acme.com/pie is nice"},
        {"text": "Acme is open today", "author": Author(handle="acme")},
    ],
)
def test_what_is_hardly_about_the_brand_stays_below_relevant(changes: dict[str, Any]) -> None:
    assert relevance(**changes).value < RELEVANT


def test_a_customer_who_asks_for_a_promo_code_is_still_heard() -> None:
    assert relevance("@acme my promo code does not work", query="@acme").value >= RELEVANT


def test_a_complaint_to_the_brands_handle_is_surely_relevant() -> None:
    assert relevance("@acme my kettle broke, again", query="@acme").value >= 0.7


def test_more_than_all_is_held_at_one_by_a_part_that_says_so() -> None:
    scored = relevance("@acme acme kettle", title="Acme", query="acme kettle OR @acme")
    assert scored.value <= 1.0
    less = relevance(
        "giveaway #jobs #acme #a1 #b2 #c3 #d4 #e5 #f6", author=Author(handle="acme"), query="acme"
    )
    assert less.value == 0.0
    assert "floor" in rules_of(less)


def test_parts_point_into_the_mention() -> None:
    scored = relevance("GIVEAWAY: win an Acme kettle")
    spans = {part.rule: part.span for part in scored.parts}
    assert spans["match"] == ("text", 17, 21)
    assert spans["giveaway-or-coupon"] == ("text", 0, 8)


def test_a_word_of_the_brand_s_description_beside_its_name_speaks_for_it() -> None:
    described = BrandContext("Acme", context=frozenset({"kettle", "acme"}))
    about = match(parse("acme"), Document.of(mention := a_mention(text="an acme kettle")))
    assert about is not None
    scored = score(mention, about, brand=described, tier=4).relevance
    (part,) = [each for each in scored.parts if each.rule == "context"]
    assert (part.contribution, part.span) == (CONTEXT, ("text", 8, 14))
    assert "context" not in rules_of(relevance("an acme kettle"))


def test_what_verdicts_taught_is_in_the_sum() -> None:
    taught = BrandContext("Acme", evidence=Evidence.of([(frozenset({"poets"}), False)] * 5))
    about = match(parse("acme"), Document.of(mention := a_mention(text="poets of the acme")))
    assert about is not None
    scored = score(mention, about, brand=taught, tier=4).relevance
    assert "learned" in rules_of(scored)
    assert sum(part.contribution for part in scored.parts) == pytest.approx(scored.value, abs=1e-9)
    assert scored.value < relevance("poets of the acme").value
