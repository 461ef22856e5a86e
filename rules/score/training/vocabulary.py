"""The tokenizer with fewer words: half of a small model is the table of words it never meets."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Final

RANK: Final = 10_000
"""BERT's list is roughly by frequency: so many of the first words are kept whatever we saw."""

SEEN: Final = 5
"""And every other that was seen so often in what is learned from."""


def trimmed(tokenizer: dict[str, Any], seen: Counter[int]) -> tuple[dict[str, Any], list[int]]:
    """A smaller tokenizer.json, and the old number of each of its words in order.

    All special words, and all single characters of ASCII or seen ones, stay: any word can still
    be put together. What else is dropped is cut into pieces that are kept.
    """
    vocabulary: dict[str, int] = tokenizer["model"]["vocab"]
    special = {added["content"] for added in tokenizer["added_tokens"]}
    kept = [
        (number, word)
        for word, number in vocabulary.items()
        if word in special or _needed(word, number, seen[number])
    ]
    kept.sort()
    new = {word: at for at, (_, word) in enumerate(kept)}
    out = json.loads(json.dumps(tokenizer))
    out["model"]["vocab"] = new
    for added in out["added_tokens"]:
        added["id"] = new[added["content"]]
    for word in (out["post_processor"] or {}).get("special_tokens", {}).values():
        word["ids"] = [new[token] for token in word["tokens"]]
    out["truncation"] = None
    out["padding"] = None
    return out, [number for number, _ in kept]


def _needed(word: str, number: int, count: int) -> bool:
    if word.startswith("[unused"):
        return False
    single = len(word.removeprefix("##")) == 1
    if not word.isascii():
        return count >= SEEN
    return single or number < RANK or count >= SEEN


def counted(encoded: Iterable[Sequence[int]]) -> Counter[int]:
    out: Counter[int] = Counter()
    for ids in encoded:
        out.update(ids)
    return out
