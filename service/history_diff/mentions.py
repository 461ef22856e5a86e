"""Two ways to judge the same posts, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from rules.mention import Mention
from service.history_diff.arm import Tones

SHOWN: Final = 50
"""Mentions shown of each kind and query; the rest are counted."""

LONGEST: Final = 200
"""Characters shown of a text."""


def differences(
    posts: Sequence[Mention], old: Sequence[Tones], new: Sequence[Tones]
) -> list[dict[str, Any]]:
    """By query, those in which something differs: what entered, left and flipped, in the order of
    the posts. Keys and order are stable."""
    by_query: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for mention, before, after in zip(posts, old, new, strict=True):
        if before == after:
            continue
        for query in sorted(before.keys() | after.keys()):
            was, now = before.get(query), after.get(query)
            if was == now:
                continue
            kinds = by_query.setdefault(query, {"entered": [], "left": [], "flipped": []})
            kind = "entered" if was is None else "left" if now is None else "flipped"
            kinds[kind].append({**_shown(mention), "from": was, "to": now})
    return [_query(query, by_query[query]) for query in sorted(by_query)]


def _query(query: str, kinds: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    flips: dict[str, int] = {}
    for one in kinds["flipped"]:
        name = f"{one['from']} → {one['to']}"
        flips[name] = flips.get(name, 0) + 1
    return {
        "query": query,
        "counts": {kind: len(found) for kind, found in kinds.items()},
        "flips": dict(sorted(flips.items(), key=lambda each: (-each[1], each[0]))),
        **{kind: found[:SHOWN] for kind, found in kinds.items()},
    }


def _shown(mention: Mention) -> dict[str, Any]:
    return {
        "at": mention.effective_at.isoformat().replace("+00:00", "Z"),
        "platform": mention.platform,
        "url": mention.url,
        "text": " ".join(f"{mention.title or ''} {mention.text}".split())[:LONGEST],
    }
