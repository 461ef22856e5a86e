"""A regression over sparse features learns what separates its texts."""

from __future__ import annotations

import numpy as np
import pytest

from rules.score.training.fitting import Goals, Table, fit, margins


def rows(*features: list[int]) -> Table:
    starts = np.cumsum([0, *map(len, features)])
    columns = np.array([number for row in features for number in row], dtype=np.int32)
    return Table(starts, columns, 4)


TABLE = rows(*[[0, 3], [1, 3], [2, 3], [3]] * 30)
LABELS = np.array([0, 1, 2, 1] * 30)


def goals(*, prior: float = 0.0, soft: bool = False) -> Goals:
    hard = np.eye(3)[LABELS]
    none = np.zeros_like(hard)
    return Goals(
        hard=none if soft else hard,
        prior=np.tile([prior, 0.0, 0.0], (len(LABELS), 1)),
        soft=hard if soft else none,
        weights=np.tile([0.0, 1.0] if soft else [1.0, 0.0], (len(LABELS), 1)),
    )


@pytest.mark.parametrize("soft", [False, True])
def test_what_separates_the_classes_is_learned(soft: bool) -> None:
    weights, bias = fit(TABLE, goals(soft=soft), epochs=30, rate=0.2, l1=0.0, l2=0.0, seed=1)
    assert (margins(TABLE, weights, bias).argmax(axis=1) == LABELS).all()


def test_a_class_that_is_rare_in_its_set_is_told_more_easily() -> None:
    plain = fit(TABLE, goals(), epochs=5, rate=0.1, l1=0.0, l2=0.0, seed=1)
    rare = fit(TABLE, goals(prior=-2.0), epochs=5, rate=0.1, l1=0.0, l2=0.0, seed=1)
    assert margins(TABLE, *rare)[:, 0].mean() > margins(TABLE, *plain)[:, 0].mean() + 0.3


def test_l1_makes_weights_nothing() -> None:
    weights, _ = fit(TABLE, goals(), epochs=5, rate=0.1, l1=5.0, l2=0.0, seed=1)
    assert not weights.any()


def test_the_same_seed_learns_the_same() -> None:
    one = fit(TABLE, goals(), epochs=2, rate=0.1, l1=0.0, l2=0.0, seed=1)
    two = fit(TABLE, goals(), epochs=2, rate=0.1, l1=0.0, l2=0.0, seed=1)
    assert (one[0] == two[0]).all()
