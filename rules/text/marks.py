"""Combining marks and invisible characters, which `re` has no class for."""

from __future__ import annotations

import re
import sys
import unicodedata
from typing import Final

_MARK_LIMIT = 0x20000


def _ranges(characters: list[int]) -> str:
    """Code points as the inside of a regular expression's character class."""
    out: list[str] = []
    start = previous = characters[0]
    for code in [*characters[1:], sys.maxunicode + 1]:
        if code != previous + 1:
            out.append(f"{re.escape(chr(start))}-{re.escape(chr(previous))}")
            start = code
        previous = code
    return "".join(out)


# `re` has no class for combining marks, and without them Hindi words and decomposed accents
# would fall to pieces. Above this limit there are only variation selectors, which are ignored.
MARKS: Final = _ranges(
    [code for code in range(0x300, _MARK_LIMIT) if unicodedata.category(chr(code))[0] == "M"]
)
INVISIBLE: Final = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
"""Soft hyphens, joiners, and the marks that turn the direction of writing."""

_CLASS: Final = re.compile(f"[{MARKS}{INVISIBLE}]")
INSIDE: Final = "".join(_CLASS.findall("".join(map(chr, range(0x300, _MARK_LIMIT))))) + "\u00ad"
"""Every mark and invisible character: what may stand inside a word and is no letter of it."""
