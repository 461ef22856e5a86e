"""VADER's arithmetic in linear time, with every step kept.

The word lists and constants are those of the installed vaderSentiment 3.3.2 (Hutto and Gilbert,
"VADER: A Parsimonious Rule-based Model for Sentiment Analysis of Social Media Text", ICWSM 2014;
MIT licence), and so is the result: `compound` is the same to the last digit for every text, quirks
included, which the tests hold. The original copies the whole list of words at every hit and builds
the text character by character, so that 4,000 emoji in one post take it 25 seconds; here each word
is looked at once.

One exception to "no I/O": vaderSentiment reads its two word lists from its own package when they
are first asked for, once per process.
"""

from __future__ import annotations

import re
import string
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import sqrt
from typing import Final

from vaderSentiment import vaderSentiment as original

from rules.score.valence import Hit, Word, hits_of, valences_of, word_of

ALPHA: Final = 15
"""Of normalize(): the sum of valences at which the tone is 1/sqrt(2)."""

_PIECE: Final = re.compile(r"\S+")  # cuts where str.split() cuts
_EMOTICON_LENGTH = 2


@dataclass(frozen=True, slots=True)
class Tone:
    """``compound`` is VADER's. ``total`` is the sum it is made of, ``emphasis`` included."""

    compound: float
    total: float
    emphasis: float
    hits: tuple[Hit, ...]
    words: tuple[str, ...]
    spans: Spans


class Spans:
    """Where words stand in the text before emoji were written out. Made only when asked for."""

    __slots__ = ("_emoji", "_pieces", "_read", "_starts")

    def __init__(self, read: str, pieces: list[str], emoji: list[tuple[int, int, int]]) -> None:
        self._read = read
        self._pieces = pieces
        self._emoji = emoji
        self._starts: list[int] | None = None

    def of(self, index: int) -> tuple[int, int]:
        """Start and end of a word in the text as it was given."""
        if self._starts is None:
            self._starts = [piece.start() for piece in _PIECE.finditer(self._read)]
        piece = self._pieces[index]
        word = _word(piece)
        start = self._starts[index] + piece.index(word)
        return self._before(start, last=False), self._before(start + len(word), last=True)

    def _before(self, offset: int, *, last: bool) -> int:
        """An offset into the text with emoji written out, as an offset into the text before."""
        at = bisect_right(self._emoji, (offset - last, len(self._read))) - 1
        if at < 0:
            return offset
        start, length, original_start = self._emoji[at]
        if offset - last < start + length:
            return original_start + last
        return offset - (start + length) + original_start + 1


class _Seen(dict[str, Word]):
    """What is known of a piece wherever it stands: the same pieces come again and again."""

    def __missing__(self, piece: str) -> Word:
        found = self[piece] = word_in(piece)
        return found


_SEEN: Final = _Seen()
_SEEN_LIMIT = 20_000


@cache
def _analyzer() -> original.SentimentIntensityAnalyzer:
    return original.SentimentIntensityAnalyzer()


@cache
def lexicon() -> Mapping[str, float]:
    """VADER's words with their valences, -4 to 4."""
    words: dict[str, float] = _analyzer().lexicon
    return words


@cache
def _emoji() -> tuple[re.Pattern[str], dict[str, str]]:
    names = {sign: name for sign, name in _analyzer().emojis.items() if len(sign) == 1}
    return re.compile("[" + "".join(map(re.escape, names)) + "]"), names


def tone(text: str, *, words: Mapping[str, float], own: Mapping[str, float]) -> Tone:
    """VADER's view of a text. ``words`` is the whole word list, ``own`` what of it the brand says.

    With ``words=lexicon()`` and nothing of its own the compound is vaderSentiment's.
    """
    read, emoji = _written_out(text)
    pieces = read.split()
    heard = _known(pieces)
    hits = hits_of(heard, words=words, own=own)
    total, emphasis, compound = _summed([hit.valence for hit in hits], read)
    return Tone(
        compound=compound,
        total=total,
        emphasis=emphasis,
        hits=tuple(hits),
        words=tuple([word[0] for word in heard]),
        spans=Spans(read, pieces, emoji),
    )


def word_in(piece: str) -> Word:
    """What is known of a piece of text, cut at blanks, by itself."""
    return word_of(piece if piece.isalnum() else _word(piece), listed=lexicon())


def sound(text: str, heard: Sequence[Word] | None = None) -> tuple[float, list[float]]:
    """VADER's compound and the valences it is made of: tone() without what explains it.

    ``heard``: the words of the text's pieces (see word_in), by who has cut it already.
    """
    if heard is None or _has_emoji(text):
        text = _written_out(text)[0]
        heard = _known(text.split())
    valences = valences_of(heard, words=lexicon())
    if not valences:
        return 0.0, []
    return _summed(valences, text)[2], valences


def _has_emoji(text: str) -> bool:
    return not (text.isascii() or _emoji()[1].keys().isdisjoint(text))


def _known(pieces: list[str]) -> list[Word]:
    if len(_SEEN) > _SEEN_LIMIT:
        _SEEN.clear()
    return list(map(_SEEN.__getitem__, pieces))


def _summed(valences: list[float], read: str) -> tuple[float, float, float]:
    """The sum of the valences with the emphasis, the emphasis, and the compound."""
    total = float(sum(valences))
    emphasis = 0.0
    if total:
        emphasis = _emphasis(read) * (1.0 if total > 0 else -1.0)
        total += emphasis
    compound = max(-1.0, min(1.0, total / sqrt(total * total + ALPHA)))
    return total, emphasis, round(compound, 4) + 0.0


def _written_out(text: str) -> tuple[str, list[tuple[int, int, int]]]:
    """Emoji replaced by their names as VADER does: a space before where there is none, none after.

    With them (start, length, original start) of each.
    """
    pattern, names = _emoji()
    if not _has_emoji(text):
        return text, []
    out: list[str] = []
    places: list[tuple[int, int, int]] = []
    length = 0
    done = 0
    space_before = True
    for sign in pattern.finditer(text):
        start = sign.start()
        if start > done:
            between = text[done:start]
            out.append(between)
            length += len(between)
            space_before = between[-1] == " "
        if not space_before:
            out.append(" ")
            length += 1
        name = names[sign.group()]
        out.append(name)
        places.append((length, len(name), start))
        length += len(name)
        space_before = False
        done = start + 1
    out.append(text[done:])
    return "".join(out), places


def signs_in(text: str) -> str:
    """Only the emoji and emoticons that VADER knows, with blanks between."""
    _, names = _emoji()
    words = lexicon()
    out: list[str] = []
    for piece in text.split():
        if piece in words and not any(map(str.isalnum, piece)):
            out.append(piece)
        elif not piece.isascii():
            out += [sign for sign in piece if sign in names]
    return " ".join(out)


def _word(piece: str) -> str:
    stripped = piece.strip(string.punctuation)
    return piece if len(stripped) <= _EMOTICON_LENGTH else stripped


def _emphasis(text: str) -> float:
    """Up to four exclamation marks; two or three question marks, or more."""
    exclamations = min(text.count("!"), 4) * 0.292
    questions = text.count("?")
    if questions <= 1:
        return exclamations
    return exclamations + (questions * 0.18 if questions <= 3 else 0.96)
