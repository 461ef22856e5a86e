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
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from heapq import heappop, heappush
from math import sqrt
from typing import Final, NamedTuple

from vaderSentiment import vaderSentiment as original

ALPHA: Final = 15
"""Of normalize(): the sum of valences at which the tone is 1/sqrt(2)."""

_BOOSTERS: Final[dict[str, float]] = original.BOOSTER_DICT
_NEGATIONS: Final = frozenset(original.NEGATE)
_IDIOMS: Final[dict[str, float]] = original.SPECIAL_CASES
_CAPS: Final[float] = original.C_INCR
_TURN: Final[float] = original.N_SCALAR
_DISTANCE: Final = (1.0, 0.95, 0.9)
_PIECE: Final = re.compile(r"\S+")  # cuts where str.split() cuts
_EMOTICON_LENGTH = 2
_OWN_BEFORE_BUT = 0.5
_OWN_AFTER_BUT = 1.5


class Step(NamedTuple):
    """What one rule added to one word's valence; ``by`` is the word that made the rule apply."""

    rule: str
    delta: float
    by: int


@dataclass(slots=True)
class Hit:
    """A word with a valence. ``steps`` add up to ``valence``."""

    index: int
    valence: float
    steps: list[Step]

    def add(self, rule: str, valence: float, by: int) -> None:
        if valence != self.valence:
            self.steps.append(Step(rule, valence - self.valence, by))
            self.valence = valence


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


@cache
def _analyzer() -> original.SentimentIntensityAnalyzer:
    return original.SentimentIntensityAnalyzer()


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
    found = [piece if piece.isalnum() else _word(piece) for piece in pieces]
    hits = _hits(found, words=words, own=own)
    total = float(sum([hit.valence for hit in hits]))
    emphasis = 0.0
    if total:
        emphasis = _emphasis(read) * (1.0 if total > 0 else -1.0)
        total += emphasis
    compound = max(-1.0, min(1.0, total / sqrt(total * total + ALPHA)))
    return Tone(
        compound=round(compound, 4) + 0.0,
        total=total,
        emphasis=emphasis,
        hits=tuple(hits),
        words=tuple(found),
        spans=Spans(read, pieces, emoji),
    )


def _written_out(text: str) -> tuple[str, list[tuple[int, int, int]]]:
    """Emoji replaced by their names as VADER does: a space before where there is none, none after.

    With them (start, length, original start) of each.
    """
    pattern, names = _emoji()
    if text.isascii() or pattern.search(text) is None:
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


def _hits(found: list[str], *, words: Mapping[str, float], own: Mapping[str, float]) -> list[Hit]:
    low = [word.lower() for word in found]
    count = len(low)
    out: list[Hit] = []
    mixed: bool | None = None
    for index, word in enumerate(low):
        base = words.get(word)
        if base is None or (word in _BOOSTERS and word not in own):
            continue
        if word == "kind" and index < count - 1 and low[index + 1] == "of":
            continue
        if mixed is None:
            shouted = sum([each.isupper() for each in found])
            mixed = 0 < shouted < count
        out.append(_hit(index, base, found=found, low=low, words=words, own=own, mixed=mixed))
    return _around_but(out, low)


def _hit(
    index: int,
    base: float,
    *,
    found: list[str],
    low: list[str],
    words: Mapping[str, float],
    own: Mapping[str, float],
    mixed: bool,
) -> Hit:
    word = low[index]
    hit = Hit(index, 0.0, [])
    hit.add("brand word" if word in own else "lexicon", base, index)
    if word == "no" and index != len(low) - 1 and low[index + 1] in words:
        hit.add("negation", 0.0, index)
    if denied := _denied_by_no(index, low):
        hit.add("negation", base * _TURN, index - denied)
    if mixed and found[index].isupper():
        hit.add("caps", hit.valence + (_CAPS if hit.valence > 0 else -_CAPS), index)
    for back in (1, 2, 3):
        if index < back or low[index - back] in words:
            continue
        before = index - back
        boost = _BOOSTERS.get(low[before])
        if boost is not None:
            boost = _boost(found[before], boost, hit.valence, mixed=mixed) * _DISTANCE[back - 1]
            hit.add("booster", hit.valence + boost, before)
        _negate(hit, low, back)
        if back == 3:
            _idioms(hit, low)
    _least(hit, low, words)
    return hit


def _denied_by_no(index: int, low: list[str]) -> int:
    """How far back a "no" stands that turns this word; 0 for none."""
    if index > 0 and low[index - 1] == "no":
        return 1
    if index > 1 and low[index - 2] == "no":
        return 2
    if index > 2 and low[index - 3] == "no" and low[index - 1] in ("or", "nor"):
        return 3
    return 0


def _boost(word: str, boost: float, valence: float, *, mixed: bool) -> float:
    if valence < 0:
        boost = -boost
    if mixed and word.isupper():
        boost += _CAPS if valence > 0 else -_CAPS
    return boost


def _negates(word: str) -> bool:
    return word in _NEGATIONS or "n't" in word


def _negate(hit: Hit, low: list[str], back: int) -> None:
    index = hit.index
    before = low[index - back]
    if back == 2:
        if before == "never" and low[index - 1] in ("so", "this"):
            hit.add("booster", hit.valence * 1.25, index - 2)
            return
        if before == "without" and low[index - 1] == "doubt":
            return
    if back == 3:
        # VADER binds this `or` looser than it reads: "so" or "this" just before is enough.
        if (before == "never" and low[index - 2] in ("so", "this")) or (
            low[index - 1] in ("so", "this")
        ):
            hit.add("booster", hit.valence * 1.25, index - 1)
            return
        if before == "without" and "doubt" in (low[index - 2], low[index - 1]):
            return
    if _negates(before):
        hit.add("negation", hit.valence * _TURN, index - back)


def _idioms(hit: Hit, low: list[str]) -> None:
    index = hit.index
    three, two, one, here = low[index - 3 : index + 1]
    for idiom in (
        f"{one} {here}",
        f"{two} {one} {here}",
        f"{two} {one}",
        f"{three} {two} {one}",
        f"{three} {two}",
    ):
        if idiom in _IDIOMS:
            hit.add("idiom", _IDIOMS[idiom], index - 1)
            break
    ahead = low[index + 1 : index + 3]
    for count in range(1, len(ahead) + 1):
        idiom = " ".join([here, *ahead[:count]])
        if idiom in _IDIOMS:
            hit.add("idiom", _IDIOMS[idiom], index + 1)
    for pair in (f"{three} {two} {one}", f"{three} {two}", f"{two} {one}"):
        if pair in _BOOSTERS:
            hit.add("booster", hit.valence + _BOOSTERS[pair], index - 2)


def _least(hit: Hit, low: list[str], words: Mapping[str, float]) -> None:
    index = hit.index
    if index == 0 or low[index - 1] != "least" or "least" in words:
        return
    if index > 1 and low[index - 2] in ("at", "very"):
        return
    hit.add("negation", hit.valence * _TURN, index - 1)


def _around_but(hits: list[Hit], low: list[str]) -> list[Hit]:
    """What stands before the first "but" counts half, what follows one and a half times.

    VADER looks words up by their value, so of equal values it changes the first one twice and the
    last one not at all. A heap of places per value finds that first one without searching.
    """
    if not hits or "but" not in low:
        return hits
    but = low.index("but")
    by_index = {hit.index: hit for hit in hits}
    places: dict[float, list[int]] = {}
    for hit in hits:
        places.setdefault(hit.valence, []).append(hit.index)
    for value in [hit.valence for hit in hits]:
        first = places[value][0]
        if first == but or value == 0:
            continue
        changed = value * (_OWN_BEFORE_BUT if first < but else _OWN_AFTER_BUT)
        if changed != value:
            heappop(places[value])
            heappush(places.setdefault(changed, []), first)
            by_index[first].add("but", changed, but)
    return hits
