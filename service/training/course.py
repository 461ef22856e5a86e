"""The whole course, from the folder of sets to the folder of models."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any, Final

import numpy as np

from rules.score.deep.transformer import Transformer
from rules.score.linear.model import dumped
from rules.score.linear.scorer import Scorer
from rules.score.training.dice import Dice
from rules.score.training.distil import Lesson, as_model, fitted, goals, indexed, tabled
from rules.score.training.fitting import Table, margins
from rules.score.training.own import patterns, written
from rules.score.training.quality import temperature
from rules.score.training.samples import Sample, halves
from rules.score.vader import lexicon, tone
from service.training.sets import LANGUAGES, read_language, read_set
from service.training.transform import make_transformer

Array = np.ndarray[Any, Any]
Told = Callable[[str], None]

VERSION: Final = "polarity-2"
SEED: Final = 1
OWN_EACH: Final = 40
SHARE: Final = 0.5
"""Of the linear model's margins beside the transformer's."""
ASKED: Final = 0.37
"""The share of validation texts that the transformer is asked about; some praise comes on top."""
PRAISE_BELOW: Final = 0.75
"""Praise that the linear model is less sure of is asked about too: it may be irony."""
HARD, SOFT = 0.3, 1.0
"""What a label and what the teacher's view of the same text weigh for the linear model."""
ENGLISH_AMONG_MANY: Final = 0.3
WEAK: Final = ("hi", "ar")


@dataclass(frozen=True, slots=True)
class Files:
    """What is written into the folder of models."""

    out: Path

    def write(self, name: str, data: bytes) -> None:
        self.out.mkdir(parents=True, exist_ok=True)
        (self.out / name).write_bytes(data)

    def read(self, name: str) -> bytes:
        return (self.out / name).read_bytes()


def train(data: Path, out: Path, *, base: Path, keep_transformer: bool, told: Told) -> None:
    """Learn all models from the sets in ``data`` and write them to ``out``.

    ``base``: the folder of the base weights. ``keep_transformer``: take the transformer that is in
    ``out`` already, which spares most of the time. Raises DataMissing.
    """
    files = Files(out)
    samples = [
        sample
        for name in ("semeval_train", "semeval_ce_train", "goemotions_train")
        for sample in read_set(data, name)
    ]
    samples += own_texts()
    if not keep_transformer:
        make_transformer(samples, base=base, write=files.write, told=told)
    transformer = Transformer(
        weights=files.read("transformer.onnx"), tokenizer=files.read("tokenizer.json")
    )
    validation = read_set(data, "tweeteval_val")
    labels = np.array([sample.label for sample in validation])
    lessons = lessons_of(samples)
    told(f"counting the features of {len(lessons):,} texts")
    table, index = indexed([lesson.sample.text for lesson in lessons])
    lessons = taught(lessons, table, transformer, told=told)
    scorer = english(lessons, table, index, validation, files=files, told=told)
    many(samples, data, files=files, told=told)
    told("putting the stages together")
    linear = np.array([linear_logits(scorer, sample.text) for sample in validation])
    deep = three(transformer.margins([(sample.text, "") for sample in validation]))
    both = deep + SHARE * linear
    confidence = chances(linear).max(axis=1)
    card = {
        "version": VERSION,
        "languages": ["en", *LANGUAGES],
        "weak": list(WEAK),
        "blend": {
            "share": SHARE,
            "temperature": round(temperature(both, labels), 3),
            "below": round(float(np.quantile(confidence, ASKED)), 3),
            "praise_below": PRAISE_BELOW,
        },
    }
    files.write("card.json", (json.dumps(card, indent=1) + "\n").encode())


def own_texts() -> list[Sample]:
    """Our own texts, as many of each pattern as are learned from."""
    file = resources.files("rules.score.training").joinpath("own_texts.txt")
    return written(patterns(file.read_text(encoding="utf-8")), each=OWN_EACH, seed=SEED)


def lessons_of(samples: Sequence[Sample]) -> list[Lesson]:
    """The texts judged as a whole, once each, and halves of them that only the teacher judges."""
    whole = [sample for sample in samples if not sample.target]
    cut = halves(whole, dice=Dice(SEED))
    return [
        *[Lesson(sample, hard_weight=HARD, soft_weight=SOFT) for sample in whole],
        *[Lesson(sample, hard_weight=0.0, soft_weight=SOFT) for sample in cut],
    ]


def taught(
    lessons: Sequence[Lesson], table: Table, transformer: Transformer, *, told: Told
) -> list[Lesson]:
    """With what the teacher says: the transformer beside a linear model of the labels alone."""
    told(f"asking the transformer about {len(lessons):,} texts")
    deep = three(transformer.margins([(lesson.sample.text, "") for lesson in lessons]))
    told("fitting the linear model that the teacher leans on")
    labelled = [number for number, lesson in enumerate(lessons) if lesson.hard_weight]
    wanted = goals([Lesson(lessons[number].sample) for number in labelled])
    weights, bias = fitted(_rows(table, labelled), wanted, kept=table.width)
    views = chances(deep + SHARE * margins(table, weights, bias))
    return [
        Lesson(lesson.sample, (view[0], view[1], view[2]), lesson.hard_weight, lesson.soft_weight)
        for lesson, view in zip(lessons, views.tolist(), strict=True)
    ]


def english(
    lessons: Sequence[Lesson],
    table: Table,
    index: dict[str, int],
    validation: Sequence[Sample],
    *,
    files: Files,
    told: Told,
) -> Scorer:
    told("fitting the linear model of English")
    weights, bias = fitted(table, goals(lessons))
    seen = margins(tabled([sample.text for sample in validation], index=index), weights, bias)
    heat = temperature(seen, np.array([sample.label for sample in validation]))
    model = as_model(weights, bias, index=index, temperature=heat, version=VERSION)
    files.write("english.bin", dumped(model))
    return Scorer(model)


def many(samples: Sequence[Sample], data: Path, *, files: Files, told: Told) -> None:
    """One model for seven languages; some English beside them, for the signs that all share."""
    told("fitting the linear model of many languages")
    tweets = [sample for sample in samples if sample.source == "semeval_train"]
    english = Dice(SEED).sample(tweets, 6_000)
    foreign = [sample for code in LANGUAGES for sample in read_language(data, code, part="train")]
    lessons = [
        *[Lesson(sample, hard_weight=ENGLISH_AMONG_MANY) for sample in english],
        *[Lesson(sample) for sample in foreign],
    ]
    table, index = indexed([lesson.sample.text for lesson in lessons], least=2)
    weights, bias = fitted(table, goals(lessons), epochs=6)
    held = [sample for code in LANGUAGES for sample in read_language(data, code, part="val")]
    seen = margins(tabled([sample.text for sample in held], index=index), weights, bias)
    heat = temperature(seen, np.array([sample.label for sample in held]))
    model = as_model(weights, bias, index=index, temperature=heat, version=VERSION)
    files.write("many.bin", dumped(model))


def linear_logits(scorer: Scorer, text: str) -> tuple[float, float, float]:
    heard = tone(text, words=lexicon(), own={})
    negative, positive = scorer.margins(
        text, valences=[hit.valence for hit in heard.hits], compound=heard.compound
    )
    return (negative, 0.0, positive)


def three(pairs: Sequence[tuple[float, float]]) -> Array:
    """Margins over neutral as logits of three."""
    return np.array([(negative, 0.0, positive) for negative, positive in pairs])


def chances(logits: Array) -> Array:
    weights = np.exp(logits - logits.max(axis=1, keepdims=True))
    out: Array = weights / weights.sum(axis=1, keepdims=True)
    return out


def _rows(table: Table, numbers: Sequence[int]) -> Table:
    lengths = np.diff(table.starts)[numbers]
    columns = [table.columns[table.starts[n] : table.starts[n + 1]] for n in numbers]
    return Table(np.concatenate([[0], np.cumsum(lengths)]), np.concatenate(columns), table.width)
