"""A glance says that nothing in a text can matter only where nothing does."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from rules.mention import Mention
from rules.query import Document, Match
from rules.score import BrandContext, Label
from rules.score.arousal import arousal
from rules.score.glance import PIECES_LIMIT, glance
from rules.score.intent import intent
from rules.score.relevance import relevance
from tests.rules.score.texts import HAND_MADE

BRAND = BrandContext("")
_SAID = "I was there and it is what it is, caught in the fire of my way home on hold"


@pytest.mark.parametrize(
    "text",
    [
        "it caught fire",
        "we are hiring",
        "#a #b #c #d #e #f",
        "why？",
        "x" * 200,
    ],
)
def test_what_could_matter_is_looked_at_more_closely(text: str) -> None:
    assert glance(text) is None


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("a fire alarm", ""),
        ("we were there, still", ""),
        ("it is what it is", ""),
        ("is it? no", "is?"),
        ("you there?", "?"),
        ("see a.com/?b=1", ""),
        ("", ""),
        (" \n", ""),
    ],
)
def test_else_all_that_is_told_is_how_it_asks(text: str, asks: str) -> None:
    assert glance(text) == (asks, frozenset(), False)


@pytest.mark.parametrize("text", ["so LOUD", "I hate it", "wow!!"])
def test_what_may_be_shouted_is_told(text: str) -> None:
    seen = glance(text)
    assert seen is not None
    assert seen.loud


def test_the_signs_of_an_intent_are_told_where_they_stand() -> None:
    seen = glance("I am still waiting, the refund of my money is on the hold")
    assert seen is not None
    assert seen.signs == {("still", "waiting"), ("refund",)}


def test_where_nothing_is_seen_nothing_is_there() -> None:
    plain = 0
    said = _SAID.split()
    more = [*said, "A1", "https://a.b/c", "\u263a"]
    pairs = [f"{one} {other}?" for one in said for other in more]
    for text in (*HAND_MADE, *pairs, " ".join(reversed(said))):
        seen = glance(text)
        if seen is None or not text:
            continue
        plain += 1
        mention = Mention("file", text, datetime(2026, 1, 1, tzinfo=UTC))
        document = Document(text=text)
        assert seen.loud or arousal(document.fields, brand=BRAND) is None
        touched = BRAND.topics.find(document)
        assert not any(one.risk for one in touched)
        about = relevance(mention, Match(()), brand=BRAND, fields=document.fields)
        assert [part.rule for part in about.parts] == ["match"]
        for label in Label:
            full = intent(
                mention, label=label, brand=BRAND, fields=document.fields, touched=touched
            )
            parts = [seen.asks, *map(" ".join, seen.signs)]
            short = Document(text=" xx ".join(parts) or "x")
            told = intent(mention, label=label, brand=BRAND, fields=short.fields, touched=())
            assert full.intent is told.intent
    assert plain > 5


def test_what_is_remembered_is_bounded() -> None:
    for number in range(3):
        words = " ".join(f"w{number}x{each}" for each in range(PIECES_LIMIT // 2 + 1))
        assert glance(words) == ("", frozenset(), False)
