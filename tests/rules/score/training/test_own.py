"""Our own texts are written out of patterns."""

from __future__ import annotations

import re
from importlib import resources

import pytest

from rules.score.training.own import patterns, written

FILE = resources.files("rules.score.training").joinpath("own_texts.txt").read_text("utf-8")
SMALL = """
# a comment
$ thing: phone | fridge
- {brand} sold me a [broken|slow] {thing}
+ {brand} beats {other} [any day|]
"""


def test_patterns_are_filled() -> None:
    texts = {sample.text.lower() for sample in written(patterns(SMALL), each=40, seed=1)}
    assert any(text.endswith("sold me a broken fridge") for text in texts)
    assert any(text.endswith("sold me a slow phone") for text in texts)
    assert not any(re.search(r"[\[\]{}|]", text) for text in texts)


def test_a_text_about_two_brands_is_learned_towards_one() -> None:
    both = [sample for sample in written(patterns(SMALL), each=10, seed=1) if sample.label == 2]
    assert both
    assert all(sample.target and sample.target.lower() in sample.text.lower() for sample in both)


def test_a_line_of_no_kind_is_told_with_its_number() -> None:
    with pytest.raises(ValueError, match="line 2"):
        patterns("# ok\n? what")


def test_the_file_has_texts_of_every_label_and_no_air_travel() -> None:
    samples = written(patterns(FILE), each=6, seed=1)
    assert len(samples) > 1_000
    assert {sample.label for sample in samples} == {0, 1, 2}
    words = {word for sample in samples for word in re.findall(r"\w+", sample.text.lower())}
    trade = "flight flights plane airline airport luggage baggage pilot boarding gate crew aircraft"
    assert words.isdisjoint(trade.split())


def test_the_same_seed_writes_the_same() -> None:
    assert written(patterns(SMALL), each=5, seed=7) == written(patterns(SMALL), each=5, seed=7)
