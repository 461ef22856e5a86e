"""NEAR between two groups of words and phrases: kernels."""

from __future__ import annotations

import numpy as np

from rules.query.percolator.kernels.hits import jit
from rules.query.percolator.kernels.places import gather
from rules.query.percolator.layout import EMPTY, PLACES, Counts

_DOUBT = Counts.DOUBT
_BEGIN = np.int64(0)
_PLACES = np.int64(PLACES)
_PAIRS = 1 << 14
"""More pairs than these in one field are left to rules/query, which takes them in order."""


@jit
def near(lists, at, fields, words, space):
    """Whether the two sides meet in one of the fields; notes a doubt if there are too many."""
    field = np.int64(1)
    while field <= 4:
        if fields & field and sides_meet(lists, at, field, words, space, False) > 0:
            return True
        field *= 2
    return False


@jit
def sides_meet(lists, at, field, words, space, every):
    """The number of places that have a partner (or just 1), marked as used.

    The left places stand at the beginning of the room for places, the right ones behind PLACES.
    """
    distance, ordered = np.int64(lists[at]), np.int64(lists[at + 1])
    lefts, rights = np.int64(lists[at + 2]), np.int64(lists[at + 3])
    left_end = gather(lists, at + 4, lefts, field, words, space, _BEGIN, _PLACES)
    if left_end == 0:
        return 0
    right_end = EMPTY
    if left_end != EMPTY:
        behind = at + 4 + 4 * lefts
        right_end = gather(lists, behind, rights, field, words, space, _PLACES, 2 * _PLACES)
    if right_end == EMPTY or left_end * (right_end - PLACES) > _PAIRS:
        words.counts[_DOUBT] = 1
        return 1
    space.last[1] = left_end
    space.last[2] = right_end
    used = np.int64(0)
    for one in range(left_end):
        for other in range(PLACES, right_end):
            gap = space.place_first[other] - space.place_last[one]
            if gap < 1 and not ordered:
                gap = space.place_first[one] - space.place_last[other]
            if 1 <= gap <= distance + 1:
                space.place_used[one] = 1
                space.place_used[other] = 1
                used += 1
                if not every:
                    return used
    return used
