"""The valence of each word that has one: VADER's rules, each step with its reason.

See rules/score/vader.py for where they come from. The quirks are kept on purpose.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Final, NamedTuple

from vaderSentiment import vaderSentiment as original

_BOOSTERS: Final[dict[str, float]] = original.BOOSTER_DICT
_NEGATIONS: Final = frozenset(original.NEGATE)
_IDIOMS: Final[dict[str, float]] = original.SPECIAL_CASES
# One word of each saying or pair: where none of these stands near, none has to be put together.
_TELLING: Final = frozenset(
    max(phrase.split(), key=len) for phrase in [*_IDIOMS, *_BOOSTERS] if " " in phrase
)
# What can change the valence of a word near it: where none stands near, its own is all there is.
_CHANGING: Final = (
    _TELLING
    | _NEGATIONS
    | frozenset(_BOOSTERS)
    | {"no", "or", "nor", "never", "so", "this", "without", "doubt", "least", "kind"}
)
_CAPS: Final[float] = original.C_INCR
_TURN: Final[float] = original.N_SCALAR
_NOTHING: Final[Mapping[str, float]] = {}
_BACK = 3
_AHEAD = 2
_DISTANCE: Final = (1.0, 0.95, 0.9)
_OWN_BEFORE_BUT = 0.5
_OWN_AFTER_BUT = 1.5


class Step(NamedTuple):
    """What one rule added to one word's valence.

    ``by`` is the word that made the rule apply, counted from this one: -1 is the word before it.
    """

    rule: str
    delta: float
    by: int


@dataclass(slots=True)
class Hit:
    """A word with a valence. ``steps`` add up to ``valence``."""

    index: int
    valence: float
    steps: tuple[Step, ...] = ()

    def add(self, rule: str, valence: float, by: int) -> None:
        if valence != self.valence:
            self.steps = (*self.steps, Step(rule, valence - self.valence, by))
            self.valence = valence


Word = tuple[str, str, bool, bool, float | None]
"""A word as written and in small letters, whether it is shouted, whether it is telling (it can
change the valence of a word near it), and its valence in VADER's list, if it stands there."""


def word_of(word: str, *, listed: Mapping[str, float]) -> Word:
    low = word.lower()
    return (word, low, word.isupper(), low in _CHANGING or "n't" in low, listed.get(low))


def hits_of(
    heard: Sequence[Word], *, words: Mapping[str, float], own: Mapping[str, float]
) -> list[Hit]:
    """The words with a valence, in order. Without ``own``, ``words`` is VADER's list."""
    if own:
        places = [index for index, word in enumerate(heard) if word[1] in words]
    else:
        places = [index for index, word in enumerate(heard) if word[4] is not None]
    if not places:
        return []
    low = [word[1] for word in heard]
    upper = [word[2] for word in heard]
    telling = [word[3] for word in heard]
    mixed = 0 < sum(upper) < len(low)
    found: list[str] = []
    out: list[Hit] = []
    seen: dict[tuple[object, ...], Hit] = {}
    for index in places:
        word = low[index]
        if word in _BOOSTERS and word not in own:
            continue
        first = max(0, index - _BACK)
        base = words[word]
        if True not in telling[first : index + _AHEAD + 1]:
            shouted = mixed and upper[index]
            out.append(_alone(word, index, base, own=own, shouted=shouted))
            continue
        if word == "kind" and index < len(low) - 1 and low[index + 1] == "of":
            continue
        # Only its neighbours decide a word's valence, and a hostile text repeats itself.
        found = found or [each[0] for each in heard]
        around = (min(index, _BACK), *found[first : index + _AHEAD + 1])
        known = seen.get(around)
        if known is None:
            known = _hit(index, base, found=found, low=low, words=words, own=own, mixed=mixed)
            seen[around] = known
        out.append(Hit(index, known.valence, known.steps))
    return _around_but(out, low)


def valences_of(heard: Sequence[Word], *, words: Mapping[str, float]) -> list[float]:
    """The valences of hits_of() by VADER's list alone, which is ``words``: how they came about is
    left out, which is most of the work."""
    places = [index for index, word in enumerate(heard) if word[4] is not None]
    if not places:
        return []
    low = [word[1] for word in heard]
    if "but" in low:
        return [hit.valence for hit in hits_of(heard, words=words, own=_NOTHING)]
    telling = [word[3] for word in heard]
    shouted = [word[2] for word in heard]
    mixed = True in shouted and False in shouted
    found: list[str] = []
    seen: dict[tuple[object, ...], float] = {}
    out: list[float] = []
    for index in places:
        base = heard[index][4] or 0.0
        first = max(0, index - _BACK)
        if True not in telling[first : index + _AHEAD + 1]:
            if base and mixed and shouted[index]:
                base += _CAPS if base > 0 else -_CAPS
            out.append(base)
            continue
        word = low[index]
        if word in _BOOSTERS or (word == "kind" and low[index + 1 : index + 2] == ["of"]):
            continue
        found = found or [each[0] for each in heard]
        # Only its neighbours decide a word's valence, and a hostile text repeats itself.
        around = (min(index, _BACK), *found[first : index + _AHEAD + 1])
        if around not in seen:
            hit = _hit(index, base, found=found, low=low, words=words, own=_NOTHING, mixed=mixed)
            seen[around] = hit.valence
        out.append(seen[around])
    return out


def _alone(word: str, index: int, base: float, *, own: Mapping[str, float], shouted: bool) -> Hit:
    """A word that nothing near it changes."""
    if base == 0.0:
        return Hit(index, base)
    hit = Hit(index, base, (Step("brand word" if word in own else "lexicon", base, 0),))
    if shouted:
        hit.add("caps", base + (_CAPS if base > 0 else -_CAPS), 0)
    return hit


def _hit(
    index: int,
    base: float,
    *,
    found: Sequence[str],
    low: Sequence[str],
    words: Mapping[str, float],
    own: Mapping[str, float],
    mixed: bool,
) -> Hit:
    word = low[index]
    hit = Hit(index, 0.0)
    hit.add("brand word" if word in own else "lexicon", base, 0)
    if word == "no" and index != len(low) - 1 and low[index + 1] in words:
        hit.add("negation", 0.0, 0)
    if denied := _denied_by_no(index, low):
        hit.add("negation", base * _TURN, -denied)
    if mixed and found[index].isupper():
        hit.add("caps", hit.valence + (_CAPS if hit.valence > 0 else -_CAPS), 0)
    for back in range(1, _BACK + 1):
        if index < back or low[index - back] in words:
            continue
        before = index - back
        boost = _BOOSTERS.get(low[before])
        if boost is not None:
            boost = _boost(found[before], boost, hit.valence, mixed=mixed) * _DISTANCE[back - 1]
            hit.add("booster", hit.valence + boost, -back)
        _negate(hit, low, back)
        if back == _BACK:
            _idioms(hit, low)
    _least(hit, low, words)
    return hit


def _denied_by_no(index: int, low: Sequence[str]) -> int:
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


def _negate(hit: Hit, low: Sequence[str], back: int) -> None:
    index = hit.index
    before = low[index - back]
    if back == 2:
        if before == "never" and low[index - 1] in ("so", "this"):
            hit.add("booster", hit.valence * 1.25, -2)
            return
        if before == "without" and low[index - 1] == "doubt":
            return
    if back == 3:
        # VADER binds this `or` looser than it reads: "so" or "this" just before is enough.
        if (before == "never" and low[index - 2] in ("so", "this")) or (
            low[index - 1] in ("so", "this")
        ):
            hit.add("booster", hit.valence * 1.25, -1)
            return
        if before == "without" and "doubt" in (low[index - 2], low[index - 1]):
            return
    if _negates(before):
        hit.add("negation", hit.valence * _TURN, -back)


def _idioms(hit: Hit, low: Sequence[str]) -> None:
    index = hit.index
    if _TELLING.isdisjoint(low[index - _BACK : index + _AHEAD + 1]):
        return
    three, two, one, here = low[index - 3 : index + 1]
    for idiom in (
        f"{one} {here}",
        f"{two} {one} {here}",
        f"{two} {one}",
        f"{three} {two} {one}",
        f"{three} {two}",
    ):
        if idiom in _IDIOMS:
            hit.add("idiom", _IDIOMS[idiom], -1)
            break
    ahead = low[index + 1 : index + 3]
    for count in range(1, len(ahead) + 1):
        idiom = " ".join([here, *ahead[:count]])
        if idiom in _IDIOMS:
            hit.add("idiom", _IDIOMS[idiom], 1)
    for pair in (f"{three} {two} {one}", f"{three} {two}", f"{two} {one}"):
        if pair in _BOOSTERS:
            hit.add("booster", hit.valence + _BOOSTERS[pair], -2)


def _least(hit: Hit, low: Sequence[str], words: Mapping[str, float]) -> None:
    index = hit.index
    if index == 0 or low[index - 1] != "least" or "least" in words:
        return
    if index > 1 and low[index - 2] in ("at", "very"):
        return
    hit.add("negation", hit.valence * _TURN, -1)


def _around_but(hits: list[Hit], low: Sequence[str]) -> list[Hit]:
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
            by_index[first].add("but", changed, but - first)
    return hits
