"""A series of counts with labelled windows, from a folder of CSV files."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Labelled:
    """``windows``: first and last row of each. ``labels``: the instants behind them."""

    name: str
    times: list[datetime]
    seconds: NDArray[np.float64]
    values: NDArray[np.float64]
    windows: list[tuple[datetime, datetime]]
    labels: list[datetime]

    def counting(self, values: NDArray[np.float64]) -> Labelled:
        """The same with other counts."""
        return Labelled(self.name, self.times, self.seconds, values, self.windows, self.labels)

    def without_first(self, rows: int) -> Labelled:
        """As if listening had begun later; windows that it begins in are left out."""
        first = self.times[rows]
        return Labelled(
            self.name,
            self.times[rows:],
            self.seconds[rows:],
            self.values[rows:],
            [window for window in self.windows if window[0] >= first],
            [label for label in self.labels if label >= first],
        )


def read_folder(folder: Path) -> list[Labelled]:
    """Every series that ``windows.json`` names, by name."""
    windows = json.loads((folder / "windows.json").read_text("utf-8"))
    told = folder / "labels.json"
    labels = json.loads(told.read_text("utf-8")) if told.exists() else {}
    return [_read(folder, name, windows, labels) for name in sorted(windows)]


def _read(
    folder: Path, name: str, windows: Mapping[str, Any], labels: Mapping[str, Any]
) -> Labelled:
    with (folder / name).open(newline="", encoding="utf-8") as file:
        rows = [(datetime.fromisoformat(row["timestamp"]), row) for row in csv.DictReader(file)]
    times = [when for when, _ in rows]
    return Labelled(
        name,
        times,
        np.array([when.replace(tzinfo=UTC).timestamp() for when in times]),
        np.array([float(row["value"]) for _, row in rows]),
        [(datetime.fromisoformat(a), datetime.fromisoformat(b)) for a, b in windows[name]],
        [datetime.fromisoformat(label) for label in labels.get(name, [])],
    )
