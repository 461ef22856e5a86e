"""In which tone a mention speaks of each topic: that of the sentences that speak of it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rules.mention import Mention
from rules.score.brand import BrandContext
from rules.score.explanation import Label
from rules.score.judge import Asked, judge
from rules.text import Tokens
from rules.topic import Touched

MOST_JUDGED: Final = 4
"""Pieces of one mention that are judged by themselves; of further topics the whole speaks."""

LONGEST: Final = 1_000
"""Characters of one piece."""

Fields = tuple[tuple[str, Tokens], ...]


@dataclass(frozen=True, slots=True)
class Spoken:
    """How a mention speaks of one topic. ``polarity``: -1 to 1, as that of the whole."""

    touched: Touched
    polarity: float
    label: Label


def spoken(
    mention: Mention,
    *,
    touched: Sequence[Touched],
    brand: BrandContext,
    fields: Fields,
    language: str,
    whole: tuple[float, Label],
) -> tuple[Spoken, ...]:
    """Of each topic that is touched. ``whole``: polarity and label of the mention, which hold where
    there is only one sentence or no place, or where the whole could not be judged. ``language``:
    that of the mention, since one sentence alone is short to tell it by."""
    known: dict[str, tuple[float, Label]] = {}
    out: list[Spoken] = []
    single = sum(len(tokens.sentence_starts) for _, tokens in fields) <= 1
    for one in touched:
        text = "" if single or whole[1] is Label.UNKNOWN else _sentences(one, fields)
        if text and text not in known and len(known) < MOST_JUDGED:
            asked = Asked(text, told=language or mention.lang, own=brand.lexicon)
            heard = judge(asked)
            unknown = heard.label is Label.UNKNOWN
            known[text] = whole if unknown else (heard.value, heard.label)
        polarity, label = known.get(text, whole)
        out.append(Spoken(one, polarity, label))
    return tuple(out)


def _sentences(one: Touched, fields: Fields) -> str:
    """The sentences that the places stand in, in their order, each once."""
    texts: dict[str, Tokens] = dict(fields)
    found: list[str] = []
    for name, start, _ in one.places:
        tokens = texts[name]
        beginnings = tokens.sentence_starts
        word = bisect_right(tokens.starts, start) - 1
        number = bisect_right(beginnings, max(0, word)) - 1
        begin = tokens.starts[beginnings[number]]
        last = number + 1 == len(beginnings)
        end = len(tokens.text) if last else tokens.starts[beginnings[number + 1]]
        found.append(tokens.text[begin:end].strip())
    return " ".join(dict.fromkeys(found))[:LONGEST]
