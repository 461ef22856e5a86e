"""The newest rows: how far apart they come, and what any of the windows counts. Compiled."""

from __future__ import annotations

from rules.trend.online import memory as of
from rules.trend.online.compiled import compiled
from rules.trend.online.memory import Memory

SHORTEST = 60.0
"""Seconds. Rows that come closer together are added up."""

USED_TO = 12
"""Rows in succession after which a longer distance is the usual one and not a row of gaps."""

HURRIED = 3
"""The same for a shorter distance."""


@compiled
def advance(memory: Memory, when: float, value: float) -> None:
    """One more row into the slots; slots that no row came for are unknown, not zero."""
    told, slots = memory.told, memory.slots
    steps = _steps(memory, when) if told[of.ROWS] > 0 else 1
    place = int(told[of.PLACE])
    for _ in range(min(steps, of.SLOTS)):
        place = (place + 1) % of.SLOTS
        slots[place] = of.UNKNOWN
    slots[place] = max(slots[place], 0.0) + value
    told[of.PLACE] = place


@compiled
def _steps(memory: Memory, when: float) -> int:
    """How many slots on from the last row; learns the distance that rows usually have."""
    told = memory.told
    passed = when - told[of.LAST]
    if told[of.STEP] == 0:
        told[of.STEP] = max(SHORTEST, passed) if passed > 0 else 0.0
        return 1 if passed > 0 else 0
    step = told[of.STEP]
    if step <= SHORTEST:
        # Rows may come closer together than slots: each belongs to its minute.
        steps = int(when // SHORTEST) - int(told[of.LAST] // SHORTEST)
    else:
        steps = int(passed / step + 0.5)
    told[of.SHORT] = told[of.SHORT] + 1 if 0 < passed < 0.75 * step and step > SHORTEST else 0
    told[of.LONG] = told[of.LONG] + 1 if passed > 1.5 * step else 0
    if told[of.SHORT] >= HURRIED or told[of.LONG] >= USED_TO:
        told[of.STEP] = max(SHORTEST, passed)
        told[of.SHORT] = told[of.LONG] = 0
        for place in range(of.SLOTS):
            memory.slots[place] = of.UNKNOWN
        return 1
    return steps


@compiled
def rows_in(memory: Memory, minutes: int) -> int:
    """How many slots a window has; never none, so that a row of a day is a window of a day."""
    step = memory.told[of.STEP]
    return min(of.SLOTS, max(1, int(minutes * 60.0 / step + 0.5))) if step > 0 else 1


@compiled
def counted(memory: Memory, minutes: int) -> tuple[float, float]:
    """The sum of a window that ends with the newest row, and what part of it is known."""
    rows = rows_in(memory, minutes)
    place = int(memory.told[of.PLACE])
    total, known = 0.0, 0
    for back in range(rows):
        count = memory.slots[(place - back) % of.SLOTS]
        if count != of.UNKNOWN:
            total += count
            known += 1
    return total, known / rows
