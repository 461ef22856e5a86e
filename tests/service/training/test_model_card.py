"""The model card names every set, its terms and its figures."""

from __future__ import annotations

from pathlib import Path

from rules.score.training.quality import Bin, Quality
from service.training.measure import Row
from service.training.model_card import write_card
from service.training.sets import SETS

FIGURES = Quality(10, 0.701, 0.65, 0.5, 0.75, 0.2, 0.64, 0.04)


def test_the_card_names_every_set_and_figure(tmp_path: Path) -> None:
    rows = [Row("airline_visible", "linear", 0.4, FIGURES, (Bin(10, 0.8, 0.79),))]
    table = write_card(rows, tmp_path)
    card = (tmp_path / "model-card.md").read_text("utf-8")
    for each in SETS:
        assert f"`{each.file}`" in card
        assert each.terms in card
    assert "| airline_visible (10) | linear | 40% | 70.1 | 65.0 |" in table[-1]
    assert table[-1] in card
    assert "| linear | 10 | 80 | 79 |" in card
