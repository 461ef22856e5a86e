"""Polarity by the models that come with the package."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from rules.score.explanation import Label
from rules.score.judge import Asked, Depth, judge, judge_many
from rules.score.judgement import Stage
from tests.rules.score.texts import texts

QUICK = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])

COMPLAINTS = (
    "@user two hours on hold and then they hung up on me",
    "My parcel never arrived and nobody answers. Never again.",
    "Worst customer service ever",
)
PRAISE = ("@user thank you so much for the quick help!", "I love the new app, great work")
NEITHER = ("@user what time does the shop in Leeds open?", "Acme opens a new office in Lyon")


@pytest.mark.parametrize(
    ("text", "label"),
    [
        *[(text, Label.NEGATIVE) for text in COMPLAINTS],
        *[(text, Label.POSITIVE) for text in PRAISE],
        *[(text, Label.NEUTRAL) for text in NEITHER],
    ],
)
@pytest.mark.parametrize("depth", [Depth.LINEAR, Depth.DEEP])
def test_plain_texts_get_the_label_a_person_would_give(
    text: str, label: Label, depth: Depth
) -> None:
    assert judge(Asked(text), depth=depth).label is label


@pytest.mark.parametrize("depth", list(Depth))
@pytest.mark.parametrize("text", [*COMPLAINTS, *PRAISE, *NEITHER, "😂 lol", "", "schlecht :("])
def test_the_parts_add_up_to_the_value(text: str, depth: Depth) -> None:
    judged = judge(Asked(text), depth=depth, explain=True)
    assert sum(part.contribution for part in judged.parts) == pytest.approx(judged.value, abs=1e-6)


@QUICK
@given(texts())
def test_any_text_is_judged_and_its_parts_add_up(text: str) -> None:
    judged = judge(Asked(text, told="en"), explain=True)
    assert sum(part.contribution for part in judged.parts) == pytest.approx(judged.value, abs=1e-6)
    assert -1.0 <= judged.value <= 1.0
    assert 0.0 <= judged.confidence <= 1.0
    for part in judged.parts:
        if part.span is not None:
            assert 0 <= part.span[1] < part.span[2] <= len(text)


@QUICK
@given(texts())
def test_the_short_way_gives_the_answer_of_the_long_one(text: str) -> None:
    short = judge(Asked(text + " and the rest of it is what you think"))
    long = judge(Asked(text + " and the rest of it is what you think"), explain=True)
    assert replace(long, parts=()) == short


def test_the_word_that_says_it_weighs_most() -> None:
    judged = judge(Asked("The staff were friendly but the food was disgusting"), explain=True)
    words = [part for part in judged.parts if part.rule == "word"]
    worst = min(words, key=lambda part: part.contribution)
    assert "disgusting" in worst.what


def test_without_being_asked_nobody_explains() -> None:
    assert judge(Asked("good")).parts == ()


@pytest.mark.parametrize(
    "text", ["", "   ", "http://acme.example/x", "@acme @globex", "12345", "…"]
)
def test_a_text_without_words_is_unknown(text: str) -> None:
    judged = judge(Asked(text))
    assert (judged.label, judged.stage, judged.value) == (Label.UNKNOWN, Stage.NONE, 0.0)


@pytest.mark.parametrize(
    ("text", "label"),
    [("😍😍", Label.POSITIVE), ("😡", Label.NEGATIVE), ("@acme :(", Label.NEGATIVE)],
)
def test_emoji_and_emoticons_alone_are_read(text: str, label: Label) -> None:
    judged = judge(Asked(text))
    assert (judged.label, judged.stage) == (label, Stage.SIGNS)


@pytest.mark.parametrize(
    "text",
    [
        "Bu ürün çok kötü, bir daha asla almam",
        "これはとても良いですね",
        "Этот магазин просто ужасный, никогда больше",
    ],
)
def test_a_language_that_no_model_knows_is_unknown_and_never_neutral(text: str) -> None:
    judged = judge(Asked(text))
    assert (judged.label, judged.value) == (Label.UNKNOWN, 0.0)


def test_a_language_that_no_model_knows_still_has_its_emoji() -> None:
    judged = judge(Asked("Этот магазин просто ужасный 😡😡", told="ru"))
    assert (judged.label, judged.stage) == (Label.NEGATIVE, Stage.SIGNS)


@pytest.mark.parametrize(
    ("text", "language", "label"),
    [
        ("Das ist wirklich schlecht, nie wieder", "de", Label.NEGATIVE),
        ("Me encanta, muchas gracias por todo, excelente", "es", Label.POSITIVE),
    ],
)
def test_languages_with_a_model_are_judged_by_it(text: str, language: str, label: Label) -> None:
    judged = judge(Asked(text))
    assert (judged.language, judged.label, judged.stage) == (language, label, Stage.LINEAR)


def test_the_brands_own_word_is_not_bad_news() -> None:
    text = "Bought the Killer, it is a killer"
    own = judge(Asked(text, own={"killer": 2.0}), explain=True)
    assert own.value > judge(Asked(text)).value
    assert any(part.rule == "brand word" for part in own.parts)
    assert sum(part.contribution for part in own.parts) == pytest.approx(own.value, abs=1e-6)


def test_places_are_those_of_the_text_with_the_brands_words_in_it() -> None:
    text = "The Killer is disgusting"
    judged = judge(Asked(text, own={"killer": 1.0}), depth=Depth.DEEP, explain=True)
    spans = {text[part.span[1] : part.span[2]] for part in judged.parts if part.span}
    assert "disgusting" in spans
    assert "Killer" not in spans


def test_the_transformer_is_asked_about_what_is_not_sure_and_nothing_else() -> None:
    texts = [Asked(text) for text in (*COMPLAINTS, *PRAISE, *NEITHER, "Well, that was something")]
    sure = judge_many(texts)
    both = judge_many(texts, depth=Depth.AUTO)
    assert {each.stage for each in sure} == {Stage.LINEAR}
    asked = [number for number, each in enumerate(both) if each.stage is Stage.DEEP]
    assert asked
    limit = max(sure[number].confidence for number in asked)
    left = [number for number in range(len(texts)) if number not in asked]
    assert left
    assert all(both[number] == sure[number] for number in left)
    assert all(sure[number].confidence >= limit for number in left)


def test_two_brands_in_one_text_get_two_polarities() -> None:
    text = "Zentro makes great phones, Hooli is terrible"
    praised = judge(Asked(text, target="Zentro"), depth=Depth.DEEP)
    blamed = judge(Asked(text, target="Hooli"), depth=Depth.DEEP)
    assert praised.value > blamed.value


def test_a_very_long_text_is_judged_by_its_beginning() -> None:
    long = "great " * 20_000
    assert judge(Asked(long, told="en")).label is Label.POSITIVE
