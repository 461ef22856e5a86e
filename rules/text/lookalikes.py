"""Words that look the same: letters of other alphabets, and digits, that stand for Latin letters.

After the confusables of Unicode Technical Standard #39 (skeletons, section 4), cut down to what is
used to fake names: small Cyrillic, Greek, Armenian and phonetic letters, and digits. Words are
folded before they come here, so a letter of which only the capital looks like a Latin one stands
for that one (Cyrillic "н" for "h"). "i" and "l" are one letter here, because 1, capital I and the
small l are taken for each other.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

_LOOKS_LIKE: Final = {
    "a": "аɑαᴀ4",
    "b": "вьβʙᴃɓ",
    "c": "сᴄ",
    "d": "ԁᴅɗժ",
    "e": "еєэзɛεᴇ3ҽ",
    "f": "ƒք",
    "g": "ɡցɢ",
    "h": "нһհʜ",
    "j": "јյᴊ",
    "k": "кκᴋқ",
    "l": "iіιɩӏɪʟ1ɭƚ",
    "m": "мᴍ",
    "n": "пηոɴռ",
    "o": "оοσօᴏө0",
    "p": "рρᴘ",
    "q": "ԛզգ",
    "r": "гʀᴦɾ",
    "s": "ѕꜱʂ5",
    "t": "тτᴛ7",
    "u": "υսᴜμʋц",
    "v": "νѵᴠ",
    "w": "ԝωաᴡшѡ",
    "x": "хχ",
    "y": "уүγʏ",
    "z": "ζᴢʐ",
}
LOOKS_LIKE: Final[dict[int, str]] = {
    ord(char): plain for plain, chars in _LOOKS_LIKE.items() for char in chars
}
"""The Latin letter that a folded character looks like; characters not listed look as they are."""


@lru_cache(maxsize=20_000)
def skeleton(atom: str) -> str:
    """What a folded word looks like; two atoms that look the same have one skeleton."""
    return atom.translate(LOOKS_LIKE)
