"""Whether anything in a text but its tone can matter: for most texts nothing can, and that is soon
seen.

Texts are cut at blanks, the same pieces come again and again, and what a piece could matter for is
remembered. A glance may take a text for telling that is not; never the other way round.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from rules.score.arousal import strong_words
from rules.score.intent import ASKING, SIGNS
from rules.score.phrases import NOT_ABOUT
from rules.text import Tokens
from rules.topic.phrasebook import Phrasebook
from rules.topic.risks import DANGERS

PIECES_LIMIT: Final = 50_000
"""Pieces remembered; texts bring new ones for ever."""

_LONGEST: Final = 100
_TAGS: Final = 5
"""So many hashtags, but not one more, say nothing of a text."""

_CAPITALS: Final = re.compile(r"[^\W\d_]{4}")
_ODD: Final = re.compile("[！‼＃？]")
_NOTHING: Final[frozenset[str]] = frozenset()

_Piece = tuple[bool, frozenset[str], str]
"""Whether it is telling by itself, the words of listed phrases in it, and its first word."""


class _Pieces(dict[str, _Piece]):
    def __missing__(self, piece: str) -> _Piece:
        if len(piece) > _LONGEST:
            return True, _NOTHING, ""
        tokens = Tokens(piece)
        words = tokens.words
        loud = any(run.isupper() for run in _CAPITALS.findall(piece))
        strong = not strong_words().isdisjoint(words)
        telling = loud or strong or _ODD.search(piece) is not None
        found = (telling, _listed()[0] & tokens.atoms or _NOTHING, words[0] if words else "")
        self[piece] = found
        return found


_PIECES: Final = _Pieces()


def glance(text: str) -> str | None:
    """None where a closer look is needed. Else nothing in it is a reason for relevance, priority or
    intent, but that it asks: what is given is a text that asks in the same way, "" for one that
    does not. Only for brands without words, red lines and topics of their own."""
    if text.count("!") > 1 or text.count("#") > _TAGS:
        return None
    if len(_PIECES) > PIECES_LIMIT:
        _PIECES.clear()
    found = list(map(_PIECES.__getitem__, text.split()))
    listed = []
    for telling, words, _ in found:
        if telling:
            return None
        if words:
            listed.append(words)
    if listed and _could_stand(listed):
        return None
    first = next((word for _, _, word in found if word), "")
    at = text.rfind("?")
    asks = at >= 0 and not text[at + 1 : at + 2].isalnum()
    return (first if first in ASKING else "") + "?" * asks


def _could_stand(listed: list[frozenset[str]]) -> bool:
    """Whether all words of any listed phrase are there."""
    there = listed[0].union(*listed[1:])
    phrases = _listed()[1]
    return any(there.issuperset(phrase) for word in there for phrase in phrases.get(word, ()))


@cache
def _listed() -> tuple[frozenset[str], dict[str, list[tuple[str, ...]]]]:
    """All words of the phrases that matter, and the phrases by their longest word."""
    words: set[str] = set()
    phrases: dict[str, list[tuple[str, ...]]] = {}
    for book in (SIGNS, NOT_ABOUT, Phrasebook(DANGERS)):
        for _, atoms in book.phrases:
            words.update(atoms)
            phrases.setdefault(max(atoms, key=len), []).append(atoms)
    return frozenset(words), phrases
