"""The same number as vaderSentiment for every text, and in linear time."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings

from rules.score.vader import lexicon, sound, tone
from tests.rules.score.texts import HAND_MADE, oracle, texts


def compound(text: str) -> float:
    return tone(text, words=lexicon(), own={}).compound


@pytest.mark.parametrize("text", HAND_MADE)
def test_hand_made_texts_get_vaders_number(text: str) -> None:
    assert compound(text) == oracle().polarity_scores(text)["compound"]


@settings(max_examples=400)
@given(texts())
@example("good good but good bad but bad")
def test_any_text_gets_vaders_number(text: str) -> None:
    assert compound(text) == oracle().polarity_scores(text)["compound"]


@given(texts())
def test_the_sound_of_a_text_is_its_tone_without_the_reasons(text: str) -> None:
    heard = tone(text, words=lexicon(), own={})
    assert sound(text) == (heard.compound, [hit.valence for hit in heard.hits])


@given(texts())
def test_the_steps_of_each_word_add_up_to_its_valence(text: str) -> None:
    heard = tone(text, words=lexicon(), own={})
    for hit in heard.hits:
        assert sum(step.delta for step in hit.steps) == pytest.approx(hit.valence, abs=1e-9)
    assert sum(hit.valence for hit in heard.hits) + heard.emphasis == pytest.approx(heard.total)


@given(texts())
def test_every_span_lies_in_the_text_and_in_order(text: str) -> None:
    heard = tone(text, words=lexicon(), own={})
    spans = [heard.spans.of(index) for index in range(len(heard.words))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert [start for start, _ in spans] == sorted(start for start, _ in spans)


def test_a_span_points_at_the_word_even_after_emoji_were_written_out() -> None:
    text = "😂 so (good), 👍bad  GREAT"
    heard = tone(text, words=lexicon(), own={})
    found = {heard.words[hit.index]: text[slice(*heard.spans.of(hit.index))] for hit in heard.hits}
    assert found["good"] == "good"
    assert found["GREAT"] == "GREAT"
    assert found["joy"] == "😂"


@pytest.mark.parametrize(
    "piece",
    ["😂", "😂 ", "good bad ", "good but bad ", "no ", "a!? ", "GOOD ", "x", " "],
)
def test_a_hundred_thousand_characters_are_judged_in_linear_time(piece: str) -> None:
    assert growth(piece, length=100_000) < LINEAR


def test_four_thousand_emoji_take_a_moment() -> None:
    assert growth("😂", length=4_000) < LINEAR


LINEAR = 40.0
"""Ten times the text takes ten times as long; were it quadratic, a hundred times."""


def growth(piece: str, *, length: int) -> float:
    """How much longer a text takes than its first tenth, in one run, whatever the machine's load.
    Less than 5 ms counts as that: too short to compare."""
    text = (piece * length)[:length]
    return seconds(text) / max(seconds(text[: length // 10]), 0.005)


def seconds(text: str) -> float:
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        compound(text)
        best = min(best, time.process_time() - start)
    return best
