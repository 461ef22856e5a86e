"""Where a text names its target: as a word, as a handle or tag, or inside one."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

PLACES_LIMIT: Final = 50
"""Places looked for; a hostile text repeats a name for ever."""

_SIGILS: Final = "@#$＠＃＄"
_BLANKS: Final = re.compile(r"\s+")


def places_of(target: str, text: str) -> list[tuple[int, int]]:
    """Start and end of each place, in reading order: "US Airways" also in @USAirways, and Acme in
    #BoycottAcme, but not in "acmeist". Empty where it is not named, or the target is empty."""
    pattern = _pattern(target)
    if pattern is None:
        return []
    out: list[tuple[int, int]] = []
    for found in pattern.finditer(text):
        out.append(found.span())
        if len(out) == PLACES_LIMIT:
            break
    return out


@lru_cache(maxsize=1_024)
def _pattern(target: str) -> re.Pattern[str] | None:
    words = _BLANKS.split(target.strip().lstrip(_SIGILS))
    if not words or not words[0]:
        return None
    apart = r"\s+".join(map(re.escape, words))
    joined = re.escape("".join(words))
    sigil = f"[{_SIGILS}]"
    return re.compile(rf"(?<!\w){sigil}?{apart}(?!\w)|(?<!\w){sigil}\w*?{joined}\w*", re.IGNORECASE)
