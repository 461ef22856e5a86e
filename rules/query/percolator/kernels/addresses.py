"""Addresses and hosts: opaque words, looked into only if a query may ask for them: kernels."""

from __future__ import annotations

import numpy as np

from rules.query.percolator import characters as of
from rules.query.percolator.kernels.hits import AS_HOST, add, jit, maybe, settle, step
from rules.query.percolator.layout import ADDRESSES, HOST_SEED, HOSTS, Counts

_ODD = Counts.ODD
_HOST_SEED = np.uint64(HOST_SEED)
_STOP, _WORD, _SAME = of.STOP, of.WORD, of.SAME
_ASCII = of.ASCII
_SMALL = 32
_A, _Z = ord("A"), ord("Z")
_H, _T, _P, _S, _W = (ord(letter) for letter in "htpsw")
_COLON, _SLASH, _DOT, _DASH, _AT = (ord(sign) for sign in ":/.-@")
_OPEN, _CLOSE, _SQUARE, _CURLY = (ord(sign) for sign in "()]}")
_QUESTION, _HASH = ord("?"), ord("#")
_ENDS = tuple(ord(sign) for sign in ".,;:!?'*_~…’")
_HOST = tuple(ord(letter) for letter in "host:")
_LABELS = 8
"""More labels of a host than rules/text looks at."""


@jit
def scheme_end(codes, at, end):
    """Behind http://, https:// or www. in any case; ``at`` if none of them stands here."""
    left = end - at
    if left > 4 and codes[at] | _SMALL == _W:
        if codes[at + 1] | _SMALL == _W and codes[at + 2] | _SMALL == _W and codes[at + 3] == _DOT:
            return at + 4
        return at
    if left <= 7 or codes[at] | _SMALL != _H or codes[at + 1] | _SMALL != _T:
        return at
    if codes[at + 2] | _SMALL != _T or codes[at + 3] | _SMALL != _P:
        return at
    stop = at + 5 if codes[at + 4] | _SMALL == _S else at + 4
    if stop + 2 >= end or codes[stop] != _COLON or codes[stop + 1] != _SLASH:
        return at
    return stop + 3 if codes[stop + 2] == _SLASH else at


@jit
def address_end(codes, at, end, classes):
    """Where an address that begins here ends; the next character if none begins here."""
    stop = scheme_end(codes, at, end)
    if stop == at or stop >= end or classes[codes[stop]] & _STOP:
        return at + 1
    while stop < end and not classes[codes[stop]] & _STOP:
        stop += 1
    return stop


@jit
def address(codes, start, stop, classes, atoms, words, field):
    """One opaque word. Asks for rules/text if a query asks for its host or one above it."""
    bracketed = False
    for k in range(start, stop):
        if codes[k] == _OPEN:
            bracketed = True
            break
    while stop > start and belongs_not(codes[stop - 1], bracketed):
        stop -= 1
    begin = start
    if codes[begin] | _SMALL == _H:
        begin = prefix_end(codes, begin, stop)
    begin = prefix_end(codes, begin, stop)
    bare = stop
    while bare > begin and codes[bare - 1] == _SLASH:
        bare -= 1
    if bare <= begin or prefix_end(codes, begin, stop) != begin:
        # Rare ones such as "http://www." or "http://https://": rules/text tells what they are.
        words.counts[_ODD] = 1
        return True
    add(words, start, stop)
    if atoms.masks[ADDRESSES] != 0 and is_wanted(codes, begin, bare, atoms):
        words.counts[_ODD] = 1
    return True


@jit
def belongs_not(code, bracketed):
    for sign in _ENDS:
        if code == sign:
            return True
    return not bracketed and (code in (_CLOSE, _SQUARE, _CURLY))


@jit
def prefix_end(codes, begin, stop):
    after = scheme_end(codes, begin, stop + 1) if begin < stop else begin
    return after if after <= stop else begin


@jit
def is_wanted(codes, begin, end, atoms):
    """Whether the host, or one above it, is one that a query asks for; True when in doubt."""
    for k in range(begin, end):
        if codes[k] >= _ASCII:
            return True
        if codes[k] == _SLASH or codes[k] == _QUESTION or codes[k] == _HASH:
            end = k
            break
    for k in range(begin, end):
        if codes[k] == _AT:
            begin = k + 1
    for k in range(begin, end):
        if codes[k] == _COLON:
            end = k
            break
    while begin < end and codes[begin] == _DOT:
        begin += 1
    while begin < end and codes[end - 1] == _DOT:
        end -= 1
    if begin >= end:
        return True
    if is_host(codes, begin, end, atoms):
        return True
    labels = np.int64(0)
    for k in range(end - 1, begin - 1, -1):
        if codes[k] == _DOT:
            labels += 1
            if labels > _LABELS:
                break
            if is_host(codes, k + 1, end, atoms):
                return True
    return False


@jit
def is_host(codes, begin, end, atoms):
    value = _HOST_SEED
    for k in range(begin, end):
        code = codes[k]
        value = step(value, code | _SMALL if _A <= code <= _Z else code)
    return maybe(atoms.bitmap, value)


@jit
def host_end(codes, at, end, classes):
    stop = at + 1
    while stop < end and (
        classes[codes[stop]] & _WORD or codes[stop] == _DOT or codes[stop] == _DASH
    ):
        stop += 1
    return stop


@jit
def host(codes, start, stop, classes, atoms, words, field):
    """What stands behind the @ of an e-mail address or a full handle."""
    while codes[stop - 1] == _DOT or codes[stop - 1] == _DASH:
        stop -= 1
    new = add(words, start, stop)
    if atoms.masks[HOSTS] == 0:
        return True
    folded = words.folded
    length = np.int64(0)
    for letter in _HOST:
        folded[length] = letter
        length += 1
    for k in range(start + 1, stop):
        code = codes[k]
        if _A <= code <= _Z:
            code |= _SMALL
        elif not classes[code] & _SAME:
            words.counts[_ODD] = 1
        folded[length] = code
        length += 1
    return settle(atoms, words, length, new, new, field, AS_HOST)
