"""Polarity: how bad or good it sounds, by the learned stages, the stars and the brand's own words.

Every reason has its odds, which are plainly added; the value is the chance of positive less that of
negative, and each part's share of it is its share of the margin between the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from rules.mention import Mention
from rules.query import Match
from rules.score import weights
from rules.score.brand import BrandContext
from rules.score.corrections import corrected, features_of
from rules.score.explanation import Label, Odds, Opinion, Part, Scored
from rules.score.judge import Asked, Depth, judge
from rules.score.judgement import (
    LABELS,
    Judgement,
    Stage,
    bent,
    careful_label_of,
    chances_of,
    label_of,
)
from rules.text import fold, tokenise

READ_LIMIT: Final = 4_000
"""Characters of title and text that are judged, some 700 words: news says first what it has to say,
and what follows is seldom about the brand."""

RATING: Final = "rating"
CORRECTION: Final = "correction"
"""The stages where no model could read the text: the stars spoke, or only what was corrected."""

ENOUGH: Final = 0.5
"""The least chance of a label for which stars or corrections alone are enough."""

STARS: Final = ((2.5, -1.0), (1.5, -0.5), (0.0, 0.0), (-0.5, 1.5), (-1.0, 2.5))
"""What one to five stars add to negative and positive over neutral (logarithms of odds): whoever
gives one star and writes a joke is not pleased. Between whole stars the numbers lie between."""

_ALWAYS: Final = frozenset({"start", "rest"})
"""Parts that are not one reason which could have been missing."""


def polarity(
    mention: Mention, match: Match, *, brand: BrandContext, depth: Depth = Depth.LINEAR
) -> tuple[Scored, Label, Opinion]:
    """-1 to 1 with the likeliest label, and who said so.

    Where nothing can judge it (no model knows the language, there are no words) it is unknown with
    the value 0: left out of what counts negative and positive, never called neutral. Raises
    NotInstalled where ``depth`` wants a transformer that is not there.
    """
    text, title_length = _spoken(mention.title, mention.text)
    target = _target(mention, match, brand=brand)
    heard = _judged(text[:READ_LIMIT], mention.lang, tuple(brand.lexicon.items()), target, depth)
    parts = [_placed(part, title_length=title_length) for part in heard.parts]
    more = _stars(mention.engagement.rating) + _corrected(mention, match, brand=brand)
    scored, label, stage, confidence = _with(heard, parts, more)
    if len(text) > READ_LIMIT:
        unread = f"Only its first {READ_LIMIT:,} characters were judged"
        scored = replace(scored, parts=(*scored.parts, Part("cut", unread, 0.0)))
    flip, flipped = _flip(scored.parts, label)
    return (
        scored,
        label,
        Opinion(
            stage=stage,
            confidence=confidence,
            language=heard.language,
            weak=heard.language in weights.card().weak,
            tone=heard.tone,
            flip=flip,
            flipped=flipped,
        ),
    )


@lru_cache(maxsize=16)
def _judged(
    text: str, lang: str | None, own: tuple[tuple[str, float], ...], target: str, depth: Depth
) -> Judgement:
    """The last few are kept, since one mention is often scored for several queries in a row."""
    asked = Asked(text, target=target, told=lang, own=dict(own))
    return judge(asked, depth=depth, explain=True)


def _spoken(title: str, text: str) -> tuple[str, int | None]:
    """What is judged: the title and the text, once where a feed repeats the title in the text."""
    if not title or text.startswith(title):
        return text, None
    return f"{title}\n{text}", len(title)


def _placed(part: Part, *, title_length: int | None) -> Part:
    if part.span is None or title_length is None:
        return part
    _, start, end = part.span
    if start < title_length:
        return replace(part, span=("title", start, end))
    before = title_length + 1
    return replace(part, span=("text", start - before, end - before))


def _stars(rating: float | None) -> list[Part]:
    if rating is None:
        return []
    below = max(0, min(len(STARS) - 2, int(rating) - 1))
    between = max(0.0, min(1.0, rating - 1 - below))
    negative, positive = (
        low + (high - low) * between
        for low, high in zip(STARS[below], STARS[below + 1], strict=True)
    )
    if not negative and not positive:
        return []
    what = f"A rating of {rating:g} of 5 stars"
    return [Part("stars", what, 0.0, None, (negative, positive))]


def _corrected(mention: Mention, match: Match, *, brand: BrandContext) -> list[Part]:
    if not brand.corrections:
        return []
    fields = [
        (name, tokenise(text))
        for name, text in (("title", mention.title), ("text", mention.text[:READ_LIMIT]))
        if text
    ]
    return corrected(features_of(match, fields=fields), brand.corrections, fields=fields)


def _target(mention: Mention, match: Match, *, brand: BrandContext) -> str:
    """The brand as the mention names it, where the query found it: its name or one of its handles.
    "" where the query found something else: then the tone is that of the whole."""
    names = {fold(name.removeprefix("@")) for name in (brand.name, *brand.handles)}
    for span in match.spans:
        text = {"title": mention.title, "text": mention.text}.get(span.field, "")
        written = text[span.start : span.end]
        if fold(written.lstrip("@#$")) in names:
            return written
    return ""


def _with(
    heard: Judgement, parts: list[Part], more: Sequence[Part]
) -> tuple[Scored, Label, str, float]:
    """The judgement with what else is known, its stage and its confidence."""
    stage = heard.stage.value
    if not more:
        return Scored(heard.value, tuple(parts)), heard.label, stage, heard.confidence
    unread = heard.stage is Stage.NONE
    all_parts = [*more] if unread else [*parts, *more]
    odds = _sum(part.odds for part in all_parts)
    chances, scale = chances_of(*odds), bent(*odds)
    if unread:
        if max(chances) < ENOUGH:
            return Scored(heard.value, tuple(parts)), heard.label, stage, heard.confidence
        stage = RATING if more[0].rule == "stars" else CORRECTION
    shared = tuple(replace(part, contribution=_margin(part) * scale) for part in all_parts)
    # As judge() does: praise that may be a complaint is doubted where the transformer was asked.
    label = careful_label_of(chances) if heard.stage is Stage.DEEP else label_of(chances)
    sure = chances[LABELS.index(label)]
    return Scored(chances[2] - chances[0], shared), label, stage, sure


def _flip(parts: Sequence[Part], label: Label) -> tuple[int | None, Label | None]:
    """The weightiest part without whose odds the label would be another."""
    if label is Label.UNKNOWN:
        return None, None
    negative, positive = _sum(part.odds for part in parts)
    if _label(negative, positive) is not label:
        return None, None  # praise that is doubted, which no part alone has made
    found: int | None = None
    other: Label | None = None
    for number, part in enumerate(parts):
        if part.odds is None or part.rule in _ALWAYS:
            continue
        without = _label(negative - part.odds[0], positive - part.odds[1])
        heavier = found is None or abs(part.contribution) > abs(parts[found].contribution)
        if without is not label and heavier:
            found, other = number, without
    return found, other


def _label(negative: float, positive: float) -> Label:
    """label_of() without the chances."""
    if negative <= 0 and positive <= 0:
        return Label.NEUTRAL
    return Label.NEGATIVE if negative > positive else Label.POSITIVE


def _sum(all_odds: Iterable[Odds | None]) -> Odds:
    given = [odds for odds in all_odds if odds is not None]
    return sum([odds[0] for odds in given]), sum([odds[1] for odds in given])


def _margin(part: Part) -> float:
    return part.odds[1] - part.odds[0] if part.odds is not None else 0.0
