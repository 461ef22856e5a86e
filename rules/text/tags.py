"""The body of a hashtag, handle or ticker, cut into words."""

from __future__ import annotations

import itertools
from functools import lru_cache
from typing import NamedTuple

from rules.text.folding import fold
from rules.text.humps import humps
from rules.text.pieces import PARTS_OF_TAG

_CACHED_LENGTH = 60


class Tag(NamedTuple):
    """``words``: folded, with where each begins and ends in the body. ``joined``: runs of letters
    that are several words: folded whole, with the numbers of their first and last word. ``whole``:
    all of it, folded.
    """

    words: tuple[tuple[str, int, int], ...]
    joined: tuple[tuple[str, int, int], ...]
    whole: str


def cut_tag(body: str) -> Tag:
    """A tag without its sigil. What stands around it makes no difference."""
    return _cut(body) if len(body) <= _CACHED_LENGTH else _cut.__wrapped__(body)


@lru_cache(maxsize=10_000)
def _cut(body: str) -> Tag:
    words: list[tuple[str, int, int]] = []
    joined: list[tuple[str, int, int]] = []
    for part in PARTS_OF_TAG.finditer(body):
        run, start = part[0], part.start()
        first = len(words)
        for begin, end in itertools.pairwise((0, *humps(run), len(run))):
            word = fold(run[begin:end])
            if word:
                words.append((word, start + begin, start + end))
        last = len(words) - 1
        if last > first:
            joined.append((fold(run), first, last))
    return Tag(tuple(words), tuple(joined), fold(body))
