"""The folder's own score.py, and the figures it gives."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from spikes.labelled import Labelled


@dataclass(frozen=True)
class Figures:
    """What the scorer says of a set of series. Rates are per series and week, delays hours."""

    standard: float
    few_false: float
    few_missed: float
    hit: int
    windows: int
    false_per_week: float
    from_start: float | None
    from_label: float | None

    @property
    def aim(self) -> float:
        """What settings are chosen by: the mean of the standard and the few-false-alarms score."""
        return (self.standard + self.few_false) / 2

    def __str__(self) -> str:
        return (
            f"{self.standard:5.1f} / {self.few_false:5.1f} / {self.few_missed:5.1f}  "
            f"{self.hit:3} of {self.windows:3}  {self.false_per_week:.2f}"
        )


def load_scorer(path: Path) -> Any:
    """The scorer's own code as a module."""
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Scored:
    """A series made ready for the scorer once, to be scored with many sets of alarms."""

    def __init__(self, scorer: Any, series: Labelled) -> None:
        self.series = series
        empty = [0.0] * len(series.times)
        self.made = scorer.Series(series.name, series.times, series.windows, series.labels, empty)

    def given(self, alarms: NDArray[np.bool_]) -> Any:
        self.made.scores = alarms.astype(float).tolist()
        return self.made


def figures(scorer: Any, given: Sequence[Any]) -> Figures:
    told = scorer.evaluate(list(given))
    return Figures(
        told["nab"]["standard"],
        told["nab"]["reward_low_FP"],
        told["nab"]["reward_low_FN"],
        told["windows_hit"],
        told["windows"],
        told["false_alarms_per_series_week"],
        told["median_delay_h_from_window_start"],
        told["median_delay_h_from_label"],
    )
