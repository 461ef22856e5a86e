"""Where in a text something is, for people: the line, the column, and the words around it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final

AROUND: Final = 60
"""Characters shown on either side of the place; a pasted query may be one line of thousands."""

CUT: Final = "…"

_STEERS: Final = ("Cc", "Cf", "Zl", "Zp")
_JOINERS: Final = "\u200c\u200d"


@dataclass(frozen=True, slots=True)
class Place:
    """``line`` and ``column`` count from 1, columns in characters. The three parts are what stands
    before, at and after the place in that line; they hold no line break."""

    line: int
    column: int
    before: str
    at: str
    after: str


def place_of(text: str, start: int, end: int) -> Place:
    """The place of ``text[start:end]``; of one that reaches over several lines the first of them.

    Offsets outside of the text are taken to its ends.
    """
    start = min(max(start, 0), len(text))
    begin = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", start)
    stop = len(text) if stop < 0 else stop
    end = min(max(end, start), stop)
    before, at, after = text[begin:start], text[start:end], text[end:stop]
    return Place(
        line=text.count("\n", 0, start) + 1,
        column=start - begin + 1,
        before=_plain(before if len(before) <= AROUND else CUT + before[-AROUND:]),
        at=_plain(at if len(at) <= 2 * AROUND else at[: 2 * AROUND] + CUT),
        after=_plain(after if len(after) <= AROUND else after[:AROUND] + CUT),
    )


def with_caret(place: Place) -> tuple[str, str]:
    """The line, and a line to stand under it whose carets point at the place."""
    carets = "^" * max(_cells(place.at), 1)
    return place.before + place.at + place.after, " " * _cells(place.before) + carets


def _plain(text: str) -> str:
    """Tabs and whatever would steer a terminal become blanks, one for one."""
    return "".join(
        " " if unicodedata.category(sign) in _STEERS and sign not in _JOINERS else sign
        for sign in text
    )


def _cells(text: str) -> int:
    """Columns of a terminal: East Asian signs and emoji take two, combining marks none."""
    return sum(
        0
        if unicodedata.combining(sign) or sign in _JOINERS
        else 2
        if unicodedata.east_asian_width(sign) in "WF"
        else 1
        for sign in text
    )
