"""A field to its words and the hits among them, as rules/text cuts it: kernels.

Characters whose folding depends on their neighbours never come here: a field that has one is cut
by rules/text itself (``plain`` tells), and so is one with an address that a query may ask for.
"""

from __future__ import annotations

import numpy as np

from rules.query.percolator import characters as of
from rules.query.percolator.kernels.addresses import address, address_end, host, host_end
from rules.query.percolator.kernels.hits import (
    AS_PLAIN,
    add,
    append,
    find,
    hit,
    jit,
    maybe,
    settle,
    step,
)
from rules.query.percolator.kernels.prefixes import may_have_prefix, without_prefixes
from rules.query.percolator.kernels.tags import is_ticker, tag
from rules.query.percolator.layout import (
    BEGINNING,
    EMPTY,
    ENDING,
    LONGEST_KEY,
    LOOKALIKES,
    MIDDLE,
    SEED,
    UNKNOWN_ROOM,
    Counts,
)

_UNKNOWN = Counts.UNKNOWN
_SEED, _ONE, _BEGIN = np.uint64(SEED), np.uint64(1), np.int64(0)
_SPREADS = of.SPREADS
_KNOWN, _ODD, _LETTER, _WORD = of.KNOWN, of.ODD, of.LETTER, of.WORD
_SIGIL, _DOLLAR, _SIGN, _TAIL, _AT = of.SIGIL, of.DOLLAR, of.SIGN, of.TAIL, of.AT
_APOSTROPHE, _PICTURES, _REGIONAL = of.APOSTROPHE, of.PICTURES, of.REGIONAL
_MODIFIER, _JOINER = of.MODIFIER, of.JOINER
_IN_WORD = of.LETTER | of.INSIDE
_IN_TAG = of.WORD | of.INSIDE
_H, _W, _S, _SMALL = ord("h"), ord("w"), ord("s"), 32


@jit
def plain(codes, start, end, classes, words):
    """Whether the kernel may cut this field: 1; 0 if not; -1 if a character was never met."""
    every = 0
    known = _KNOWN
    for i in range(start, end):
        here = classes[codes[i]]
        every |= here
        known &= here
    if known == 0:
        for i in range(start, end):
            count = words.counts[_UNKNOWN]
            if classes[codes[i]] == 0 and count < UNKNOWN_ROOM:
                words.unknown[count] = codes[i]
                words.counts[_UNKNOWN] = count + 1
        return -1
    return 0 if every & _ODD else 1


@jit
def cut(codes, start, end, chars, atoms, words, field):
    """Read one field. False if there is no room left for hits."""
    classes = chars.classes
    i = start
    before = 0  # the class of the character before this one
    while i < end:
        code = codes[i]
        here = classes[code]
        stop = i + 1
        if here & _LETTER:
            small = code | _SMALL
            if small in (_H, _W):
                stop = address_end(codes, i, end, classes)
            if stop > i + 1:
                if not address(codes, i, stop, classes, atoms, words, field):
                    return False
            else:
                while stop < end and classes[codes[stop]] & _IN_WORD:
                    stop += 1
                if not word(codes, i, stop, chars, atoms, words, field):
                    return False
        elif here & _SIGIL and not before & _WORD:
            while stop < end and classes[codes[stop]] & _IN_TAG:
                stop += 1
            if stop > i + 1 and not tag(codes, i, stop, chars, atoms, words, field):
                return False
        elif here & _DOLLAR and not before & _WORD and is_ticker(codes, i, end, classes):
            while stop < end and classes[codes[stop]] & _LETTER:
                stop += 1
            if not tag(codes, i, stop, chars, atoms, words, field):
                return False
        elif here & _SIGN:
            while stop < end and classes[codes[stop]] & _TAIL:
                stop += 1
            if not word(codes, i, stop, chars, atoms, words, field):
                return False
        elif here & _AT and stop < end and classes[codes[stop]] & _WORD:
            stop = host_end(codes, i, end, classes)
            if not host(codes, i, stop, classes, atoms, words, field):
                return False
        elif here & _APOSTROPHE and before & _WORD and is_possessive(codes, i, end, classes):
            stop = i + 2
        elif here & _PICTURES:
            stop = picture_end(codes, i, end, classes)
            if not picture(codes, i, stop, classes, atoms, words, field):
                return False
        before = classes[codes[stop - 1]]
        i = stop
    return True


@jit
def word(codes, start, stop, chars, atoms, words, field):
    """A word, or a sign that is one. Most fit no pattern and fold letter by letter: one look."""
    folded, bitmap, beginnings = words.folded, atoms.bitmap, atoms.masks[BEGINNING]
    value = _SEED
    length = np.int64(0)
    usual = atoms.masks[LOOKALIKES] | atoms.masks[ENDING] | atoms.masks[MIDDLE] == 0
    for k in range(start, stop):
        code = codes[k]
        fold = chars.folds[code]
        if chars.classes[code] & _SPREADS:
            usual = False
        elif fold != 0:
            folded[length] = fold
            length += 1
            value = step(value, fold)
            if length <= LONGEST_KEY and (beginnings >> np.uint64(length)) & _ONE != 0:
                usual = usual and not maybe(bitmap, step(value, BEGINNING))
    if not usual:
        return unusual(codes, start, stop, chars, atoms, words, field)
    if length == 0:
        return True
    if may_have_prefix(words):
        return unusual(codes, start, stop, chars, atoms, words, field)
    new = add(words, start, stop)
    if maybe(bitmap, value):
        atom = find(atoms, value, folded, _BEGIN, length)
        if atom != EMPTY:
            words.atoms[new] = atom
            return hit(words, atom, new, new, field)
    return True


@jit
def unusual(codes, start, stop, chars, atoms, words, field):
    """A word that may fit patterns, look like others, have prefixes or fold to more letters."""
    length = np.int64(0)
    for k in range(start, stop):
        length = append(chars, words.folded, length, codes[k])
    if length == 0:
        return True
    new = add(words, start, stop)
    prefixed = may_have_prefix(words)
    if not settle(atoms, words, length, new, new, field, AS_PLAIN):
        return False
    return not prefixed or without_prefixes(codes, start, stop, chars, atoms, words, field, new)


@jit
def is_possessive(codes, at, end, classes):
    """An apostrophe, an s, and then no further letter."""
    if at + 1 >= end or codes[at + 1] | _SMALL != _S:
        return False
    return at + 2 >= end or not classes[codes[at + 2]] & _WORD


@jit
def picture_end(codes, at, end, classes):
    if at + 1 < end and classes[codes[at]] & _REGIONAL and classes[codes[at + 1]] & _REGIONAL:
        return at + 2
    stop = at + 1
    while stop < end:
        if classes[codes[stop]] & _MODIFIER:
            stop += 1
        elif (
            classes[codes[stop]] & _JOINER
            and stop + 1 < end
            and classes[codes[stop + 1]] & _PICTURES
        ):
            stop += 2
        else:
            break
    return stop


@jit
def picture(codes, start, stop, classes, atoms, words, field):
    """An emoji without its modifiers; a modifier alone is itself."""
    length = np.int64(0)
    for k in range(start, stop):
        if not classes[codes[k]] & _MODIFIER:
            words.folded[length] = codes[k]
            length += 1
    if length == 0:
        for k in range(start, stop):
            words.folded[length] = codes[k]
            length += 1
    new = add(words, start, stop)
    return settle(atoms, words, length, new, new, field, AS_PLAIN)
