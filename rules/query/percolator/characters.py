"""What the kernels know of each character, asked of rules/text once a character is first met.

Nothing about Unicode is written down twice: every class is what the tokeniser's own expressions
and its fold say of the character, so the two cannot drift apart. The tables cover all of Unicode
but are made of untouched pages, which cost nothing until a script is really met.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rules.query.percolator.layout import Characters
from rules.text.folding import fold
from rules.text.marks import INVISIBLE, MARKS
from rules.text.pieces import APOSTROPHES, PICTURE, SPACELESS

KNOWN: Final = 1
WORD: Final = 2  # a letter, digit or underscore
LETTER: Final = 4  # begins and continues a word
INSIDE: Final = 8  # continues a word: marks, invisible characters
SIGN: Final = 16  # is a word by itself
TAIL: Final = 32  # belongs to the sign before it
SPREADS: Final = 64  # its fold has more than one character
ODD: Final = 128  # its fold depends on its neighbours: the tokeniser itself must say
STOP: Final = 256  # ends an address
PICTURES: Final = 512
REGIONAL: Final = 1024
MODIFIER: Final = 2048  # of an emoji
JOINER: Final = 4096
SIGIL: Final = 8192  # of a tag
AT: Final = 16384
DOLLAR: Final = 32768
APOSTROPHE: Final = 65536
SAME: Final = 131072  # its case folding is itself

UPPER: Final = 262144
LOWER: Final = 524288

ASCII: Final = 0x80
SPREAD_ROW: Final = 20
"""The longest fold of one character is 18 characters (U+FDFA); its number stands before it."""

_MARK: Final = re.compile(f"[{MARKS}]")
_INSIDE: Final = re.compile(f"[{MARKS}{INVISIBLE}]")
_SPACELESS: Final = re.compile(f"[{SPACELESS}]")
_TAIL: Final = re.compile(f"[{MARKS}\uff9e\uff9f]")
_PICTURE: Final = re.compile(f"[{PICTURE}]")
_STOP: Final = re.compile(r"[\s<>\"“”„«»]")
_EVERYWHERE: Final = (
    *range(0x250),
    *range(0x2010, 0x2060),
    0x20AC,
    0xFE0F,
    *range(0x1F600, 0x1F650),
)


class CharacterTables:
    """The tables, filled as characters are met."""

    def __init__(self) -> None:
        size = 0x110000
        self.classes: NDArray[np.uint32] = np.zeros(size, np.uint32)
        self.folds: NDArray[np.uint32] = np.zeros(size, np.uint32)
        self.spread = array("I", [0] * SPREAD_ROW)
        self._classes_at = int(self.classes.ctypes.data)
        self._folds_at = int(self.folds.ctypes.data)
        for code in _EVERYWHERE:
            self.meet(code)

    def view(self) -> Characters:
        """As the kernels read them; to be dropped before the next character is met."""
        return Characters(self._classes_at, self._folds_at, self.spread)

    def meet(self, code: int) -> None:
        """Write down what is true of one character."""
        character = chr(code)
        folded = fold(character)
        classes = _classes(character, folded)
        if len(folded) > 1:
            classes |= SPREADS
            self.folds[code] = len(self.spread) // SPREAD_ROW
            row = [len(folded), *map(ord, folded)]
            self.spread.extend(row + [0] * (SPREAD_ROW - len(row)))
        elif folded:
            self.folds[code] = ord(folded)
        self.classes[code] = classes


def _classes(character: str, folded: str) -> int:
    word = character == "_" or character.isalnum()
    spaceless = _SPACELESS.match(character) is not None
    said = {
        WORD: word,
        LETTER: word and not spaceless and character not in "_ʼ",
        INSIDE: _INSIDE.match(character) is not None,
        SIGN: word and spaceless,
        TAIL: _TAIL.match(character) is not None,
        ODD: _is_odd(character, folded),
        STOP: _STOP.match(character) is not None,
        PICTURES: _PICTURE.match(character) is not None,
        REGIONAL: "\U0001f1e6" <= character <= "\U0001f1ff",
        MODIFIER: character in "\ufe0f\u20e3" or "\U0001f3fb" <= character <= "\U0001f3ff",
        JOINER: character == "\u200d",
        SIGIL: character in "#＃@＠",
        AT: character in "@＠",
        DOLLAR: character in "$＄",
        APOSTROPHE: character in APOSTROPHES,
        SAME: character.casefold() == character,
        UPPER: character.isupper(),
        LOWER: character.islower(),
    }
    return KNOWN | sum(flag for flag, holds in said.items() if holds)


def _is_odd(character: str, folded: str) -> bool:
    """Marks that stay, or that make another letter of the one before them.

    A mark that the fold drops is harmless: the letter it makes is folded to the same letter
    without it (the tests try every letter that Unicode composes).
    """
    if _MARK.match(character) is not None or "\U000e0020" <= character <= "\U000e007f":
        return bool(folded) or character in "\u0345" or character > "\U000e0000"
    if "\u1100" <= character <= "\u11ff":
        return True
    return bool(folded) and unicodedata.combining(unicodedata.normalize("NFKD", character)[0]) > 0
