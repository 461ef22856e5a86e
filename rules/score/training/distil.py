"""From texts and what is wanted of them to a linear model of bytes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from rules.score.linear.features import named
from rules.score.linear.model import Model, packed
from rules.score.training.fitting import Goals, Table, fit
from rules.score.training.samples import Sample, priors
from rules.score.vader import lexicon, tone

Array = np.ndarray[Any, Any]

LEAST_SEEN: Final = 3
RATE: Final = 0.01
EPOCHS: Final = 5
SEEDS: Final = (1, 2, 3)
KEPT: Final = 60_000
TEXT_LIMIT: Final = 5_000
_MOST = 127


@dataclass(frozen=True, slots=True)
class Lesson:
    """A text, its label's chances and what a teacher says of it. A weight of 0 leaves one out."""

    sample: Sample
    taught: tuple[float, float, float] = (0.0, 0.0, 0.0)
    hard_weight: float = 1.0
    soft_weight: float = 0.0


def features_of(text: str) -> list[str]:
    heard = tone(text[:TEXT_LIMIT], words=lexicon(), own={})
    return named(
        text[:TEXT_LIMIT], valences=[hit.valence for hit in heard.hits], compound=heard.compound
    )


def indexed(texts: Sequence[str], *, least: int = LEAST_SEEN) -> tuple[Table, dict[str, int]]:
    """The table of all features that at least ``least`` texts have, and the column of each."""
    numbers: dict[str, int] = {}
    seen: Counter[int] = Counter()
    rows: list[Array] = []
    for text in texts:
        row = [numbers.setdefault(name, len(numbers)) for name in features_of(text)]
        seen.update(set(row))
        rows.append(np.array(row, dtype=np.int32))
    column = np.full(len(numbers) + 1, -1, dtype=np.int32)
    kept = [number for number, count in seen.items() if count >= least]
    kept.sort()
    column[kept] = np.arange(len(kept))
    names = list(numbers)
    index = {names[number]: at for at, number in enumerate(kept)}
    return _table([column[row] for row in rows], len(index)), index


def tabled(texts: Sequence[str], *, index: dict[str, int]) -> Table:
    """The same columns for other texts."""
    rows = [
        np.array([index.get(name, -1) for name in features_of(text)], dtype=np.int32)
        for text in texts
    ]
    return _table(rows, len(index))


def _table(rows: list[Array], width: int) -> Table:
    rows = [row[row >= 0] for row in rows]
    starts = np.concatenate([[0], np.cumsum([len(row) for row in rows])])
    columns = np.concatenate(rows) if rows else np.zeros(0, dtype=np.int32)
    return Table(starts.astype(np.int64), columns.astype(np.int32), width)


def goals(lessons: Sequence[Lesson]) -> Goals:
    shares = priors([lesson.sample for lesson in lessons])
    return Goals(
        hard=np.array([lesson.sample.chances for lesson in lessons]),
        prior=np.array([shares[lesson.sample.source] for lesson in lessons]),
        soft=np.array([lesson.taught for lesson in lessons]),
        weights=np.array([(lesson.hard_weight, lesson.soft_weight) for lesson in lessons]),
    )


def fitted(
    table: Table,
    wanted: Goals,
    *,
    seeds: Sequence[int] = SEEDS,
    kept: int = KEPT,
    rate: float = RATE,
    epochs: int = EPOCHS,
) -> tuple[Array, Array]:
    """Weights and biases, the mean of several orders of the texts. Only the ``kept`` weightiest
    features have any, and those were fitted again without the others."""
    weights, _ = _mean(table, wanted, seeds=seeds[:1], rate=rate, epochs=epochs)
    counts = np.bincount(table.columns, minlength=table.width)
    weight = np.ptp(weights, axis=1) * np.sqrt(np.minimum(counts, 100))
    chosen = np.zeros(table.width, dtype=bool)
    chosen[np.argsort(-weight, kind="stable")[:kept]] = True
    return _mean(_only(table, chosen), wanted, seeds=seeds, rate=rate, epochs=epochs)


def _mean(
    table: Table, wanted: Goals, *, seeds: Sequence[int], rate: float, epochs: int
) -> tuple[Array, Array]:
    runs = [
        fit(table, wanted, epochs=epochs, rate=rate, l1=0.0, l2=0.0, seed=seed) for seed in seeds
    ]
    return np.mean([run[0] for run in runs], axis=0), np.mean([run[1] for run in runs], axis=0)


def _only(table: Table, chosen: Array) -> Table:
    keep = chosen[table.columns]
    before = np.concatenate([[0], np.cumsum(keep)])
    return replace(table, starts=before[table.starts], columns=table.columns[keep])


def as_model(
    weights: Array, bias: Array, *, index: dict[str, int], temperature: float, version: str
) -> Model:
    """Margins over neutral as signed bytes; the largest of them is 127."""
    margins = (weights - weights[:, 1:2])[:, (0, 2)]
    step = float(np.abs(margins).max()) / _MOST
    whole = np.rint(margins / step).astype(int)
    return Model(
        version=version,
        step=step / temperature,
        bias=packed(*[round(float(bias[k] - bias[1]) / step) for k in (0, 2)]),
        weights={
            name: packed(int(whole[at, 0]), int(whole[at, 1]))
            for name, at in index.items()
            if whole[at].any()
        },
    )
