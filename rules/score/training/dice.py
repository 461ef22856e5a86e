"""Seeded dice: the same seed, the same throws, so that training stays a function of its input."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import numpy as np

T = TypeVar("T")


class Dice:
    """Over numpy's generator, whose stream for a seed is the same everywhere."""

    def __init__(self, seed: int) -> None:
        self._numbers = np.random.default_rng(seed)

    def random(self) -> float:
        """From 0 up to 1."""
        return float(self._numbers.random())

    def choice(self, given: Sequence[T]) -> T:
        return given[int(self._numbers.integers(len(given)))]

    def sample(self, given: Sequence[T], count: int) -> list[T]:
        """So many of them, none twice, in no order."""
        return [given[int(at)] for at in self._numbers.permutation(len(given))[:count]]

    def shuffle(self, given: list[Any]) -> None:
        order = self._numbers.permutation(len(given))
        given[:] = [given[int(at)] for at in order]
