"""The words the linear model sees: one meaning, in training and in service.

A text is cut at blanks, and each piece gives its words whatever stands beside it. So what a piece
is worth can be remembered, which is what makes the model fast.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

LINK: Final = "http"
HANDLE: Final = "@user"
NUMBER: Final = "0"

_LONGEST_WORD = 30
_APOSTROPHES: Final = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u00b4": "'"})
_HUMP: Final = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=[0-9])")
_DRAWN: Final = re.compile(r"([^\W\d_])\1{2,}")
_WORD: Final = re.compile(
    r"""[^\W\d_]+(?:'[^\W\d_]+)*      # a word, don't
    | \d[\d.,:]*                      # a number
    | [:;=8x][-o'^]?[()\[\]dp/\\|*3]+(?!\w) | [()\[\]d/\\][-o'^]?[:;=](?!\w) | <3+ | \^_*\^ | -_+-
    | !+ | \?+ | \.{2,} | …
    | [^\w\s!-~]                      # a sign of its own: emoji and the like
    """,
    re.VERBOSE,
)
_ENDS: Final = frozenset(".,!?;:…)")
_NEGATIONS: Final = """
    not no never none nobody nothing neither nor cannot cant wont dont doesnt didnt isnt arent
    wasnt werent hasnt havent hadnt wouldnt shouldnt couldnt aint without hardly barely rarely
"""
NEGATIONS: Final = frozenset(_NEGATIONS.split())
REACH: Final = 4
"""So many words after a negation are denied, unless the clause ends before."""


class Piece(NamedTuple):
    """The words of one piece, whether the last of them denies what follows, and whether a clause
    ends with it."""

    words: tuple[str, ...]
    ends: bool


def words_of(piece: str) -> Piece:
    """``piece`` holds no blanks."""
    low = piece.lower()
    if low.startswith(("http://", "https://", "www.")):
        return Piece((LINK,), False)
    ends = piece[-1] in _ENDS
    if piece[0] == "@" and len(piece) > 1 and (piece[1].isalnum() or piece[1] == "_"):
        return Piece((HANDLE,), ends)
    if "#" in piece:
        low = _HUMP.sub(" ", piece).lower()
    if not low.isascii():
        low = low.translate(_APOSTROPHES)
    out: list[str] = []
    for word in _WORD.findall(_DRAWN.sub(r"\1\1", low)):
        first = word[0]
        if first.isalpha():
            out.append(word[:_LONGEST_WORD])
        elif first.isdigit():
            out.append(NUMBER)
        elif first in "!?.":
            out.append(word[:2])
        elif not out or out[-1] != word:
            out.append(word)
    return Piece(tuple(out), ends)


def denies(word: str) -> bool:
    return word in NEGATIONS or word.endswith("n't")
