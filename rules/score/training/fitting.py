"""Fitting a multinomial logistic regression over many sparse features, to hard and soft labels.

AdaGrad with proximal L1 and L2 steps (Duchi and others, 2011; Langford and others' truncated
gradient for the L1), one pass compiled by numba: a second for a hundred thousand texts.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np

Array = np.ndarray[Any, Any]

CLASSES: Final = 3


@dataclass(frozen=True, slots=True)
class Table:
    """Features by row: ``columns[starts[r]:starts[r + 1]]`` are those of row r, repeats kept."""

    starts: Array
    columns: Array
    width: int


@dataclass(frozen=True, slots=True)
class Goals:
    """``hard`` with the logarithm of its set's class shares, ``soft`` without; ``weights`` of each
    row's two losses. All have a row a text and a column a class, weights a column a loss."""

    hard: Array
    prior: Array
    soft: Array
    weights: Array


@cache
def _compiled(function: Any) -> Any:
    """numba takes a second to import and another to compile; only training waits for it."""
    return importlib.import_module("numba").njit(function)


def _pass(
    starts: Array,
    columns: Array,
    order: Array,
    hard: Array,
    prior: Array,
    soft: Array,
    share: Array,
    weights: Array,
    bias: Array,
    squares: Array,
    bias_squares: Array,
    rate: float,
    l1: float,
    l2: float,
) -> float:
    loss = 0.0
    z = np.zeros(3)
    p = np.zeros(3)
    q = np.zeros(3)
    g = np.zeros(3)
    for row in order:
        begin, end = starts[row], starts[row + 1]
        for k in range(3):
            z[k] = bias[k]
        for at in range(begin, end):
            column = columns[at]
            for k in range(3):
                z[k] += weights[column, k]
        top = max(z[0], z[1], z[2])
        adjusted = max(z[0] + prior[row, 0], z[1] + prior[row, 1], z[2] + prior[row, 2])
        total = 0.0
        adjusted_total = 0.0
        for k in range(3):
            p[k] = np.exp(z[k] - top)
            total += p[k]
            q[k] = np.exp(z[k] + prior[row, k] - adjusted)
            adjusted_total += q[k]
        for k in range(3):
            p[k] /= total
            q[k] /= adjusted_total
            g[k] = share[row, 0] * (q[k] - hard[row, k]) + share[row, 1] * (p[k] - soft[row, k])
            loss -= share[row, 0] * hard[row, k] * np.log(q[k] + 1e-9)
            loss -= share[row, 1] * soft[row, k] * np.log(p[k] + 1e-9)
        for k in range(3):
            bias_squares[k] += g[k] * g[k]
            bias[k] -= rate * g[k] / np.sqrt(bias_squares[k])
        for at in range(begin, end):
            column = columns[at]
            for k in range(3):
                slope = g[k] + l2 * weights[column, k]
                squares[column, k] += slope * slope
                step = rate / np.sqrt(squares[column, k])
                weight = weights[column, k] - step * slope
                edge = step * l1
                if weight > edge:
                    weights[column, k] = weight - edge
                elif weight < -edge:
                    weights[column, k] = weight + edge
                else:
                    weights[column, k] = 0.0
    return loss / len(order)


def fit(
    table: Table,
    goals: Goals,
    *,
    epochs: int,
    rate: float,
    l1: float,
    l2: float,
    seed: int,
) -> tuple[Array, Array]:
    """Weights (features, classes) and biases (classes)."""
    dice = np.random.default_rng(seed)
    weights = np.zeros((table.width, CLASSES))
    squares = np.full((table.width, CLASSES), 1.0)
    bias = np.zeros(CLASSES)
    bias_squares = np.ones(CLASSES)
    rows = len(table.starts) - 1
    one_pass = _compiled(_pass)
    for _ in range(epochs):
        one_pass(
            table.starts,
            table.columns,
            dice.permutation(rows),
            goals.hard,
            goals.prior,
            goals.soft,
            goals.weights,
            weights,
            bias,
            squares,
            bias_squares,
            rate,
            l1,
            l2,
        )
    return weights, bias


def margins(table: Table, weights: Array, bias: Array) -> Array:
    """The logits of every row."""
    out: Array = _compiled(_margins)(table.starts, table.columns, weights, bias)
    return out


def _margins(starts: Array, columns: Array, weights: Array, bias: Array) -> Array:
    out = np.zeros((len(starts) - 1, 3))
    for row in range(len(starts) - 1):
        for k in range(3):
            out[row, k] = bias[k]
        for at in range(starts[row], starts[row + 1]):
            for k in range(3):
                out[row, k] += weights[columns[at], k]
    return out
