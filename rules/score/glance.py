"""Whether anything in a text but its tone can matter: for most texts nothing can, and that is soon
seen.

Texts are cut at blanks, the same pieces come again and again, and what a piece could matter for is
remembered. A glance may take a text for telling that is not; never the other way round.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

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

Phrase = tuple[str, ...]

_Piece = tuple[bool, frozenset[str], list[str], bool]
"""Whether it is telling by itself, the words of listed phrases in it, all its words, and whether it
may be shouted."""


class _Pieces(dict[str, _Piece]):
    def __missing__(self, piece: str) -> _Piece:
        if len(piece) > _LONGEST:
            return True, _NOTHING, [], False
        tokens = Tokens(piece)
        words = tokens.words
        loud = any(run.isupper() for run in _CAPITALS.findall(piece))
        strong = not strong_words().isdisjoint(words)
        listed = _listed().words & tokens.atoms
        telling = _ODD.search(piece) is not None or not listed.issubset(words)
        self[piece] = found = (telling, listed or _NOTHING, words, loud or strong)
        return found


_PIECES: Final = _Pieces()


class Seen(NamedTuple):
    """How a text asks, as the shortest text that asks in the same way, which of the phrases that
    are signs of an intent stand in it, and whether it may be shouted (see arousal)."""

    asks: str
    signs: frozenset[Phrase]
    loud: bool


def glance(text: str) -> Seen | None:
    """None where a closer look is needed. Else nothing in it is a reason for relevance, priority or
    intent but what was seen. Only for brands without words, red lines and topics of their own."""
    if text.count("#") > _TAGS:
        return None
    if len(_PIECES) > PIECES_LIMIT:
        _PIECES.clear()
    found = list(map(_PIECES.__getitem__, text.split()))
    if True in [piece[0] for piece in found]:
        return None
    listed = [piece[1] for piece in found if piece[1]]
    signs = _standing(listed, found) if listed else _NO_SIGNS
    if signs is None:
        return None
    first = next((words[0] for _, _, words, _ in found if words), "")
    at = text.rfind("?")
    asks = at >= 0 and not text[at + 1 : at + 2].isalnum()
    loud = text.count("!") > 1 or True in [piece[3] for piece in found]
    return Seen((first if first in ASKING else "") + "?" * asks, signs, loud)


def _standing(listed: list[frozenset[str]], found: list[_Piece]) -> frozenset[Phrase] | None:
    """The listed phrases that stand in it; None where one of them is more than a sign."""
    there = listed[0].union(*listed[1:])
    known = _listed()
    likely = [
        phrase
        for word in there
        for phrase in known.by_word.get(word, ())
        if there.issuperset(phrase)
    ]
    if not likely:
        return _NO_SIGNS
    words = " ".join([word for _, _, inside, _ in found for word in inside])
    text = f" {words} "
    standing = [phrase for phrase in likely if f" {' '.join(phrase)} " in text]
    return None if any(phrase in known.grave for phrase in standing) else frozenset(standing)


_NO_SIGNS: Final[frozenset[Phrase]] = frozenset()


@dataclass(frozen=True, slots=True)
class _Listed:
    """All words of the phrases that matter, the phrases by their longest word, and those that are
    more than signs of an intent: dangers and adverts."""

    words: frozenset[str]
    by_word: dict[str, list[Phrase]]
    grave: frozenset[Phrase]


@cache
def _listed() -> _Listed:
    signs = {atoms for _, atoms in SIGNS.phrases}
    grave = {atoms for book in (NOT_ABOUT, Phrasebook(DANGERS)) for _, atoms in book.phrases}
    by_word: dict[str, list[Phrase]] = {}
    for atoms in sorted(signs | grave):
        by_word.setdefault(max(atoms, key=len), []).append(atoms)
    words = frozenset(word for atoms in signs | grave for word in atoms)
    return _Listed(words, by_word, frozenset(grave))
