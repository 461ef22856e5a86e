"""Two rule sets side by side over the same history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from rules.backtest.happened import Happened

NEAR = timedelta(hours=1)
"""Incidents of one query that open within this of each other are the same one."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """``both``: (ours, theirs) pairs; ``only_new`` and ``only_old`` have no counterpart."""

    both: tuple[tuple[Happened, Happened], ...]
    only_new: tuple[Happened, ...]
    only_old: tuple[Happened, ...]

    @property
    def changed(self) -> bool:
        """Whether anything at all would have been different."""
        return bool(self.only_new or self.only_old) or any(
            new.to_json() != old.to_json() for new, old in self.both
        )

    def to_json(self) -> dict[str, Any]:
        return {
            "changed": self.changed,
            "both": [{"new": new.to_json(), "old": old.to_json()} for new, old in self.both],
            "only_new": [one.to_json() for one in self.only_new],
            "only_old": [one.to_json() for one in self.only_old],
        }


def compare(new: Sequence[Happened], *, old: Sequence[Happened]) -> Comparison:
    """Pairs what is the same incident under both; of several candidates the nearest in time."""
    left = list(old)
    both: list[tuple[Happened, Happened]] = []
    only_new: list[Happened] = []
    for one in sorted(new, key=lambda each: (each.opened_at, each.query_id)):
        near = [other for other in left if _same(one, other)]
        if not near:
            only_new.append(one)
            continue
        best = min(near, key=lambda other: abs(other.opened_at - one.opened_at))
        left.remove(best)
        both.append((one, best))
    return Comparison(tuple(both), tuple(only_new), tuple(left))


def _same(one: Happened, other: Happened) -> bool:
    if one.query_id != other.query_id:
        return False
    return one.opened_at <= other.until + NEAR and other.opened_at <= one.until + NEAR
