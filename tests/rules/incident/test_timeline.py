"""The hash chain bites: whatever is changed, moved or left out is seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from rules.incident import GENESIS, Entry, chain, verify
from tests.builders import NOON


def entries(count: int = 4) -> list[Entry]:
    made: list[Entry] = []
    previous = GENESIS
    for seq in range(1, count + 1):
        facts: dict[str, Any] = {
            "seq": seq,
            "at": NOON + timedelta(minutes=seq),
            "kind": "note",
            "actor": "ines",
            "text": f"line {seq} – ünï",
            "data": {"b": seq, "a": None},
        }
        made.append(Entry(**facts, previous_hash=previous, hash=chain(previous, **facts)))
        previous = made[-1].hash
    return made


def test_an_untouched_timeline_fits() -> None:
    assert verify(entries()) is None
    assert verify([]) is None


@pytest.mark.parametrize(
    "change",
    [
        {"text": "another"},
        {"actor": "eve"},
        {"kind": "resolved"},
        {"at": NOON},
        {"data": {}},
        {"seq": 7},
        {"hash": GENESIS},
        {"previous_hash": "f" * 64},
    ],
)
def test_a_changed_entry_is_found(change: dict[str, Any]) -> None:
    told = entries()
    told[2] = replace(told[2], **change)
    assert verify(told) == 3


def test_a_missing_or_moved_entry_is_found() -> None:
    told = entries()
    assert verify(told[1:]) == 1
    assert verify([told[0], *told[2:]]) == 2
    assert verify([told[1], told[0], *told[2:]]) == 1
