"""Fields that rules/text has cut already, and runs of letters as they are written: kernels."""

from __future__ import annotations

import numpy as np

from rules.query.percolator import characters as of
from rules.query.percolator.kernels.hits import add, find, hit, jit, maybe, settle, step
from rules.query.percolator.layout import EMPTY, RAW_LETTERS, RAW_SEED, Counts

_WORDS = Counts.WORDS
_WORD = of.WORD
_RAW_SEED, _ONE = np.uint64(RAW_SEED), np.uint64(1)


@jit
def cut_already(given, item, offset, atoms, words, field):
    """Take the words of one field as they were cut, and look up all that is said of them.

    False if there is no room left for hits.
    """
    first_word = words.counts[_WORDS]
    for k in range(np.int64(given.word_at[item]), np.int64(given.word_at[item + 1])):
        add(words, given.starts[k] + offset, given.ends[k] + offset)
    for k in range(np.int64(given.said_at[item]), np.int64(given.said_at[item + 1])):
        begin = np.int64(given.code_at[k])
        length = np.int64(given.code_at[k + 1]) - begin
        for code in range(length):
            words.folded[code] = given.codes[begin + code]
        first, last = first_word + given.first[k], first_word + given.last[k]
        if not settle(atoms, words, length, first, last, field, np.int64(given.kinds[k])):
            return False
    return True


@jit
def raw_runs(codes, start, end, classes, atoms, words, field):
    """Hits of runs of letters, digits and underscores in the very characters they are written in.

    They are hits of a character and a field, not of words. False if there is no room left.
    """
    letters = atoms.masks[RAW_LETTERS]
    i = start
    while i < end:
        if not classes[codes[i]] & _WORD:
            i += 1
            continue
        stop = i
        if (letters >> np.uint64(codes[i] & 63)) & _ONE == 0:
            while stop < end and classes[codes[stop]] & _WORD:
                stop += 1
            i = stop
            continue
        value = _RAW_SEED
        while stop < end and classes[codes[stop]] & _WORD:
            value = step(value, codes[stop])
            stop += 1
        if maybe(atoms.bitmap, value):
            atom = find(atoms, value, codes, i, stop - i)
            if atom != EMPTY and not hit(words, atom, i, field, field):
                return False
        i = stop
    return True
