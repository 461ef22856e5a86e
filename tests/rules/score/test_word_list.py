"""Tone, its label, and the words that made it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given

from rules.mention import TEXT_LIMIT
from rules.score import BrandContext, Label, Scored
from rules.score.word_list import PARTS_LIMIT, READ_LIMIT, by_word_list
from tests.builders import a_mention
from tests.rules.score.texts import oracle, texts

ACME = BrandContext("Acme")


def judge(text: str, brand: BrandContext = ACME, **changes: object) -> tuple[Scored, Label]:
    return by_word_list(a_mention(text=text, **changes), brand=brand)


def rules_of(scored: Scored) -> list[str]:
    return [part.rule for part in scored.parts]


@given(texts())
def test_the_parts_add_up_to_vaders_compound(text: str) -> None:
    scored, label = judge(text, title="x")
    if label is Label.UNKNOWN:
        return
    joined = text if text.startswith("x") else f"x\n{text}"
    assert scored.value == oracle().polarity_scores(joined)["compound"]
    assert sum(part.contribution for part in scored.parts) == pytest.approx(scored.value, abs=1e-9)
    for part in scored.parts:
        if part.span is not None:
            field, start, end = part.span
            assert 0 <= start < end <= len({"title": "x", "text": text}[field])


@pytest.mark.parametrize(
    ("text", "rule", "said"),
    [
        ("a horrible kettle", "lexicon", "“horrible” sounds negative"),
        ("it is not good", "negation", "“not” turns “good” round"),
        ("no good", "negation", "“no” turns “good” round"),
        ("a really bad kettle", "booster", "“really” makes “bad” more negative"),
        ("a BAD kettle", "caps", "“BAD” is shouted in capitals"),
        ("nice but late", "but", "“nice” stands before “but”, which weighs less"),
        ("late but nice", "but", "“nice” stands after “but”, which weighs more"),
        ("it is such a bad ass", "idiom", "“bad” is part of a saying"),
        ("a bad kettle!!!", "punctuation", "Exclamation or question marks add force"),
    ],
)
def test_each_rule_that_worked_is_a_part_in_plain_words(text: str, rule: str, said: str) -> None:
    scored, _ = judge(text)
    assert said in [part.what for part in scored.parts if part.rule == rule]


@pytest.mark.parametrize("piece", ["😂", "😡 ", "good bad ", "GOOD! no "])
def test_the_longest_post_is_judged_in_a_moment_and_says_how_much_was_read(piece: str) -> None:
    judge("warm 😂")
    start = time.process_time()
    scored, _ = judge((piece * TEXT_LIMIT)[:TEXT_LIMIT])
    assert time.process_time() - start < 1.0
    assert scored.parts[-1].what == "Only its first 20,000 characters were judged"
    assert sum(part.contribution for part in scored.parts) == pytest.approx(scored.value, abs=1e-9)


def test_all_of_a_long_article_gets_vaders_number() -> None:
    article = "It is not very good, but nice. " * 640
    assert READ_LIMIT - 200 < len(article) < READ_LIMIT
    scored, _ = judge(article)
    assert scored.value == oracle().polarity_scores(article)["compound"]
    assert "cut" not in rules_of(scored)


def test_a_part_points_at_its_word_in_the_title_or_the_text() -> None:
    scored, _ = judge("it is not good", title="Horrible kettle")
    places = {(part.rule, part.span) for part in scored.parts}
    assert ("lexicon", ("title", 0, 8)) in places
    assert ("lexicon", ("text", 10, 14)) in places
    assert ("negation", ("text", 6, 9)) in places


def test_a_title_that_the_text_repeats_counts_once() -> None:
    once, _ = judge("Horrible kettle. I tried it.")
    twice, _ = judge("Horrible kettle. I tried it.", title="Horrible kettle.")
    assert once.value == twice.value


@pytest.mark.parametrize(
    ("valence", "label"),
    [(-0.2, Label.NEGATIVE), (-0.1, Label.NEUTRAL), (0.1, Label.NEUTRAL), (0.2, Label.POSITIVE)],
)
def test_labels_change_at_five_hundredths(valence: float, label: Label) -> None:
    scored, found = judge("kettle", BrandContext("Acme", lexicon={"kettle": valence}))
    assert found is label
    assert (abs(scored.value) >= 0.05) == (label is not Label.NEUTRAL)


def test_the_brands_own_word_list_wins_over_vaders() -> None:
    sick = BrandContext("Acme", lexicon={"Sick": 3.0, "very": -9.0})
    assert judge("a sick board")[1] is Label.NEGATIVE
    scored, label = judge("a SICK board", sick)
    assert label is Label.POSITIVE
    assert rules_of(scored)[0] == "brand word"
    assert judge("very", sick)[0].value == judge("x", BrandContext("A", lexicon={"x": -4}))[0].value


@pytest.mark.parametrize("lang", ["de", "es-MX", "ja", "pt_BR"])
def test_another_language_is_unknown_and_never_neutral(lang: str) -> None:
    scored, label = judge("horrible", lang=lang)
    assert (scored.value, label) == (0.0, Label.UNKNOWN)
    assert "another language" in scored.parts[0].what


@pytest.mark.parametrize("lang", ["en", "EN-us", "en_GB", None, "und", ""])
def test_english_and_untold_languages_are_judged(lang: str | None) -> None:
    assert judge("horrible", lang=lang)[1] is Label.NEGATIVE


def test_a_text_in_another_script_is_unknown_though_no_language_was_told() -> None:
    scored, label = judge("ужасный чайник bad", lang=None)
    assert (scored.value, label) == (0.0, Label.UNKNOWN)
    assert "Latin" in scored.parts[0].what


def test_a_text_of_blanks_is_unknown() -> None:
    assert judge(" \n ")[1] is Label.UNKNOWN


def test_a_text_without_tone_is_neutral_and_says_so() -> None:
    scored, label = judge("The kettle arrived on Monday")
    assert (scored.value, label) == (0.0, Label.NEUTRAL)
    assert scored.parts[0].what == "No word in it carries a tone"


def test_a_long_text_keeps_its_weightiest_reasons_and_tells_the_rest_as_one() -> None:
    scored, _ = judge("horrible good " * 1_000)
    assert len(scored.parts) == PARTS_LIMIT + 1
    assert scored.parts[-1].what == "1,960 smaller reasons together"
    assert sum(part.contribution for part in scored.parts) == pytest.approx(scored.value, abs=1e-9)


def test_a_word_without_end_is_cut_in_the_reasons() -> None:
    scored, _ = judge("x" * 90_000, BrandContext("Acme", lexicon={"x" * 90_000: 2.0}))
    assert max(len(part.what) for part in scored.parts) < 120
