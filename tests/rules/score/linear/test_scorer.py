"""The quick sum is the sum of the named features' weights, for every text."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings

from rules.score.linear.features import named
from rules.score.linear.model import unpacked
from rules.score.linear.scorer import FULL_WORDS, Scorer, shrink
from rules.score.vader import lexicon, tone
from tests.rules.score.linear.models import TEXTS, a_model
from tests.rules.score.texts import texts

SCORER = Scorer(a_model())

QUICK = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def slow(text: str) -> int:
    heard = tone(text, words=lexicon(), own={})
    valences = [hit.valence for hit in heard.hits]
    names = named(text, valences=valences, compound=heard.compound)
    weights = SCORER.model.weights
    return SCORER.model.bias + sum(weights.get(name, 0) for name in names)


def quick(text: str) -> int:
    heard = tone(text, words=lexicon(), own={})
    valences = [hit.valence for hit in heard.hits]
    return SCORER.total(SCORER.cut(text), text, valences=valences, compound=heard.compound)


@pytest.mark.parametrize("text", TEXTS)
def test_texts_of_the_model_get_the_sum_of_their_weights(text: str) -> None:
    assert quick(text) == slow(text) != SCORER.model.bias


@QUICK
@given(texts())
@example("not no never . not")
def test_any_text_gets_the_sum_of_its_weights(text: str) -> None:
    assert quick(text) == slow(text)


def test_a_long_text_is_not_surer_than_its_words_repeated() -> None:
    short = TEXTS[2]
    once = SCORER.margins(short, valences=(), compound=0.0)
    often = SCORER.margins(" ".join([short] * 400), valences=(), compound=0.0)
    assert max(map(abs, often)) < 400 * max(map(abs, once)) / 5


def test_an_ordinary_post_is_not_shrunk() -> None:
    assert shrink(FULL_WORDS) == 1.0
    assert shrink(4 * FULL_WORDS) == pytest.approx(0.5)


def test_margins_are_the_sum_in_units_of_a_step() -> None:
    both = SCORER.total(SCORER.cut("ok then"), "ok then", valences=(), compound=0.0)
    margins = SCORER.margins("ok then", valences=(), compound=0.0)
    assert margins == pytest.approx([number * 0.02 for number in unpacked(both)])
