"""Arabic and Hebrew words without the prefixes that cling to them: kernels."""

from __future__ import annotations

from typing import Final

import numpy as np

from rules.query.percolator.kernels.hits import AS_RUN, append, jit, settle
from rules.text.prefixes import PREFIXES

_MOST: Final = max(len(prefix) for prefix, _ in PREFIXES)
_LETTERS: Final = np.array(
    [[ord(letter) for letter in prefix.ljust(_MOST, "\0")] for prefix, _ in PREFIXES], np.uint32
)
_LENGTHS: Final = np.array([len(prefix) for prefix, _ in PREFIXES], np.int64)
_LEFT: Final = np.array([left for _, left in PREFIXES], np.int64)
_FIRST: Final = min(ord(prefix[0]) for prefix, _ in PREFIXES)
_LAST: Final = max(ord(prefix[0]) for prefix, _ in PREFIXES)


@jit
def may_have_prefix(words):
    """Whether the folded word begins in a script that has such prefixes."""
    return _FIRST <= words.folded[0] <= _LAST


@jit
def without_prefixes(codes, start, stop, chars, atoms, words, field, number):
    """Hits of what is left of a word without each prefix that it could have.

    ``number`` is that of the word, which stands in the text from ``start`` to ``stop``. False if
    there is no room left for hits.
    """
    folded = words.folded
    for row in range(_LENGTHS.size):
        length = np.int64(0)
        for k in range(start, stop):
            length = append(chars, folded, length, codes[k])
        cut = _LENGTHS[row]
        if length - cut < _LEFT[row]:
            continue
        k = 0
        while k < cut and folded[k] == _LETTERS[row, k]:
            k += 1
        if k < cut:
            continue
        for k in range(length - cut):
            folded[k] = folded[k + cut]
        if not settle(atoms, words, length - cut, number, number, field, AS_RUN):
            return False
    return True
