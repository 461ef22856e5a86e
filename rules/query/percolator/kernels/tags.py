"""#AcmeRecall, @acme and $ACME as rules/text reads them: kernels."""

from __future__ import annotations

import numpy as np

from rules.query.percolator import characters as of
from rules.query.percolator.kernels.hits import AS_PLAIN, AS_RUN, AS_TAG, add, append, jit, settle
from rules.query.percolator.kernels.prefixes import may_have_prefix, without_prefixes
from rules.query.percolator.layout import Counts

_WORDS = Counts.WORDS
_LETTER, _SIGN, _TAIL, _INSIDE, _WORD = of.LETTER, of.SIGN, of.TAIL, of.INSIDE, of.WORD
_UPPER, _LOWER = of.UPPER, of.LOWER
_IN_WORD = of.LETTER | of.INSIDE
_FULL_WIDTH = 0xFEE0
_S, _A, _Z, _SMALL = ord("s"), ord("a"), ord("z"), 32
_TICKER_LIMIT = 6
_SHORTEST = 2


@jit
def is_ticker(codes, at, end, classes):
    """One to six plain letters behind the sign, and then no further letter."""
    stop = at + 1
    while stop < end and _A <= codes[stop] | _SMALL <= _Z and codes[stop] < of.ASCII:
        stop += 1
    if not 1 <= stop - at - 1 <= _TICKER_LIMIT:
        return False
    return stop >= end or not classes[codes[stop]] & _WORD


@jit
def tag(codes, start, stop, chars, atoms, words, field):
    """The words of a tag, and the tag over all of them."""
    classes = chars.classes
    first = words.counts[_WORDS]
    i = start + 1
    while i < stop:
        here = classes[codes[i]]
        end = i + 1
        if here & _LETTER:
            while end < stop and classes[codes[end]] & _IN_WORD:
                end += 1
            if not run(codes, i, end, chars, atoms, words, field):
                return False
        elif here & _SIGN:
            while end < stop and classes[codes[end]] & _TAIL:
                end += 1
            if not part(codes, i, end, chars, atoms, words, field):
                return False
        i = end
    last = words.counts[_WORDS] - 1
    if last < first:
        return True
    words.starts[first] = start
    sigil = codes[start]
    words.folded[0] = sigil - _FULL_WIDTH if sigil > _FULL_WIDTH else sigil
    length = np.int64(1)
    for k in range(start + 1, stop):
        length = append(chars, words.folded, length, codes[k])
    return settle(atoms, words, length, first, last, field, AS_TAG)


@jit
def part(codes, start, end, chars, atoms, words, field):
    length = np.int64(0)
    for k in range(start, end):
        length = append(chars, words.folded, length, codes[k])
    if length == 0:
        return True
    new = add(words, start, end)
    prefixed = may_have_prefix(words)
    if not settle(atoms, words, length, new, new, field, AS_PLAIN):
        return False
    return not prefixed or without_prefixes(codes, start, end, chars, atoms, words, field, new)


@jit
def run(codes, start, end, chars, atoms, words, field):
    """A run of letters: a word at each hump, and all of it if it is more than one."""
    classes = chars.classes
    first = words.counts[_WORDS]
    begin = start
    before = start
    length = np.int64(1)
    for i in range(start + 1, end):
        here = classes[codes[i]]
        if here & _INSIDE:
            continue
        if here & _UPPER and begins(codes, i, end, classes, classes[codes[before]], length):
            if not part(codes, begin, i, chars, atoms, words, field):
                return False
            begin = i
            length = np.int64(0)
        length += 1
        before = i
    if not part(codes, begin, end, chars, atoms, words, field):
        return False
    last = words.counts[_WORDS] - 1
    if last <= first:
        return True
    length = np.int64(0)
    for k in range(start, end):
        length = append(chars, words.folded, length, codes[k])
    return settle(atoms, words, length, first, last, field, AS_RUN)


@jit
def begins(codes, at, end, classes, before, length):
    """Whether a capital begins a further word; see rules/text/humps.py."""
    if before & _LOWER:
        return length >= _SHORTEST
    after = at + 1
    while after < end and classes[codes[after]] & _INSIDE:
        after += 1
    if after >= end or not classes[codes[after]] & _LOWER:
        return False
    if not before & _UPPER:
        return length >= _SHORTEST
    if codes[after] != _S:
        return True
    rest = after + 1
    while rest < end and classes[codes[rest]] & _INSIDE:
        rest += 1
    return rest < end
