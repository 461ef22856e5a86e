"""Priority: how soon should a person look at it?

Tone is one reason among many and the smallest whole one: an angry post that nobody sees, about
nothing dangerous, stays below HIGH whatever its words (docs/scores.md).
"""

from __future__ import annotations

from functools import lru_cache
from math import log10
from typing import Final

from rules.mention import Mention
from rules.score.brand import BrandContext
from rules.score.explanation import Label, Part, Scored, bounded
from rules.score.phrases import TOPIC_RISKS, Phrasebook
from rules.text import Tokens

HIGH = 0.6
"""At or above this a mention stands at the top of every list."""

NEGATIVITY = 0.35
REACH = 0.2
ENGAGEMENT = 0.15
VERIFIED = 0.05
TIERS: Final = {1: 0.1, 2: 0.06, 3: 0.03}
RED_LINE = 0.3
TOPIC = 0.2
MORE_TOPICS = 0.05
LOW_RATING = 0.1
GOOD_NEWS = -0.5
HARDLY_ABOUT = 0.8

_REACH_FULL = 6.0
"""Reach counts by its power of ten; a million is the whole of it."""
_ENGAGEMENT_FULL = 4.0
_LOW_STARS = 2.0
_EXTRA_TOPICS = 2


def priority(
    mention: Mention,
    *,
    relevance: float,
    polarity: float,
    label: Label,
    brand: BrandContext,
    tier: int,
    fields: tuple[tuple[str, Tokens], ...],
    relevant_from: float,
) -> Scored:
    """0 to 1."""
    parts: list[Part] = []
    negative = max(0.0, -polarity)
    if negative:
        words = "It sounds negative" if label is Label.NEGATIVE else "It sounds slightly negative"
        parts.append(
            Part("negativity", f"{words} and is about us", NEGATIVITY * negative * relevance)
        )
    heard = _heard(mention, tier=tier)
    topics = _topics(brand, fields)
    parts += heard + topics
    rating = mention.engagement.rating
    if rating is not None and rating <= _LOW_STARS:
        parts.append(Part("rating", f"A rating of {rating:g} stars", LOW_RATING))
    if label is Label.POSITIVE and heard and not topics:
        parts.append(
            Part(
                "good-news",
                "Being widely heard is no harm: it sounds positive",
                GOOD_NEWS * _sum(heard),
            )
        )
    if relevance < relevant_from and parts:
        doubt = (1 - relevance / relevant_from) * HARDLY_ABOUT
        parts.append(Part("hardly-about-us", "It is hardly about the brand", -doubt * _sum(parts)))
    if not parts:
        parts = [Part("nothing", "Nothing in it is urgent", 0.0)]
    return bounded(parts)


def _heard(mention: Mention, *, tier: int) -> list[Part]:
    """Who could have heard it, who reacted, and who speaks."""
    out: list[Part] = []
    if mention.reach > 0:
        share = min(1.0, log10(1 + mention.reach) / _REACH_FULL)
        who = "views" if mention.engagement.views else "followers"
        out.append(Part("reach", f"{mention.reach:,} {who} could have seen it", REACH * share))
    reactions = mention.engagement.total
    if reactions > 0:
        share = min(1.0, log10(1 + reactions) / _ENGAGEMENT_FULL)
        out.append(Part("engagement", f"{reactions:,} reactions so far", ENGAGEMENT * share))
    if mention.author.verified:
        out.append(Part("verified", "The author's account is verified", VERIFIED))
    weight = TIERS.get(tier)
    if weight is not None:
        out.append(Part("source", f"It comes from a source of tier {tier}", weight))
    return out


def _topics(brand: BrandContext, fields: tuple[tuple[str, Tokens], ...]) -> list[Part]:
    """The brand's red lines first, then dangers that any brand has."""
    out: list[Part] = []
    lines = _red_lines(brand.red_lines).find(fields) if brand.red_lines else []
    if lines:
        first = lines[0]
        what = f"It touches a red line of the brand: “{first.phrase}”"
        out.append(Part("red-line", what, RED_LINE, first.span))
    seen: list[str] = []
    for found in TOPIC_RISKS.find(fields):
        if found.group in seen or len(seen) > _EXTRA_TOPICS:
            continue
        weight = MORE_TOPICS if seen else TOPIC
        seen.append(found.group)
        what = f"It speaks of {found.group}: “{found.phrase}”"
        out.append(Part("topic", what, weight, found.span))
    return out


@lru_cache(maxsize=256)
def _red_lines(lines: tuple[str, ...]) -> Phrasebook:
    return Phrasebook({"red line": lines})


def _sum(parts: list[Part]) -> float:
    return sum([part.contribution for part in parts])
