"""What the detector remembers of one series: a few arrays of fixed size, JSON-able, versioned."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rules.trend.online.setting import WINDOWS

VERSION: Final = 1
"""Of the state's form. A state of another form is refused, not guessed at."""

SLOTS: Final = 60
"""The newest rows, or minutes where rows are closer together: as many as the longest window."""

HALVES: Final = 8 * 48
"""Half hours kept: seven days and what the same hour reaches beyond them."""

DAYS: Final = 14
"""Days whose highest score is kept."""

UNKNOWN: Final = -1.0
"""A count in a blind spot; counts are never negative."""

# Places in Memory.told. Times are seconds since 1970; 0 in STEP means that it isn't known yet.
FIRST: Final = 0  # time of the first row
LAST: Final = 1  # time of the newest row
STEP: Final = 2  # seconds from row to row
SHORT: Final = 3  # rows in succession that came too early for STEP
LONG: Final = 4  # rows in succession that came too late for it
PLACE: Final = 5  # of the newest row in Memory.slots
HALF: Final = 6  # number of the half hour of the newest row
BLOCK: Final = 7  # number of its six hours
BLOCK_BEST: Final = 8  # highest score in them
DAY: Final = 9  # number of its day
DAY_BEST: Final = 10  # highest score in it
RECORD: Final = 11  # highest score before these six hours, fading
OFTEN: Final = 12  # score that was reached on several of the last days
RUNNING: Final = 13  # 1 while a spike is running
LOUD: Final = 14  # time of the last row that was not calm
PEAK: Final = 15  # score with which the spike was told last, and what it filled up to
STARTED: Final = 16  # time of its first alarm
ROWS: Final = 17  # rows seen
PEAKED: Final = 18  # time at which the spike was told last
NEWEST_PEAK: Final = 19  # what the shortest window stood out by then
TOLD: Final = 20

# Columns of Memory.usual, a row for each window.
MIDDLE: Final = 0  # expected count
SPREAD: Final = 1  # 0: nothing is known
DEVIATION: Final = 2  # median absolute deviation, as a standard deviation
WIDE: Final = 3  # by how much the band is wider for want of history; 1: it is the same hour's
USUAL: Final = 4


class Memory(NamedTuple):
    """``told``: see the places above. ``slots``: newest counts. ``halves``: of each window its
    count at the end of each half hour. ``days``: highest scores. ``usual``: expected now."""

    told: NDArray[np.float64]
    slots: NDArray[np.float64]
    halves: NDArray[np.float32]
    days: NDArray[np.float64]
    usual: NDArray[np.float64]


def fresh() -> Memory:
    """Nothing seen."""
    return Memory(
        np.zeros(TOLD),
        np.full(SLOTS, UNKNOWN),
        np.full((len(WINDOWS), HALVES), UNKNOWN, dtype=np.float32),
        np.zeros(DAYS),
        np.zeros((len(WINDOWS), USUAL)),
    )


def size(memory: Memory) -> int:
    """Bytes."""
    return sum(array.nbytes for array in memory)


def to_json(memory: Memory) -> dict[str, Any]:
    return {"version": VERSION} | {
        name: array.ravel().tolist() for name, array in memory._asdict().items()
    }


def from_json(facts: Mapping[str, Any]) -> Memory:
    """Raises ValueError for a state of another version or form."""
    if facts.get("version") != VERSION:
        raise ValueError(
            f"a detector state of version {facts.get('version')!r}, not {VERSION}: start anew"
        )
    made = {}
    for name, array in fresh()._asdict().items():
        told = np.array(facts.get(name, ()), dtype=array.dtype)
        if told.size != array.size:
            raise ValueError(f"a detector state whose {name} has {told.size} of {array.size} parts")
        made[name] = told.reshape(array.shape)
    return Memory(**made)
