"""How good each stage is on the labelled sets that nothing was learned from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from rules.score.explanation import Label
from rules.score.judge import Asked, Depth, judge_many
from rules.score.judgement import LABELS, Judgement, Stage
from rules.score.target.places import places_of
from rules.score.training.quality import quality, reliability
from rules.score.training.samples import Sample
from rules.score.vader import sound
from rules.score.word_list import THRESHOLD
from service.training.measure import Row
from service.training.sets import LANGUAGES, SETS, read_language, read_set

Array = np.ndarray[Any, Any]

VADER: Final = "vader"
DEPTHS: Final = {"linear": Depth.LINEAR, "auto": Depth.AUTO, "deep": Depth.DEEP}
TARGETED: Final = ("airline_visible", "dong_train")
EXPLAINED: Final = 1_000


def english(data: Path, *, told: Callable[[str], None]) -> list[Row]:
    """Every English set with every stage; those with targets also towards them."""
    rows: list[Row] = []
    for terms in SETS:
        if terms.learned:
            continue
        samples = read_set(data, terms.file)
        for aimed in (False, True)[: 1 + (terms.file in TARGETED)]:
            name = terms.file + ", towards the target" * aimed
            told(f"judging {name}")
            rows += [_by_vader(name, samples)] * (not aimed)
            rows += [_by(stage, name, samples, aimed=aimed) for stage in DEPTHS]
    return rows


def _by_vader(name: str, samples: Sequence[Sample]) -> Row:
    compounds = [sound(sample.text)[0] for sample in samples]
    # Ranked by how negative they are; the label is that of VADER's thresholds.
    chances = np.array(
        [
            (1 - value + 10 * (value <= -THRESHOLD), 5 * (abs(value) < THRESHOLD), 5 * (value > 0))
            for value in compounds
        ]
    )
    return Row(name, VADER, 0.0, quality(chances, _labels(samples)))


def _by(stage: str, name: str, samples: Sequence[Sample], *, aimed: bool) -> Row:
    asked = [Asked(each.text, target=_written(each) if aimed else "") for each in samples]
    found = judge_many(asked, depth=DEPTHS[stage])
    chances, labels = _chances(found), _labels(samples)
    deep = sum([one.stage is Stage.DEEP for one in found]) / len(found)
    figures = quality(chances, labels, told=_told(found))
    return Row(name, stage, deep, figures, tuple(reliability(chances, labels)))


def _written(sample: Sample) -> str:
    """The target as the text has it."""
    places = places_of(sample.target, sample.text)
    return sample.text[slice(*places[0])] if places else sample.target


def _labels(samples: Sequence[Sample]) -> Array:
    return np.array([sample.label for sample in samples])


def _chances(found: Sequence[Judgement]) -> Array:
    """Unknown is counted as neutral: so nothing is won by saying it."""
    return np.array(
        [(0.0, 1.0, 0.0) if one.label is Label.UNKNOWN else one.chances for one in found]
    )


def _told(found: Sequence[Judgement]) -> Array:
    return np.array([LABELS.index(one.label) if one.label in LABELS else 1 for one in found])


def languages(data: Path) -> list[str]:
    """Macro-F1 where the language is told, and where it has to be found out."""
    out = [
        "| language | macro-F1, told | found out | said unknown | VADER |",
        "|---|---|---|---|---|",
    ]
    sums = np.zeros(4)
    for code in LANGUAGES:
        samples = read_language(data, code, part="val")
        told = judge_many([Asked(sample.text, told=code) for sample in samples])
        found = judge_many([Asked(sample.text) for sample in samples])
        labels = _labels(samples)
        figures = np.array(
            [
                quality(_chances(told), labels, told=_told(told)).macro_f1,
                quality(_chances(found), labels, told=_told(found)).macro_f1,
                sum([one.label is Label.UNKNOWN for one in found]) / len(found),
                _by_vader(code, samples).figures.macro_f1,
            ]
        )
        sums += figures
        out.append(f"| {code} | " + " | ".join(f"{100 * each:.1f}" for each in figures) + " |")
    mean = " | ".join(f"{100 * each:.1f}" for each in sums / len(LANGUAGES))
    return [*out, f"| mean | {mean} |"]


@dataclass(frozen=True, slots=True)
class Explained:
    """``error``: the largest difference between a value and the sum of its parts. ``lowered``: of
    the texts that are told negative or positive, where the value moves towards the other side once
    the word that speaks for it most is taken out."""

    count: int
    error: float
    lowered: float


def explained(samples: Sequence[Sample], *, depth: Depth) -> Explained:
    chosen = samples[:: max(1, len(samples) // EXPLAINED)]
    found = judge_many([Asked(sample.text) for sample in chosen], depth=depth, explain=True)
    error = max(abs(one.value - sum([part.contribution for part in one.parts])) for one in found)
    cut: list[tuple[float, float, Asked]] = []
    for sample, one in zip(chosen, found, strict=True):
        side = {Label.NEGATIVE: -1.0, Label.POSITIVE: 1.0}.get(one.label, 0.0)
        words = [(side * part.contribution, part.span) for part in one.parts if part.span]
        if side and words:
            _, (_, start, end) = max(words)
            rest = sample.text[:start] + sample.text[end:]
            cut.append((side, side * one.value, Asked(rest)))
    after = judge_many([rest for _, _, rest in cut], depth=depth)
    lower = [side * new.value < old for (side, old, _), new in zip(cut, after, strict=True)]
    return Explained(len(cut), error, sum(lower) / max(1, len(lower)))
