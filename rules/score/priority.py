"""Priority: how soon should a person look at it?

Tone is one reason among many: an angry post that nobody sees, about nothing dangerous, stays below
HIGH whatever its words and however it is shouted (docs/scores.md).

What a mention says and who says it is known at once. How often the same was told before it is known
only when it has its place in a story, so reasons are weighed in a step of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log10
from typing import Final

from rules.mention import Mention
from rules.score.arousal import arousal
from rules.score.brand import BrandContext
from rules.score.explanation import Label, Part, Scored, bounded
from rules.score.priority_weights import PriorityWeights
from rules.text import Tokens
from rules.topic import Touched
from rules.topic.phrasebook import Phrasebook

HIGH = 0.6
"""At or above this a mention stands at the top of every list."""

TIERS: Final = {1: 1.0, 2: 0.6, 3: 0.3}
"""What of the weight of its source a mention has, by the source's tier."""

_REACH_FULL = 6.0
"""Reach counts by its power of ten; a million is the whole of it."""
_ENGAGEMENT_FULL = 4.0
_VELOCITY_FULL = 2.0
"""A hundred people in an hour are the whole of it."""
_INFLUENCE_FULL = 3.0
"""A thousand times as many followers as is ordinary are the whole of it."""
_ABOVE_ORDINARY = 2.0
_SLIGHTLY = 0.15
"""A text that is not negative counts as slightly so from here on: no model says exactly 0."""
_LOW_STARS = 2.0
_EXTRA_TOPICS = 2


@dataclass(frozen=True, slots=True)
class Telling:
    """How the story of a mention was told before it: ``hour`` mentions in the hour before, which
    weigh as much as ``organic`` independent people, and ``copies`` word for word the same."""

    hour: int = 0
    organic: float = 0.0
    copies: int = 0


NOT_TOLD: Final = Telling()


@dataclass(frozen=True, slots=True)
class Urgency:
    """The reasons of one mention: of what it ``said``, and of who ``heard`` it. ``good``: it sounds
    positive and touches nothing dangerous. ``doubt``: 0 to 1, how far it is hardly about the brand.
    """

    said: tuple[Part, ...]
    heard: tuple[Part, ...]
    good: bool
    doubt: float
    weights: PriorityWeights

    def weigh(self, telling: Telling = NOT_TOLD) -> Scored:
        """Priority, 0 to 1, once it is known how its story was told."""
        heard = [*self.heard, *_velocity(telling, weight=self.weights.velocity)]
        parts = [*self.said, *heard]
        if telling.copies and self.said:
            share = self.weights.repeated * telling.copies / (telling.copies + 1)
            what = f"The same words were heard {telling.copies:,} times before"
            parts.append(Part("repeated", what, -share * _sum(self.said)))
        if self.good and heard:
            what = "Being widely heard is no harm: it sounds positive"
            parts.append(Part("good-news", what, -self.weights.good_news * _sum(heard)))
        if self.doubt and parts:
            taken = self.doubt * self.weights.hardly_about_us * _sum(parts)
            parts.append(Part("hardly-about-us", "It is hardly about the brand", -taken))
        parts = parts or [Part("nothing", "Nothing in it is urgent", 0.0)]
        return bounded([*parts, *_own_weights(self.weights)])


def urgency(
    mention: Mention,
    *,
    relevance: float,
    polarity: float,
    label: Label,
    brand: BrandContext,
    tier: int,
    fields: tuple[tuple[str, Tokens], ...],
    touched: Sequence[Touched],
    relevant_from: float,
) -> Urgency:
    """``touched``: what the mention speaks of, the most dangerous first."""
    weights = brand.weights
    said: list[Part] = []
    negative = max(0.0, -polarity)
    if label is Label.NEGATIVE or negative >= _SLIGHTLY:
        words = "It sounds negative" if label is Label.NEGATIVE else "It sounds slightly negative"
        said.append(
            Part(
                "negativity",
                f"{words} and is about us",
                weights.negativity * negative * relevance,
            )
        )
    loud = arousal(fields, brand=brand) if label is not Label.POSITIVE else None
    if loud is not None:
        part = weights.arousal * loud.level * relevance
        said.append(Part("arousal", f"It is loud: {loud.what}", part, loud.place))
    topics = _topics(brand, fields, touched)
    said += topics
    rating = mention.engagement.rating
    if rating is not None and rating <= _LOW_STARS:
        said.append(Part("rating", f"A rating of {rating:g} stars", weights.rating))
    return Urgency(
        said=tuple(said),
        heard=tuple(_heard(mention, tier=tier, weights=weights)),
        good=label is Label.POSITIVE and not topics,
        doubt=max(0.0, 1 - relevance / relevant_from),
        weights=weights,
    )


def _heard(mention: Mention, *, tier: int, weights: PriorityWeights) -> list[Part]:
    """Who could have heard it, who reacted, and who speaks."""
    out: list[Part] = []
    if mention.reach > 0:
        share = min(1.0, log10(1 + mention.reach) / _REACH_FULL)
        who = "views" if mention.engagement.views else "followers"
        what = f"{mention.reach:,} {who} could have seen it"
        out.append(Part("reach", what, weights.reach * share))
    reactions = mention.engagement.total
    if reactions > 0:
        share = min(1.0, log10(1 + reactions) / _ENGAGEMENT_FULL)
        what = f"{reactions:,} reactions so far"
        out.append(Part("engagement", what, weights.engagement * share))
    return [*out, *_speaker(mention, weights=weights), *_source(tier, weight=weights.source)]


def _speaker(mention: Mention, *, weights: PriorityWeights) -> list[Part]:
    out: list[Part] = []
    author = mention.author
    if author.verified:
        out.append(Part("verified", "The author's account is verified", weights.verified))
    times = (author.followers or 0) / weights.ordinary_followers
    if times >= _ABOVE_ORDINARY:
        share = min(1.0, log10(times) / _INFLUENCE_FULL)
        what = f"The author has {times:,.1f} times as many followers as is ordinary"
        out.append(Part("influence", what, weights.influence * share))
    if author.customer_value:
        what = f"The author is a customer of value {author.customer_value:g}"
        out.append(Part("customer", what, weights.customer * author.customer_value))
    return out


def _source(tier: int, *, weight: float) -> list[Part]:
    share = TIERS.get(tier)
    what = f"It comes from a source of tier {tier}"
    return [] if share is None else [Part("source", what, weight * share)]


@lru_cache(maxsize=256)
def _own_weights(weights: PriorityWeights) -> tuple[Part, ...]:
    """Tells which weights are the brand's own; adds nothing."""
    own = weights.to_json()
    if not own:
        return ()
    told = ", ".join(f"{name.replace('_', ' ')} {value:g}" for name, value in own.items())
    return (Part("own-weights", f"Weighed as the brand wants it: {told}", 0.0),)


def _velocity(telling: Telling, *, weight: float) -> list[Part]:
    if not telling.hour:
        return []
    share = min(1.0, log10(1 + telling.organic) / _VELOCITY_FULL)
    what = f"{telling.hour:,} others told the same in the hour before"
    if round(telling.organic) < telling.hour:
        what += f", as many as {telling.organic:,.0f} independent people"
    return [Part("velocity", what, weight * share)]


def _topics(
    brand: BrandContext, fields: tuple[tuple[str, Tokens], ...], touched: Sequence[Touched]
) -> list[Part]:
    """The brand's red lines first, then what is dangerous."""
    out: list[Part] = []
    lines = _red_lines(brand.red_lines).find(fields) if brand.red_lines else []
    if lines:
        first = lines[0]
        what = f"It touches a red line of the brand: “{first.phrase}”"
        out.append(Part("red-line", what, brand.weights.red_line, first.span))
    risky = [one for one in touched if one.risk > 0][: 1 + _EXTRA_TOPICS]
    for number, one in enumerate(risky):
        weight = brand.weights.more_topics if number else brand.weights.topic
        what = f"It speaks of {one.topic}: “{one.phrase}”"
        place = one.places[0] if one.places else None
        out.append(Part("topic", what, weight * one.risk, place))
    return out


@lru_cache(maxsize=256)
def _red_lines(lines: tuple[str, ...]) -> Phrasebook:
    return Phrasebook({"red line": lines})


def _sum(parts: Iterable[Part]) -> float:
    return sum([part.contribution for part in parts])
