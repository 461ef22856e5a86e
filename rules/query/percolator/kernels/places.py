"""Where the leaves of a query stand in the mention at hand, one place after the other: kernels.

A place is known by the hit it begins with; the last word of a phrase is left in ``space.last``.
"""

from __future__ import annotations

import numpy as np

from rules.query.percolator.kernels.hits import is_there, jit
from rules.query.percolator.layout import (
    ATOM_ROW,
    EMPTY,
    FIELDS,
    FIRST,
    FIRST_CHARACTER,
    PHRASE,
    TEXT,
    TITLE,
    Counts,
)

_WORDS = Counts.WORDS
_FIRST = np.int64(EMPTY)


@jit
def field_of(words, word):
    """The field of a word, as a bit."""
    if word < words.bounds[1]:
        return 1
    return 2 if word < words.bounds[2] else 4


@jit
def first_hit(words, atom, fields):
    rows, row = words.rows, ATOM_ROW * atom
    if not is_there(words, atom) or rows[row + FIELDS] & fields == 0:
        return EMPTY
    return in_fields(words, np.int64(rows[row + FIRST]), fields)


@jit
def in_fields(words, at, fields):
    """This hit, or the next one of its atom that stands in one of the fields."""
    while at != EMPTY and field_of(words, np.int64(words.hit_first[at])) & fields == 0:
        at = np.int64(words.hit_next[at])
    return at


@jit
def next_phrase(lists, at, fields, words, after, space):
    """The hit of its first word with which the next occurrence of a phrase begins."""
    count = np.int64(lists[at])
    if after == EMPTY:
        for k in range(count):
            atom = np.int64(lists[at + 1 + k])
            if not is_there(words, atom):
                return EMPTY
        here = first_hit(words, np.int64(lists[at + 1]), fields)
    else:
        here = in_fields(words, np.int64(words.hit_next[after]), fields)
    while here != EMPTY:
        last = np.int64(words.hit_last[here])
        k = 1
        while k < count:
            last = follows(words, np.int64(lists[at + 1 + k]), last + 1)
            if last == EMPTY:
                break
            k += 1
        if k == count:
            space.last[0] = last
            return here
        here = in_fields(words, np.int64(words.hit_next[here]), fields)
    return EMPTY


@jit
def follows(words, atom, word):
    """The last word of an atom that begins at this word, or EMPTY."""
    if word >= words.counts[_WORDS]:
        return EMPTY
    if words.atoms[word] == atom:
        return word
    here = np.int64(words.beginning[word])
    while here != EMPTY and words.hit_atom[here] != atom:
        here = np.int64(words.hit_beside[here])
    return EMPTY if here == EMPTY else np.int64(words.hit_last[here])


@jit
def next_raw(lists, at, fields, words, codes, after):
    """The hit of its first run of letters with which these very characters stand in the mention.

    Such hits are of characters: the first one, and the field.
    """
    atom = np.int64(lists[at])
    if after != EMPTY:
        here = np.int64(words.hit_next[after])
    elif is_there(words, atom):
        here = np.int64(words.rows[ATOM_ROW * atom + FIRST])
    else:
        return EMPTY
    while here != EMPTY:
        if words.hit_last[here] & fields and stands(lists, at, words, codes, here):
            return here
        here = np.int64(words.hit_next[here])
    return EMPTY


@jit
def stands(lists, at, words, codes, here):
    begin = np.int64(words.hit_first[here]) - lists[at + 1]
    length = np.int64(lists[at + 2])
    field = words.hit_last[here]
    number = 0 if field == TITLE else (1 if field == TEXT else 2)
    if begin < words.bounds[FIRST_CHARACTER + number]:
        return False
    if begin + length > words.bounds[FIRST_CHARACTER + number + 1]:
        return False
    k = 0
    while k < length and codes[begin + k] == lists[at + 3 + k]:
        k += 1
    return k == length


@jit
def gather(lists, at, count, field, words, space, begin, end):
    """Put the places of ``count`` leaves in one field behind ``begin``; where they end.

    EMPTY if they would go beyond ``end``. Four numbers describe each leaf: whether it is a phrase,
    its atom or the phrase's list, its fields, its term.
    """
    for number in range(count):
        leaf = at + 4 * number
        if lists[leaf + 2] & field == 0:
            continue
        is_phrase = lists[leaf] == PHRASE
        if is_phrase:
            here = next_phrase(lists, np.int64(lists[leaf + 1]), field, words, _FIRST, space)
        else:
            here = first_hit(words, np.int64(lists[leaf + 1]), field)
        while here != EMPTY:
            if begin >= end:
                return EMPTY
            space.place_first[begin] = words.hit_first[here]
            space.place_last[begin] = space.last[0] if is_phrase else words.hit_last[here]
            space.place_leaf[begin] = number
            space.place_used[begin] = 0
            begin += 1
            if is_phrase:
                here = next_phrase(lists, np.int64(lists[leaf + 1]), field, words, here, space)
            else:
                here = in_fields(words, np.int64(words.hit_next[here]), field)
    return begin
