"""Words to the atoms that queries ask for: kernels."""

from __future__ import annotations

from functools import partial
from typing import Any

import numba
import numpy as np

from rules.query.percolator import characters as of
from rules.query.percolator.layout import (
    ANY,
    AT,
    ATOM_ROW,
    BEGINNING,
    BITMAP_BITS,
    CHAIN,
    ELSEWHERE,
    EMPTY,
    ENDING,
    FACTOR,
    FIELDS,
    FIRST,
    HOST,
    KEY_MASK,
    LAST,
    LENGTH,
    LONGEST_KEY,
    LOOKALIKE_SEED,
    LOOKALIKES,
    LOOKS_SIZE,
    MIDDLE,
    PLAIN,
    RUN,
    SEED,
    SEEN,
    SLOT_MASK,
    STAR,
    STRETCH,
    TAG,
    Counts,
)

# Numbers of numpy's own are no constants to the compiler, which would make a copy for each.
AS_PLAIN, AS_RUN, AS_TAG, AS_HOST = (np.int64(kind) for kind in (PLAIN, RUN, TAG, HOST))

# Without the entries from Python and C that nobody calls, which take half of the compiler's time.
jit: Any = partial(
    numba.njit, nogil=True, error_model="numpy", no_cpython_wrapper=True, no_cfunc_wrapper=True
)()

_FACTOR = np.uint64(FACTOR)
_SEED = np.uint64(SEED)
_LOOKALIKE_SEED = np.uint64(LOOKALIKE_SEED)
_ZERO = np.uint64(0)
_SHIFT = np.uint64(32)
_ONE = np.uint64(1)
_SIX = np.uint64(6)
_LOW = np.uint64(63)
_BITMAP = np.uint64(64 - BITMAP_BITS)
_WORDS, _HITS = Counts.WORDS, Counts.HITS
_TOUCHED, _HIT_ROOM = Counts.TOUCHED, Counts.HIT_ROOM
_SPREADS, _SPREAD_ROW = of.SPREADS, of.SPREAD_ROW


@jit
def step(value, code):
    """The hash with one more code point."""
    value = (value ^ np.uint64(code)) * _FACTOR
    return value ^ (value >> _SHIFT)


@jit
def maybe(bitmap, value):
    """False if nothing has this hash."""
    at = value >> _BITMAP
    return (bitmap[at >> _SIX] >> (at & _LOW)) & _ONE != 0


@jit
def append(chars, folded, length, code):
    """The folded form of one more character behind the others; their number."""
    fold = chars.folds[code]
    if chars.classes[code] & _SPREADS:
        at = np.int64(fold) * _SPREAD_ROW
        for k in range(chars.spread[at]):
            folded[length] = chars.spread[at + 1 + k]
            length += 1
    elif fold != 0:
        folded[length] = fold
        length += 1
    return length


@jit
def add(words, start, end):
    """One more word; its number."""
    new = words.counts[_WORDS]
    words.starts[new] = start
    words.ends[new] = end
    words.atoms[new] = EMPTY
    words.beginning[new] = EMPTY
    words.counts[_WORDS] = new + 1
    return new


@jit
def find(atoms, value, codes, begin, length):
    """The atom of these code points, or EMPTY."""
    mask = np.int64(atoms.masks[SLOT_MASK])
    slot = np.int64(value) & mask
    while True:
        atom = np.int64(atoms.slots[slot])
        if atom == EMPTY:
            return EMPTY
        # Few slots are shared, so that asking for the hash first would only be one more miss.
        if atom >= 0 and atoms.rows[ATOM_ROW * atom + LENGTH] == length:
            at = np.int64(atoms.rows[ATOM_ROW * atom + AT])
            k = 0
            while k < length and atoms.codes[at + k] == codes[begin + k]:
                k += 1
            if k == length:
                return atom
        slot = (slot + 1) & mask


@jit
def hit(words, atom, first, last, field):
    """Remember where an atom stands, in reading order. False if there is no room left."""
    counts = words.counts
    new = counts[_HITS]
    if new >= counts[_HIT_ROOM]:
        return False
    counts[_HITS] = new + 1
    words.hit_first[new] = first
    words.hit_last[new] = last
    words.hit_next[new] = EMPTY
    if field & ELSEWHERE:
        words.hit_atom[new] = atom
        words.hit_beside[new] = words.beginning[first]
        words.beginning[first] = new
    rows, row = words.rows, ATOM_ROW * atom
    bit = _ONE << np.uint64(atom & 63)
    if words.present[atom >> 6] & bit == _ZERO:
        words.present[atom >> 6] |= bit
        rows[row + FIELDS] = field
        rows[row + FIRST] = new
        rows[row + LAST] = new
        rows[row + SEEN] += 1
        words.touched[counts[_TOUCHED]] = atom
        counts[_TOUCHED] += 1
        return True
    rows[row + FIELDS] |= field
    tail = np.int64(rows[row + LAST])
    if is_before(words, tail, first, last):
        words.hit_next[tail] = new
        rows[row + LAST] = new
        return True
    return insert(words, atom, new)


@jit
def is_there(words, atom):
    """Whether the mention at hand has an atom at all."""
    return (words.present[atom >> 6] >> np.uint64(atom & 63)) & _ONE != _ZERO


@jit
def is_before(words, other, first, last):
    if words.hit_first[other] != first:
        return words.hit_first[other] < first
    return words.hit_last[other] < last


@jit
def insert(words, atom, new):
    """A hit among those before it: a tag stands where its words do, and comes after them."""
    first, last = np.int64(words.hit_first[new]), np.int64(words.hit_last[new])
    before = EMPTY
    after = np.int64(words.rows[ATOM_ROW * atom + FIRST])
    while after != EMPTY and is_before(words, after, first, last):
        before = after
        after = np.int64(words.hit_next[after])
    if after != EMPTY and words.hit_first[after] == first and words.hit_last[after] == last:
        # Found again: this hit is the last one, so it can be taken back.
        words.beginning[first] = words.hit_beside[new]
        words.counts[_HITS] -= 1
        return True
    words.hit_next[new] = after
    if before == EMPTY:
        words.rows[ATOM_ROW * atom + FIRST] = new
    else:
        words.hit_next[before] = new
    return True


@jit
def settle(atoms, words, length, first, last, field, kind):
    """Hits of what stands in ``folded``: of itself, of the patterns it fits, of what it looks like.

    False if there is no room for them. A plain word's atom is also noted at its number.
    """
    value = _SEED
    folded = words.folded
    beginnings = atoms.masks[BEGINNING] if kind <= TAG else _ZERO
    for k in range(length):
        value = step(value, folded[k])
        if k < LONGEST_KEY and (beginnings >> np.uint64(k + 1)) & _ONE != 0:
            found = step(value, BEGINNING)
            if maybe(atoms.bitmap, found) and not patterns(
                atoms, words, found, length, first, last, field
            ):
                return False
    if maybe(atoms.bitmap, value):
        atom = find(atoms, value, folded, 0, length)
        if atom != EMPTY:
            where = field
            if kind in (PLAIN, HOST):
                words.atoms[first] = atom
            else:
                where |= ELSEWHERE
            if not hit(words, atom, first, last, where):
                return False
    if kind > RUN:
        return True
    if atoms.masks[LOOKALIKES] != 0 and not looks(atoms, words, length, first, last, field):
        return False
    if atoms.masks[ENDING] | atoms.masks[MIDDLE] != 0:
        return rarer_patterns(atoms, words, length, first, last, field)
    return True


@jit
def looks(atoms, words, length, first, last, field):
    """The hit of what a word looks like."""
    value = _LOOKALIKE_SEED
    for k in range(length):
        code = words.folded[k]
        if code < LOOKS_SIZE:
            code = words.looks[code]
        words.looked[k] = code
        value = step(value, code)
    if maybe(atoms.bitmap, value):
        atom = find(atoms, value, words.looked, 0, length)
        if atom != EMPTY:
            return hit(words, atom, first, last, field | ELSEWHERE)
    return True


@jit
def rarer_patterns(atoms, words, length, first, last, field):
    """Hits of the patterns that are known by an ending, or by a stretch in the middle."""
    folded = words.folded
    endings = atoms.masks[ENDING]
    value = _SEED
    for k in range(min(length, LONGEST_KEY)):
        value = step(value, folded[length - 1 - k])
        if (endings >> np.uint64(k + 1)) & _ONE != 0:
            found = step(value, ENDING)
            if maybe(atoms.bitmap, found) and not patterns(
                atoms, words, found, length, first, last, field
            ):
                return False
    middles = atoms.masks[MIDDLE]
    if middles == 0:
        return True
    for start in range(length):
        value = _SEED
        for k in range(min(length - start, STRETCH)):
            value = step(value, folded[start + k])
            if (middles >> np.uint64(k + 1)) & _ONE != 0:
                found = step(value, MIDDLE)
                if maybe(atoms.bitmap, found) and not patterns(
                    atoms, words, found, length, first, last, field
                ):
                    return False
    return True


@jit
def patterns(atoms, words, value, length, first, last, field):
    """Hits of the patterns under one key that fit the folded word."""
    atom = key_chain(atoms, value)
    while atom != EMPTY:
        if fits(atoms, atom, words.folded, length) and (
            not hit(words, atom, first, last, field | ELSEWHERE)
        ):
            return False
        atom = np.int64(atoms.rows[ATOM_ROW * atom + CHAIN])
    return True


@jit
def key_chain(atoms, value):
    """The first pattern filed under a key, or EMPTY."""
    mask = np.int64(atoms.masks[KEY_MASK])
    slot = np.int64(value) & mask
    while True:
        key = np.int64(atoms.key_slots[slot])
        if key == EMPTY:
            return EMPTY
        if key >= 0 and atoms.keys[key] == value:
            return np.int64(atoms.key_first[key])
        slot = (slot + 1) & mask


@jit
def fits(atoms, atom, word, word_length):
    """Whether a pattern fits a whole word: going back to the last star alone is enough."""
    codes = atoms.codes
    at = np.int64(atoms.rows[ATOM_ROW * atom + AT])
    length = np.int64(atoms.rows[ATOM_ROW * atom + LENGTH])
    p = 0
    w = 0
    star = -1
    kept = 0
    while w < word_length:
        if p < length and codes[at + p] == STAR:
            star = p
            kept = w
            p += 1
        elif p < length and (codes[at + p] == ANY or codes[at + p] == word[w]):
            p += 1
            w += 1
        elif star >= 0:
            p = star + 1
            kept += 1
            w = kept
        else:
            return False
    while p < length and codes[at + p] == STAR:
        p += 1
    return p == length
