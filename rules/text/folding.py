"""The form in which words are compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from rules.text.marks import MARKS

# One word has one spelling whichever keyboard wrote it: Persian and Urdu letters as the Arabic
# ones, and the letters that Arabic writers interchange at the end of a word (as Lucene's
# ArabicNormalizer has them).
_LIKE_ARABIC: Final = {"ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ە": "ه", "ہ": "ه"}
# Letters that a person reads as a plain one but that Unicode does not take apart.
_LIKE_LATIN: Final = {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ð": "d", "þ": "th", "æ": "ae"}
_DECIMALS: Final = [code for code in range(0x80, 0x20000) if chr(code).isdecimal()]
_FOLD: Final[dict[int, str | None]] = {
    **{ord(letter): plain for letter, plain in (_LIKE_LATIN | _LIKE_ARABIC).items()},
    **{code: str(unicodedata.decimal(chr(code))) for code in _DECIMALS},
    ord("œ"): "oe",
    ord("ħ"): "h",
    ord("ŧ"): "t",
    ord("ʼ"): None,
    0x0640: None,  # the Arabic lengthening stroke
}
for _first, _last in (
    (0x0300, 0x036F),  # Latin, Greek and Cyrillic accents
    (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF),
    (0x20D0, 0x20FF),
    (0x0591, 0x05C7),  # Hebrew points
    (0x064B, 0x065F),  # Arabic vowel signs
    (0x0670, 0x0670),
    (0x00AD, 0x00AD),
    (0x200B, 0x200D),
    (0x2060, 0x2060),
    (0xFEFF, 0xFEFF),
    (0xFE00, 0xFE0F),
):
    _FOLD.update(dict.fromkeys(range(_first, _last + 1)))
_NOT_OF_A_WORD: Final = re.compile(rf"[^\w{MARKS}]")

_CACHED_LENGTH = 40


@lru_cache(maxsize=50_000)
def _folded(word: str) -> str:
    plain = unicodedata.normalize("NFKC", word).casefold()
    plain = unicodedata.normalize("NFKD", plain).translate(_FOLD)
    return _NOT_OF_A_WORD.sub("", unicodedata.normalize("NFC", plain))


def fold(word: str) -> str:
    """One word in the form in which words are compared."""
    if word.isascii():
        return word.lower()
    if len(word) <= _CACHED_LENGTH:
        return _folded(word)
    return _folded.__wrapped__(word)
