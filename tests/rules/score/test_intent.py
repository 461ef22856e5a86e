"""What the author wants."""

from __future__ import annotations

import pytest

from rules.mention import Engagement
from rules.query import Document
from rules.score.brand import BrandContext
from rules.score.explanation import Label
from rules.score.intent import LEAST, Intended, Intent, intent
from rules.text import tokenise
from tests.builders import a_mention

ACME = BrandContext("Acme", handles=("acme",))


def told(text: str, label: Label = Label.NEUTRAL, **changes: object) -> Intended:
    mention = a_mention(text=text, **changes)
    touched = ACME.topics.find(Document.of(mention))
    fields = (("text", tokenise(text)),)
    return intent(mention, label=label, brand=ACME, fields=fields, touched=touched)


@pytest.mark.parametrize(
    ("text", "label", "expected"),
    [
        ("Still waiting for my refund @acme", Label.NEGATIVE, Intent.COMPLAINT),
        ("On hold for an hour, worst customer service", Label.NEGATIVE, Intent.COMPLAINT),
        ("@acme this is awful", Label.NEGATIVE, Intent.COMPLAINT),
        ("@acme you are the best", Label.POSITIVE, Intent.PRAISE),
        ("How do I descale my Acme kettle?", Label.NEUTRAL, Intent.QUESTION),
        ("Can anyone recommend a kettle? Is Acme worth it", Label.NEUTRAL, Intent.LEAD),
        ("Thank you @acme, great service!", Label.POSITIVE, Intent.PRAISE),
        ("My Acme kettle caught fire, my son was injured", Label.NEGATIVE, Intent.CRISIS_REPORT),
        ("Acme kettle: use promo code KETTLE20", Label.NEUTRAL, Intent.SPAM),
        ("Acme are clowns, you suck", Label.NEGATIVE, Intent.TROLL),
        ("Acme opens a new office in Graz", Label.NEUTRAL, Intent.OTHER),
    ],
)
def test_what_it_takes_a_mention_for(text: str, label: Label, expected: Intent) -> None:
    assert told(text, label).intent is expected


def test_negative_tone_alone_is_no_complaint() -> None:
    assert told("Acme is awful", Label.NEGATIVE).intent is Intent.OTHER


def test_a_review_of_one_star_that_sounds_negative_is_a_complaint() -> None:
    found = told("Awful", Label.NEGATIVE, engagement=Engagement(rating=1.0))
    assert found.intent is Intent.COMPLAINT


def test_the_evidence_is_shown_and_is_enough() -> None:
    found = told("How do I descale it?")
    assert sum(part.contribution for part in found.parts) >= LEAST
    assert [part.what for part in found.parts] == [
        "“how do i”",
        "It asks with a question mark",
        "It begins with “how”",
    ]
    assert found.parts[0].span == ("text", 0, 8)


def test_where_there_is_no_intent_there_is_no_evidence() -> None:
    assert told("Acme") == Intended(Intent.OTHER, ())


def test_a_question_mark_inside_a_link_asks_nothing() -> None:
    assert told("see https://acme.com/x?id=1").parts == ()


def test_it_is_json() -> None:
    assert told("How do I descale it?").to_json()["intent"] == "question"
