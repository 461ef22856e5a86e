"""The incidents of two backtests, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from rules.backtest.compare import NEAR

Incident = Mapping[str, Any]


def compare_alerts(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[dict[str, Any]]:
    """``old`` and ``new``: reports of the same brands. By brand, those in which something differs:
    what appeared, vanished, and happens under both, but otherwise."""
    before = {brand["brand"]: brand["incidents"] for brand in old["brands"]}
    after = {brand["brand"]: brand["incidents"] for brand in new["brands"]}
    told = []
    for slug in sorted(before.keys() | after.keys()):
        one = _brand(slug, before.get(slug, ()), after.get(slug, ()))
        if one["appeared"] or one["vanished"] or one["changed"]:
            told.append(one)
    return told


def _brand(slug: str, old: Sequence[Incident], new: Sequence[Incident]) -> dict[str, Any]:
    left = list(old)
    appeared: list[Incident] = []
    changed: list[dict[str, Incident]] = []
    for one in new:
        near = [other for other in left if _same(one, other)]
        if not near:
            appeared.append(one)
            continue
        best = min(near, key=lambda other: abs(_opened(other) - _opened(one)))
        left.remove(best)
        if best != one:
            changed.append({"old": best, "new": one})
    return {"brand": slug, "appeared": appeared, "vanished": left, "changed": changed}


def _same(one: Incident, other: Incident) -> bool:
    """Those of one query that overlap, or lie near each other."""
    if one["query"] != other["query"]:
        return False
    return _opened(one) <= _until(other) + NEAR and _opened(other) <= _until(one) + NEAR


def _opened(one: Incident) -> datetime:
    return datetime.fromisoformat(one["opened_at"])


def _until(one: Incident) -> datetime:
    ends = [one["spike_ended_at"], one["resolved_at"], one["alerts"][-1]["at"]]
    return max(datetime.fromisoformat(at) for at in ends if at is not None)
