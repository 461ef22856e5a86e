"""Where sentences and paragraphs begin, told from what stands between words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_NEWLINES: Final = re.compile(r"\r\n|[\r\u0085\u2028\v\f]")
_EMPTY_LINE: Final = re.compile(r"\n[^\S\n]*+\n|\u2029")
# These end a sentence wherever they stand.
_ENDS: Final = re.compile(r"[!?…。！？｡؟۔।॥։።፧။។‼⁇⁈⁉\n\u2029]|\.\.")
# A full stop ends one only before a space, perhaps after quotation marks and brackets.
_STOP: Final = re.compile(r"\.[\"'”’»)\]]*+\s")

_ABBREVIATIONS: Final = """
    mr mrs ms mx dr prof sr jr st mt ft hon rev fr maj capt cpt lt sgt cpl gov sen gen
    inc ltd corp co llc bros dept univ assn est approx ca vs etc al vol vols nos pp fig figs
    jan feb apr jun jul aug sep sept oct nov dec
    hr nr bzw ggf evtl usw mme mlle sra srta
"""
ABBREVIATIONS: Final = frozenset(_ABBREVIATIONS.split())
"""Folded words after which a full stop ends no sentence; neither does one after a single letter."""


def beginnings(
    text: str, words: Sequence[str], starts: Sequence[int], ends: Sequence[int]
) -> tuple[list[int], list[int]]:
    """Which words begin a sentence, and which a paragraph; both begin with 0 if there is a word.

    A sentence ends between two words if what stands between them holds a newline, one of
    ``! ? …`` or their like of other scripts, two full stops in a row, or a full stop before a
    space that does not directly follow a single letter or an abbreviation. A paragraph ends at an
    empty line. Linear in the length of the text.
    """
    if not words:
        return [], []
    sentences, paragraphs = [0], [0]
    for at in range(1, len(words)):
        if ends[at - 1] + 1 >= starts[at] and text[ends[at - 1] : starts[at]] in ("", " "):
            continue
        between = _NEWLINES.sub("\n", text[ends[at - 1] : starts[at]])
        if _EMPTY_LINE.search(between):
            paragraphs.append(at)
            sentences.append(at)
        elif _ENDS.search(between) or _ends_with_stop(between, after=words[at - 1]):
            sentences.append(at)
    return sentences, paragraphs


def _ends_with_stop(between: str, *, after: str) -> bool:
    stop = _STOP.search(between)
    if stop is None:
        return False
    if stop.start() > 0:
        return True
    initial = len(after) == 1 and after.upper() != after
    return not initial and after not in ABBREVIATIONS
