"""How good models in a folder are on the sets that they were not learned from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from rules.score.deep.transformer import Transformer
from rules.score.judgement import DOUBT
from rules.score.linear.model import loaded
from rules.score.linear.scorer import Scorer
from rules.score.training.quality import Bin, Quality, quality, reliability
from rules.score.training.samples import Sample
from rules.score.weights import Card, read_card
from service.training.course import chances, linear_logits, three
from service.training.sets import LANGUAGES, SETS, read_language, read_set

Array = np.ndarray[Any, Any]

_NEUTRAL, _POSITIVE = 1, 2
STAGES: Final = ("linear", "cascade", "transformer")


@dataclass(frozen=True, slots=True)
class Row:
    """One stage on one set; ``asked`` is the share of texts the transformer saw."""

    name: str
    stage: str
    asked: float
    figures: Quality
    bins: tuple[Bin, ...] = ()


def measure(data: Path, models: Path, *, told: Callable[[str], None]) -> list[Row]:
    """Every set that is not learned from, with every stage. Raises DataMissing."""
    card = read_card((models / "card.json").read_bytes())
    english = Scorer(loaded((models / "english.bin").read_bytes()))
    many = Scorer(loaded((models / "many.bin").read_bytes()))
    transformer = Transformer(
        weights=(models / "transformer.onnx").read_bytes(),
        tokenizer=(models / "tokenizer.json").read_bytes(),
    )
    rows: list[Row] = []
    for terms in SETS:
        if not terms.learned:
            told(f"measuring on {terms.file}")
            samples = read_set(data, terms.file)
            rows += _english(terms.file, samples, english, transformer, card)
    for code in LANGUAGES:
        samples = read_language(data, code, part="val")
        labels = np.array([sample.label for sample in samples])
        seen = chances(np.array([linear_logits(many, sample.text) for sample in samples]))
        rows.append(Row(f"umsab {code}", "linear", 0.0, quality(seen, labels)))
    return rows


def _english(
    name: str, samples: Sequence[Sample], scorer: Scorer, transformer: Transformer, card: Card
) -> list[Row]:
    labels = np.array([sample.label for sample in samples])
    linear = np.array([linear_logits(scorer, sample.text) for sample in samples])
    deep = three(transformer.margins([(sample.text, "") for sample in samples]))
    blend = card.blend
    both = (deep + blend.share * linear) / blend.temperature
    first = chances(linear)
    limits = np.where(first.argmax(axis=1) == _POSITIVE, blend.praise_below, blend.below)
    unsure = first.max(axis=1) < limits
    nobody = np.zeros(len(samples), dtype=bool)
    views = {
        "linear": (linear, nobody),
        "cascade": (np.where(unsure[:, None], both, linear), unsure),
        "transformer": (both, ~nobody),
    }
    return [
        _row(name, stage, chances(logits), asked, labels)
        for stage, (logits, asked) in views.items()
    ]


def _row(name: str, stage: str, seen: Array, asked: Array, labels: Array) -> Row:
    told = seen.argmax(axis=1)
    told[asked & (told == _POSITIVE) & (seen[:, 0] > DOUBT)] = _NEUTRAL
    figures = quality(seen, labels, told=told)
    return Row(name, stage, float(asked.mean()), figures, tuple(reliability(seen, labels)))
