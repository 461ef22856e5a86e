"""The tone by the word list alone: VADER's compound, and how much of it each word made."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from math import sqrt
from typing import Final

from rules.mention import Mention
from rules.score.brand import BrandContext
from rules.score.explanation import Label, Part, Scored
from rules.score.vader import ALPHA, Tone, lexicon, tone
from rules.score.valence import Hit, Step

THRESHOLD = 0.05
"""VADER's own cut between neutral and the rest, on either side of zero."""

PARTS_LIMIT = 40
"""Reasons kept; a long article has thousands of small ones, told as one."""

READ_LIMIT = 20_000
"""Characters whose tone is judged, some 3,500 words: a post of nothing but emoji would otherwise
take a second and more."""

_VALENCE_LIMIT = 4.0
_SHOWN = 40
_ENGLISH: Final = frozenset({"en", "eng"})
_UNTOLD: Final = frozenset({"", "und", "mul", "mis", "zxx"})
_LATIN_UNTIL = "\u024f"
_SAMPLE = 2_000


def by_word_list(mention: Mention, *, brand: BrandContext) -> tuple[Scored, Label]:
    """-1 to 1 with a label: at most -0.05 is negative, at least 0.05 positive.

    A text in another language, or without one, is unknown with the value 0: it is left out of
    what counts negative and positive, never called neutral.
    """
    return _judged(mention.title, mention.text, mention.lang, tuple(brand.lexicon.items()))


@lru_cache(maxsize=16)
def _judged(
    title: str, body: str, lang: str | None, said: tuple[tuple[str, float], ...]
) -> tuple[Scored, Label]:
    """The last few are kept, since one mention is often scored for several queries in a row."""
    text, title_length = _spoken(title, body)
    reason = _why_unknown(lang, text)
    if reason is not None:
        return Scored(0.0, (Part("unknown", reason, 0.0),)), Label.UNKNOWN
    own, words = _words(said)
    heard = tone(text[:READ_LIMIT], words=words, own=own)
    value = heard.compound
    parts = _parts(heard, title_length=title_length)
    if len(text) > READ_LIMIT:
        unread = f"Only its first {READ_LIMIT:,} characters were judged"
        parts = (*parts, Part("cut", unread, 0.0))
    if value <= -THRESHOLD:
        return Scored(value, parts), Label.NEGATIVE
    if value >= THRESHOLD:
        return Scored(value, parts), Label.POSITIVE
    return Scored(value, parts), Label.NEUTRAL


def _spoken(title: str, text: str) -> tuple[str, int | None]:
    """What is judged: the title and the text, once where a feed repeats the title in the text."""
    if not title or text.startswith(title):
        return text, None
    return f"{title}\n{text}", len(title)


def _why_unknown(lang: str | None, text: str) -> str | None:
    if not text or text.isspace():
        return "There is no text to judge"
    told = (lang or "").replace("_", "-").split("-")[0].lower()
    if told in _ENGLISH:
        return None
    if told not in _UNTOLD:
        return f"It is said to be in another language ({told[:8]}); only English tone is judged"
    if not text.isascii() and _mostly_foreign(text[:_SAMPLE]):
        return "It is not written in Latin letters; only English tone is judged"
    return None


def _mostly_foreign(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    return 2 * sum([letter > _LATIN_UNTIL for letter in letters]) > len(letters)


@lru_cache(maxsize=256)
def _words(
    own: tuple[tuple[str, float], ...],
) -> tuple[Mapping[str, float], Mapping[str, float]]:
    """The brand's words, and the whole list with the brand's word over VADER's."""
    if not own:
        return {}, lexicon()
    said = {
        word.lower(): max(-_VALENCE_LIMIT, min(_VALENCE_LIMIT, valence)) for word, valence in own
    }
    return said, {**lexicon(), **said}


def _parts(heard: Tone, *, title_length: int | None) -> tuple[Part, ...]:
    """Each step's share of the compound: they are scaled by what normalising did to their sum."""
    if not heard.hits:
        return (Part("lexicon", "No word in it carries a tone", 0.0),)
    scale = 1 / sqrt(heard.total * heard.total + ALPHA)
    steps = [(hit, step) for hit in heard.hits for step in hit.steps]
    kept, rest = _largest(steps)
    parts = [
        Part(
            step.rule,
            _say(hit, step, heard),
            step.delta * scale,
            _span(heard, hit.index + step.by, title_length=title_length),
        )
        for hit, step in kept
    ]
    if rest:
        count = len(steps) - len(kept)
        parts.append(Part("rest", f"{count:,} smaller reasons together", rest * scale))
    if heard.emphasis:
        parts.append(
            Part("punctuation", "Exclamation or question marks add force", heard.emphasis * scale)
        )
    return _rounded(parts, heard.compound)


def _largest(steps: list[tuple[Hit, Step]]) -> tuple[list[tuple[Hit, Step]], float]:
    if len(steps) <= PARTS_LIMIT:
        return steps, 0.0
    ranked = sorted(range(len(steps)), key=lambda number: -abs(steps[number][1].delta))
    kept = sorted(ranked[:PARTS_LIMIT])
    rest = sum([steps[number][1].delta for number in sorted(ranked[PARTS_LIMIT:])])
    return [steps[number] for number in kept], rest


def _rounded(parts: list[Part], value: float) -> tuple[Part, ...]:
    """VADER rounds to four digits; what that changed goes to the weightiest part."""
    if not parts:
        return (Part("lexicon", "No word in it carries a tone", 0.0),)
    most = max(range(len(parts)), key=lambda number: abs(parts[number].contribution))
    part = parts[most]
    missing = value - sum([each.contribution for each in parts])
    parts[most] = Part(part.rule, part.what, part.contribution + missing, part.span)
    return tuple(parts)


def _span(heard: Tone, index: int, *, title_length: int | None) -> tuple[str, int, int]:
    start, end = heard.spans.of(index)
    if title_length is None:
        return "text", start, end
    if start < title_length:
        return "title", start, end
    before = title_length + 1
    return "text", start - before, end - before


def _quoted(word: str) -> str:
    return f"“{word}”" if len(word) <= _SHOWN else f"“{word[:_SHOWN]}…”"


def _say(hit: Hit, step: Step, heard: Tone) -> str:
    word = _quoted(heard.words[hit.index])
    by = _quoted(heard.words[hit.index + step.by])
    tone_word = "positive" if step.delta > 0 else "negative"
    match step.rule:
        case "lexicon":
            return f"{word} sounds {tone_word}"
        case "brand word":
            return f"{word} is {tone_word} in this brand's own word list"
        case "negation":
            return f"{by} turns {word} round" if step.by else f"{word} denies the next"
        case "booster":
            return f"{by} makes {word} more {tone_word}"
        case "caps":
            return f"{word} is shouted in capitals"
        case "idiom":
            return f"{word} is part of a saying"
        case _:
            after = step.by < 0
            return f"{word} stands {'after' if after else 'before'} {by}, which weighs " + (
                "more" if after else "less"
            )
