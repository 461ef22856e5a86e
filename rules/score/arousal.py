"""Arousal: is it shouted? Capitals, exclamation marks and the strongest words, in any tone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice
from typing import Final

from rules.score.brand import BrandContext
from rules.score.vader import lexicon
from rules.text import Tokens, tokenise

READ_WORDS: Final = 300
"""Words of each field that are read: who shouts, shouts from the beginning."""

STRONG: Final = -2.4
"""A word with this tone in VADER's list (-4 to 4), or a worse one, is strong: hate, disgusting."""

SIGNS: Final = 4
"""So many signs are the whole of it."""

_MOST_OF_A_KIND: Final = 2
_SHORTEST: Final = 4
"""Letters of a word in capitals that is not taken for an abbreviation."""
_CAPITALS: Final = 2
"""So many words in capitals are one sign; twice as many are two."""
_MARKS: Final = (2, 5)
"""So many exclamation marks are one sign, and two."""
_SHOUTED: Final = re.compile(f"[A-Z]{{{_SHORTEST}}}")
_EXCLAMATION: Final = re.compile("[!！‼]+")

Place = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Arousal:
    """``level``: above 0, up to 1. ``what`` names the signs, ``place`` is that of the first."""

    level: float
    what: str
    place: Place


def arousal(fields: tuple[tuple[str, Tokens], ...], *, brand: BrandContext) -> Arousal | None:
    """None where nothing is shouted. The brand's own name is no shouting, however it is written."""
    own = _named(brand.name, brand.handles)
    loud = list(_capitals(fields, own=own))
    marks = [(name, *each.span()) for name, tokens in fields for each in _exclamations(tokens)]
    strong = list(_strong_words(fields))
    exclaimed = sum(end - start for _, start, end in marks)
    told: list[tuple[int, str, Place | None]] = [
        (min(_MOST_OF_A_KIND, len(loud) // _CAPITALS), f"{len(loud)} words in capitals", _of(loud)),
        (sum(exclaimed >= each for each in _MARKS), f"{exclaimed} exclamation marks", _of(marks)),
        (
            min(_MOST_OF_A_KIND, len(strong)),
            f"strong words such as “{strong[0][0]}”" if strong else "",
            strong[0][1] if strong else None,
        ),
    ]
    signs = sum(count for count, _, _ in told)
    if not signs:
        return None
    places = [place for count, _, place in told if count and place is not None]
    return Arousal(
        level=min(SIGNS, signs) / SIGNS,
        what=", ".join(what for count, what, _ in told if count),
        place=places[0],
    )


def _capitals(fields: Iterable[tuple[str, Tokens]], *, own: frozenset[str]) -> Iterator[Place]:
    for name, tokens in fields:
        if tokens.text.isascii() and not _SHOUTED.search(tokens.text):
            continue
        for word, start, end in islice(
            zip(tokens.words, tokens.starts, tokens.ends, strict=True), READ_WORDS
        ):
            written = tokens.text[start:end]
            long = len(written) >= _SHORTEST and word not in own
            if long and written.isupper() and written.isalpha():
                yield name, start, end


def _exclamations(tokens: Tokens) -> Iterator[re.Match[str]]:
    end = tokens.ends[READ_WORDS] if len(tokens.ends) > READ_WORDS else len(tokens.text)
    return _EXCLAMATION.finditer(tokens.text, 0, end)


def _strong_words(fields: Iterable[tuple[str, Tokens]]) -> Iterator[tuple[str, Place]]:
    strong = strong_words()
    for name, tokens in fields:
        if tokens.atoms.isdisjoint(strong):
            continue
        for word, start, end in islice(
            zip(tokens.words, tokens.starts, tokens.ends, strict=True), READ_WORDS
        ):
            if word in strong:
                yield tokens.text[start:end], (name, start, end)


@cache
def strong_words() -> frozenset[str]:
    return frozenset(word for word, valence in lexicon().items() if valence <= STRONG)


def _of(places: list[Place]) -> Place | None:
    return places[0] if places else None


@lru_cache(maxsize=256)
def _named(name: str, handles: tuple[str, ...]) -> frozenset[str]:
    return frozenset(tokenise(" ".join([name, *handles])).words)
