"""Patterns of words: ``*`` is zero or more characters of one word, ``?`` exactly one."""

from __future__ import annotations

import re
from functools import lru_cache

_ANY = r"[^\n]"


@lru_cache(maxsize=4_096)
def finder(pattern: str) -> re.Pattern[str]:
    """Finds the words that fit, each on a line of its own, in a text of many lines.

    The leftmost fit of each piece between two stars is taken for good, which is right because only
    the last piece is tied to the end of the word; so nothing is ever tried twice.
    """
    first, *rest = pattern.split("*")
    if not rest:
        return re.compile(f"(?m)^{_piece(first)}$")
    middle = "".join(f"(?>{_ANY}*?{_piece(piece)})" for piece in rest[:-1] if piece)
    last = rest[-1]
    end = f"(?={_ANY}{{{len(last)},}}){_ANY}*+(?<={_piece(last)})" if last else f"{_ANY}*+"
    return re.compile(f"(?m)^{_piece(first)}{middle}{end}$")


def _piece(written: str) -> str:
    return "".join(_ANY if char == "?" else re.escape(char) for char in written)
