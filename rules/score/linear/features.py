"""The features of a text by name: what the model's weights are weights of.

    word                  a word                       c:ⁿ   three to five letters of a word
    ¬word                 a word that is denied        v:…   what VADER makes of the text
    one two, one _ three  words side by side, apart    t:…   the text as a whole

`named` is the plain meaning; `scorer.py` gives the same sum faster, which the tests hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import log2
from typing import Final

from rules.score.linear.words import REACH, denies, words_of

LETTERS: Final = (3, 4, 5)
_LENGTHS: Final = tuple([3 + min(8, round(2 * log2(1 + words) - 3)) for words in range(80)])


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
    out += listed(tone_of(valences, compound=compound), TONES)
    out += listed(whole_of(text, words=len(words)), WHOLES)
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


def tone_of(valences: Sequence[float], *, compound: float) -> list[int]:
    """VADER's view in whole numbers: tenths of the compound from 0 to 20, good and bad words from 0
    to 12, the signs of the first and the last (0 for none, 1 bad, 2 good), and whether
    there are both."""
    tenths = round(compound * 10) + 10
    if not valences:
        return [tenths, 0, 0, 0, 0, 0]
    bad = -sum([valence for valence in valences if valence < 0])
    good = sum(valences) + bad
    goods, bads = min(12, round(good * 1.5)), min(12, round(bad * 1.5))
    first, last = 1 + (valences[0] > 0), 1 + (valences[-1] > 0)
    return [tenths, goods, bads, first, last, 1 if goods and bads else 0]


TONES: Final[Sequence[Sequence[str]]] = (
    [f"v:{tenths - 10}" for tenths in range(21)],
    [f"v:+{good}" for good in range(13)],
    [f"v:-{bad}" for bad in range(13)],
    ["", "v:first-1", "v:first1"],
    ["", "v:last-1", "v:last1"],
    ["", "v:both"],
)
"""The features of each number of tone_of."""


def whole_of(text: str, *, words: int) -> list[int]:
    """The text as a whole, in whole numbers: length, exclamation and question marks up to three,
    whether it starts by speaking to somebody (1) or repeats another (2), whether it is shouted."""
    begins = 1 if text[:1] == "@" else 2 if text[:2] == "RT" else 0
    return [
        _LENGTHS[words] if words < len(_LENGTHS) else _LENGTHS[-1],
        min(3, text.count("!")),
        min(3, text.count("?")),
        begins,
        1 if words > 1 and text.isupper() else 0,
    ]


WHOLES: Final[Sequence[Sequence[str]]] = (
    [f"t:{length}" for length in range(-3, 9)],
    [f"t:!{count}" for count in range(4)],
    [f"t:?{count}" for count in range(4)],
    ["", "t:@", "t:rt"],
    ["", "t:caps"],
)
"""The features of each number of whole_of."""


def listed(numbers: Sequence[int], names: Sequence[Sequence[str]]) -> list[str]:
    """The names that the numbers stand for."""
    found = [row[number] for number, row in zip(numbers, names, strict=True)]
    return [name for name in found if name]
