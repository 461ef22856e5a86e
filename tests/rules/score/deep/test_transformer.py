"""The transformer that comes with the package."""

from __future__ import annotations

import sys

import pytest

from rules.score import weights
from rules.score.deep.transformer import NotInstalled, Transformer

TEXTS = [
    ("I love it", ""),
    ("I hate it, it broke and they laughed at me", ""),
    ("", ""),
]


def test_the_answer_does_not_hang_on_what_else_is_asked() -> None:
    model = weights.transformer()
    together = model.margins(TEXTS * 20)
    for number, text in enumerate(TEXTS):
        (alone,) = model.margins([text])
        assert together[number] == pytest.approx(alone, abs=0.35)
        assert together[number] == pytest.approx(together[number + 3 * 19], abs=0.35)


def test_love_is_good_and_hate_is_bad() -> None:
    love, hate, _ = weights.transformer().margins(TEXTS)
    assert love[1] > max(0.0, love[0])
    assert hate[0] > max(0.0, hate[1])


def test_the_target_changes_the_answer() -> None:
    text = "Zentro is great, Hooli is terrible"
    zentro, hooli = weights.transformer().margins([(text, "Zentro"), (text, "Hooli")])
    assert zentro[1] - zentro[0] > hooli[1] - hooli[0]


def test_nothing_asked_is_nothing_answered() -> None:
    assert weights.transformer().margins([]) == []


def test_without_the_extra_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(NotInstalled, match=r"groundswell\[deep\]"):
        Transformer(weights=b"", tokenizer=b"")
