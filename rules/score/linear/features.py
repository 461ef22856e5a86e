"""The features of a text by name: what the model's weights are weights of.

    word                  a word                       c:ⁿ   three to five letters of a word
    ¬word                 a word that is denied        v:…   what VADER makes of the text
    one two, one _ three  words side by side, apart    t:…   the text as a whole

`named` is the plain meaning; `scorer.py` gives the same sum faster, which the tests hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import log2
from typing import Final, NamedTuple

from rules.score.linear.words import REACH, denies, words_of

LETTERS: Final = (3, 4, 5)
_LENGTHS: Final = tuple([min(8, round(2 * log2(1 + words) - 3)) for words in range(80)])


def named(text: str, *, valences: Sequence[float], compound: float) -> list[str]:
    """All features, as often as they hold. ``valences`` are those of VADER's hits, in order."""
    out: list[str] = []
    words: list[str] = []
    denied = 0
    for piece in text.split():
        found = words_of(piece)
        for word in found.words:
            out += of_word(word)
            if denied:
                out.append("¬" + word)
                denied -= 1
            if denies(word):
                denied = REACH
            words.append(word)
        if found.ends:
            denied = 0
    for at in range(1, len(words)):
        out.append(f"{words[at - 1]} {words[at]}")
    for at in range(2, len(words)):
        out.append(f"{words[at - 2]} _ {words[at]}")
    out += of_tone(tone_of(valences, compound=compound))
    out += of_whole(whole_of(text, words=len(words)))
    return out


def of_word(word: str) -> list[str]:
    """The word and its runs of letters, its ends marked."""
    out = [word]
    if len(word) > 2 and word[0].isalpha():
        out += letters(word)
    return out


def letters(word: str) -> Iterator[str]:
    edged = f"<{word}>"
    for length in LETTERS:
        for at in range(len(edged) - length + 1):
            yield "c:" + edged[at : at + length]


class Tone(NamedTuple):
    """What is looked at of VADER's view, in whole numbers."""

    compound: int
    good: int
    bad: int
    first: int
    last: int


def tone_of(valences: Sequence[float], *, compound: float) -> Tone:
    """Tenths of the compound, its good and bad words apart, and the signs of the ends."""
    if not valences:
        return Tone(round(compound * 10), 0, 0, 0, 0)
    bad = -sum([valence for valence in valences if valence < 0])
    good = sum(valences) + bad
    return Tone(
        round(compound * 10),
        min(12, round(good * 1.5)),
        min(12, round(bad * 1.5)),
        1 if valences[0] > 0 else -1,
        1 if valences[-1] > 0 else -1,
    )


def of_tone(tone: Tone) -> list[str]:
    out = [f"v:{tone.compound}", f"v:+{tone.good}", f"v:-{tone.bad}"]
    if tone.first:
        out.append(f"v:first{tone.first}")
        out.append(f"v:last{tone.last}")
    if tone.good and tone.bad:
        out.append("v:both")
    return out


class Whole(NamedTuple):
    """What is looked at of the text as a whole, in whole numbers."""

    length: int
    exclaims: int
    asks: int
    start: str
    shouted: bool


def whole_of(text: str, *, words: int) -> Whole:
    return Whole(
        _LENGTHS[min(words, len(_LENGTHS) - 1)],
        min(3, text.count("!")),
        min(3, text.count("?")),
        "@" if text[:1] == "@" else "rt" if text[:2] == "RT" else "",
        words > 1 and text.isupper(),
    )


def of_whole(whole: Whole) -> list[str]:
    """Its length, its marks, whether it is shouted, and whom it speaks to."""
    out = [f"t:{whole.length}", f"t:!{whole.exclaims}", f"t:?{whole.asks}"]
    if whole.start:
        out.append(f"t:{whole.start}")
    if whole.shouted:
        out.append("t:caps")
    return out
