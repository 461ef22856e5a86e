"""What is shown when, and what is made of it."""

from __future__ import annotations

from math import exp

import pytest

from rules.score.training.dice import Dice
from rules.score.training.samples import batches, halves, labelled, priors, shown

PLAIN = [labelled(f"text {number}", number % 3 - 1, source="a") for number in range(30)]
AIMED = [
    labelled(f"I like Brand{number} a lot today", 1, source="b", target=f"Brand{number}")
    for number in range(200)
]


def test_a_label_is_one_of_three() -> None:
    assert labelled("x", -1, source="a").label == 0
    with pytest.raises(ValueError, match="not in"):
        labelled("x", 2, source="a")


def test_shares_are_counted_set_by_set() -> None:
    found = priors([*PLAIN, *AIMED])
    assert [exp(number) for number in found["a"]] == pytest.approx([1 / 3] * 3)
    assert exp(found["b"][2]) > 0.9


def test_an_epoch_shows_every_plain_text_and_a_part_of_the_aimed_ones() -> None:
    epoch = shown([*PLAIN, *AIMED], dice=Dice(1))
    assert {sample.text for sample in PLAIN} <= {sample.text for sample in epoch}
    assert len(epoch) == 30 + 140


def test_the_target_stands_in_its_text_whatever_it_is_called_now() -> None:
    for sample in shown(AIMED, dice=Dice(2)):
        assert sample.target in sample.text


def test_some_texts_stand_beside_another() -> None:
    epoch = shown(AIMED, dice=Dice(3))
    double = [sample for sample in epoch if sample.text.count("I like") == 2]
    assert 0 < len(double) < len(epoch) * 0.6


def test_the_same_seed_shows_the_same() -> None:
    assert shown(AIMED, dice=Dice(4)) == shown(AIMED, dice=Dice(4))
    assert shown(AIMED, dice=Dice(4)) != shown(AIMED, dice=Dice(5))


def test_a_batch_holds_texts_of_about_one_length_and_nothing_is_left_out() -> None:
    lengths = [number % 17 for number in range(1_000)]
    found = list(batches(lengths, size=32, pool=10, dice=Dice(1)))
    assert sorted(number for batch in found for number in batch) == list(range(1_000))
    spread = [max(lengths[n] for n in batch) - min(lengths[n] for n in batch) for batch in found]
    assert sum(spread) / len(spread) < 4


def test_halves_are_of_long_texts_and_are_half_of_them() -> None:
    long = labelled("one two three four five six seven eight nine ten", 1, source="a")
    (half,) = halves([long, PLAIN[0]], dice=Dice(1))
    assert half.text in ("one two three four five", "six seven eight nine ten")
