"""Figures of quality, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from rules.score.training.quality import balance, quality, reliability, temperature

LABELS = np.array([0, 0, 1, 1, 2, 2])
CHANCES = np.array(
    [
        [0.8, 0.1, 0.1],
        [0.1, 0.2, 0.7],  # a flip
        [0.2, 0.7, 0.1],
        [0.5, 0.4, 0.1],
        [0.0, 0.1, 0.9],
        [0.1, 0.3, 0.6],
    ]
)


def test_figures_are_those_counted_by_hand() -> None:
    found = quality(CHANCES, LABELS)
    assert found.count == 6
    assert found.macro_recall == pytest.approx((1 / 2 + 1 / 2 + 1) / 3)
    assert found.negative_precision == pytest.approx(1 / 2)
    assert found.negative_recall == pytest.approx(1 / 2)
    assert found.macro_f1 == pytest.approx((1 / 2 + 2 / 3 + 4 / 5) / 3)
    assert found.flips == pytest.approx(1 / 6)
    assert found.alert_recall == pytest.approx(1 / 2)
    assert found.average_precision == pytest.approx((1 + 2 / 4) / 2)


def test_each_class_weighs_the_same() -> None:
    weights = balance(np.array([0, 1, 1, 2, 2, 2]))
    assert weights.tolist() == pytest.approx([2, 1, 1, 2 / 3, 2 / 3, 2 / 3])


def test_reliability_counts_every_text_once() -> None:
    bins = reliability(CHANCES, LABELS)
    assert sum(one.count for one in bins) == 6
    assert all(1 / 3 <= one.confidence <= 1 for one in bins)
    assert bins[-1].right == pytest.approx(1.0)


def test_the_temperature_undoes_a_scale() -> None:
    dice = np.random.default_rng(1)
    true = dice.normal(size=(4_000, 3)) * 1.5
    chances = np.exp(true) / np.exp(true).sum(axis=1, keepdims=True)
    labels = np.array([dice.choice(3, p=row) for row in chances])
    assert temperature(true * 2.5, labels) == pytest.approx(2.5, rel=0.1)
