"""From texts to a model that can be written and used."""

from __future__ import annotations

import numpy as np
import pytest

from rules.score.linear.model import dumped, loaded
from rules.score.linear.scorer import Scorer
from rules.score.training.distil import (
    Lesson,
    as_model,
    features_of,
    fitted,
    goals,
    indexed,
    tabled,
)
from rules.score.training.fitting import margins
from rules.score.training.samples import labelled
from rules.score.vader import lexicon, tone

TEXTS = [
    *[labelled(f"the parcel arrived broken and late {n}", -1, source="s") for n in range(12)],
    *[labelled(f"the shop opens at nine today {n}", 0, source="s") for n in range(12)],
    *[labelled(f"so happy with the new phone {n}", 1, source="s") for n in range(12)],
]


def model_of(lessons: list[Lesson], *, kept: int = 400) -> tuple[Scorer, dict[str, int]]:
    table, index = indexed([lesson.sample.text for lesson in lessons])
    weights, bias = fitted(table, goals(lessons), kept=kept, seeds=(1,), rate=0.1)
    model = as_model(weights, bias, index=index, temperature=1.0, version="v")
    return Scorer(loaded(dumped(model))), index


def test_labels_are_learned() -> None:
    scorer, _ = model_of([Lesson(sample) for sample in TEXTS])
    bad = scorer.margins("my parcel arrived broken", valences=(), compound=0.0)
    good = scorer.margins("happy with the phone", valences=(), compound=0.0)
    assert bad[0] > bad[1]
    assert good[1] > good[0]


def test_a_teacher_is_believed_where_labels_are_left_out() -> None:
    lessons = [
        Lesson(sample, taught=(0.98, 0.01, 0.01), hard_weight=0.0, soft_weight=1.0)
        for sample in TEXTS
    ]
    scorer, _ = model_of(lessons)
    seen = scorer.margins("so happy with the new phone", valences=(), compound=0.0)
    assert seen[0] > max(0.0, seen[1])


def test_no_more_features_are_kept_than_asked_for() -> None:
    scorer, index = model_of([Lesson(sample) for sample in TEXTS], kept=25)
    assert len(index) > 25
    assert 0 < len(scorer.model.weights) <= 25


def test_rare_features_have_no_column_and_unknown_ones_are_left_out() -> None:
    table, index = indexed(["good", "good", "rare"], least=2)
    assert "good" in index
    assert "rare" not in index
    other = tabled(["good unheard", ""], index=index)
    assert other.width == table.width
    assert 0 < other.starts[1] < len(features_of("good unheard"))


def test_bytes_say_what_the_numbers_said() -> None:
    table, index = indexed([sample.text for sample in TEXTS])
    weights, bias = fitted(table, goals([Lesson(s) for s in TEXTS]), seeds=(1,), rate=0.1)
    scorer = Scorer(as_model(weights, bias, index=index, temperature=1.0, version="v"))
    exact = margins(table, weights, bias)
    for row, sample in enumerate(TEXTS):
        heard = tone(sample.text, words=lexicon(), own={})
        valences = [hit.valence for hit in heard.hits]
        seen = scorer.margins(sample.text, valences=valences, compound=heard.compound)
        wanted = exact[row, (0, 2)] - exact[row, 1]
        assert np.array(seen) == pytest.approx(wanted, abs=0.5)
