"""A string cut into pieces: words, tags, addresses, single characters, emoji."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from rules.text.marks import INVISIBLE, MARKS

_INSIDE: Final = MARKS + INVISIBLE
APOSTROPHES: Final = "'’ʼ＇`´‘′"
SPACELESS: Final = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f"  # kana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
    "\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff\uffa0-\uffdc"  # Hangul
)
PICTURE: Final = (
    "\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2b00-\u2bff\u3030\u303d\U0001f000-\U0001faff"
)
_LETTER: Final = rf"[^\W_ʼ{SPACELESS}]"
_WORD: Final = rf"{_LETTER}++(?:[{_INSIDE}]++{_LETTER}*+)*+"
# Korean that comes in pieces (as file systems write it) is put together: a syllable is one sign.
_SYLLABLE: Final = (
    r"(?:[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?+|[\uac00-\ud7a3][\u11a8-\u11c2]?+)"
)
_SIGN: Final = rf"(?:{_SYLLABLE}|[{SPACELESS}](?<=\w))[{MARKS}\uff9e\uff9f]*+"
_ADDRESS: Final = r"(?:[hH][tT][tT][pP][sS]?://|[wW]{3}\.)[^\s<>\"“”„«»]++"

_PIECES: Final = re.compile(
    rf"(?P<address>{_ADDRESS})"
    rf"|(?P<word>{_WORD})"
    rf"|(?P<tag>(?<!\w)[#＃@＠](?:\w|[{_INSIDE}])++)"
    r"|(?P<ticker>(?<!\w)[$＄][A-Za-z]{1,6}(?!\w))"
    rf"|(?P<sign>{_SIGN})"
    r"|(?P<host>(?<=\w)[@＠]\w[\w.\-]*+)"
    rf"|(?<=\w)[{APOSTROPHES}][sS](?!\w)"
    "|(?P<emoji>[\U0001f1e6-\U0001f1ff]{2}"
    rf"|[{PICTURE}](?:[\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"
    rf"|\u200d[{PICTURE}])*+)"
)
# Most posts are plain ASCII: lower-casing them whole keeps every offset, and these are cheaper.
_ASCII_ADDRESS: Final = r"(?P<address>(?:https?://|www\.)[^\s<>\"]++)|"
_ASCII_REST: Final = (
    r"(?P<word>[a-z0-9]++)"
    r"|(?P<tag>(?<![a-z0-9_])[#@][a-z0-9_]++)"
    r"|(?P<ticker>(?<![a-z0-9_])\$[a-z]{1,6}(?![a-z0-9_]))"
    r"|(?P<host>(?<=[a-z0-9_])@[a-z0-9_][a-z0-9_.\-]*+)"
    r"|(?<=[a-z0-9_])['`]s(?![a-z0-9_])"
)
_ASCII_PIECES: Final = re.compile(_ASCII_ADDRESS + _ASCII_REST)
_ASCII_NO_ADDRESS: Final = re.compile(_ASCII_REST)
PARTS_OF_TAG: Final = re.compile(f"{_WORD}|{_SIGN}")


def pieces(text: str, *, folded_already: bool) -> Iterator[re.Match[str]]:
    if not folded_already:
        return _PIECES.finditer(text)
    low = text.lower()
    linked = "://" in low or "www." in low
    return (_ASCII_PIECES if linked else _ASCII_NO_ADDRESS).finditer(low)
