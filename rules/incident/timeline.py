"""The timeline's hash chain: an entry that was changed, left out or moved does not fit."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

GENESIS = "0" * 64
"""The hash before the first entry."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as stored; ``seq`` counts from 1."""

    seq: int
    at: datetime
    kind: str
    actor: str
    text: str
    data: Mapping[str, Any]
    previous_hash: str
    hash: str


def chain(
    previous_hash: str,
    *,
    seq: int,
    at: datetime,
    kind: str,
    actor: str,
    text: str,
    data: Mapping[str, Any],
) -> str:
    """SHA-256, hex, of the hash before and the entry as canonical JSON (sorted keys, UTC)."""
    told = {
        "previous": previous_hash,
        "seq": seq,
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "kind": kind,
        "actor": actor,
        "text": text,
        "data": data,
    }
    canonical = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


def verify(entries: Iterable[Entry]) -> int | None:
    """The ``seq`` expected at the first entry that does not fit; None when all do.

    Entries in order. That the newest ones are missing cannot be seen from the rest.
    """
    previous = GENESIS
    for expected, entry in enumerate(entries, start=1):
        made = chain(
            previous,
            seq=entry.seq,
            at=entry.at,
            kind=entry.kind,
            actor=entry.actor,
            text=entry.text,
            data=entry.data,
        )
        if entry.seq != expected or entry.previous_hash != previous or entry.hash != made:
            return expected
        previous = entry.hash
    return None
