"""How good a model is on labelled texts, in the figures that are published for such sets."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np

Array = np.ndarray[Any, Any]

PRECISION: Final = 0.85


@dataclass(frozen=True, slots=True)
class Quality:
    """Shares from 0 to 1. ``flips``: negative told as positive or the other way round.
    ``alert_recall``: of the negatives, how many are found while at least 85 of 100 alerts are
    right, by the chance of negative alone; ``average_precision`` is over the same ranking."""

    count: int
    macro_recall: float
    macro_f1: float
    negative_precision: float
    negative_recall: float
    alert_recall: float
    average_precision: float
    flips: float


def quality(chances: Array, labels: Array, *, told: Array | None = None) -> Quality:
    """``chances`` has a row a text; ``labels`` are 0, 1, 2 for negative, neutral, positive, and so
    is ``told``, what each text was called: the likeliest, if nothing else is given."""
    if told is None:
        told = chances.argmax(axis=1)
    recalls, precisions, f1s = [], [], []
    for number in range(3):
        right = int(((told == number) & (labels == number)).sum())
        recalls.append(right / max(1, int((labels == number).sum())))
        precisions.append(right / max(1, int((told == number).sum())))
        f1s.append(2 * right / max(1, int((told == number).sum() + (labels == number).sum())))
    ranked = np.argsort(-chances[:, 0], kind="stable")
    hits = labels[ranked] == 0
    found = np.cumsum(hits)
    precision = found / np.arange(1, len(labels) + 1)
    good = precision >= PRECISION
    total = max(1, int(hits.sum()))
    return Quality(
        count=len(labels),
        macro_recall=float(np.mean(recalls)),
        macro_f1=float(np.mean(f1s)),
        negative_precision=precisions[0],
        negative_recall=recalls[0],
        alert_recall=float(found[good].max() / total) if good.any() else 0.0,
        average_precision=float((precision * hits).sum() / total),
        flips=float((np.abs(told - labels) == 2).mean()),
    )


@dataclass(frozen=True, slots=True)
class Bin:
    """Of the texts told with about this confidence: how many, the mean confidence, and the share
    that was right, each class counting alike."""

    count: int
    confidence: float
    right: float


def reliability(chances: Array, labels: Array, *, bins: int = 6) -> list[Bin]:
    """Confidence from a third to one in even steps; empty steps are left out."""
    weights = balance(labels)
    confidence = chances.max(axis=1)
    right = chances.argmax(axis=1) == labels
    edges = np.linspace(1 / 3, 1.0, bins + 1)
    out = []
    for low, high in pairwise(edges):
        inside = (confidence > low) & (confidence <= high)
        if inside.any():
            weight = weights[inside]
            out.append(
                Bin(
                    int(inside.sum()),
                    float(np.average(confidence[inside], weights=weight)),
                    float(np.average(right[inside], weights=weight)),
                )
            )
    return out


def balance(labels: Array) -> Array:
    """A weight for each text, such that the three classes weigh the same."""
    counts = np.bincount(labels, minlength=3)
    weights: Array = len(labels) / (3 * np.maximum(counts, 1))[labels]
    return weights


def temperature(logits: Array, labels: Array) -> float:
    """What to divide logits by so that the chances are true, each class counting alike (Guo and
    others, "On Calibration of Modern Neural Networks", 2017): the best of a fine row."""
    weights = balance(labels)

    def loss(heat: float) -> float:
        z = logits / heat
        z = z - z.max(axis=1, keepdims=True)
        log = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        return float(-np.average(log[np.arange(len(labels)), labels], weights=weights))

    return float(min(np.exp(np.linspace(np.log(0.3), np.log(4.0), 260)), key=loss))
