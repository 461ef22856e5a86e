"""Three scores of one match, each with parts that add up to it: the only door.

relevance   0 to 1     is it about the brand at all
polarity    -1 to 1    bad or good in tone, with a label
priority    0 to 1     how soon a person should look at it

May be imported by the service. Nothing here pages anybody: pages come of volume (rules/trend).
"""

from __future__ import annotations

from collections.abc import Sequence

from rules.mention import Mention
from rules.query import Document, Match
from rules.score.brand import BrandContext
from rules.score.explanation import Label, Opinion, Part, Scored, Scores
from rules.score.judge import Depth
from rules.score.polarity import polarity
from rules.score.priority import HIGH, Telling, Urgency, urgency
from rules.score.priority_weights import PriorityWeights
from rules.score.relevance import relevance
from rules.score.weights import card
from rules.text import tokenise
from rules.topic import Touched

VERSION = "score-3"
"""Changes whenever a number could come out differently; see ``version`` for what is stored."""

RELEVANT = 0.4
"""Relevance at or above this counts in what is shown and charted as negative or positive."""

__all__ = [
    "HIGH",
    "RELEVANT",
    "VERSION",
    "BrandContext",
    "Depth",
    "Label",
    "Opinion",
    "Part",
    "PriorityWeights",
    "Scored",
    "Scores",
    "Telling",
    "Urgency",
    "assess",
    "score",
    "version",
]


def version(*, depth: Depth = Depth.LINEAR) -> str:
    """What is stored with every score: the rules, the models, and how far down they were asked."""
    return f"{VERSION} {card().version}" + ("" if depth is Depth.LINEAR else f"+{depth.value}")


def score(
    mention: Mention,
    match: Match,
    *,
    brand: BrandContext,
    tier: int,
    depth: Depth = Depth.LINEAR,
) -> Scores:
    """The three scores of a mention that answers one of the brand's queries, whoever told the same.

    ``tier``: how much the source weighs, 1 (national press) to 4 (anybody). ``depth``: whether the
    transformer is asked as well. Raises NotInstalled where it should be and is not there.
    """
    touched = brand.topics.find(Document.of(mention))
    return assess(mention, match, brand=brand, tier=tier, touched=touched, depth=depth)[0]


def assess(
    mention: Mention,
    match: Match,
    *,
    brand: BrandContext,
    tier: int,
    touched: Sequence[Touched],
    depth: Depth = Depth.LINEAR,
) -> tuple[Scores, Urgency]:
    """The scores, and the reasons for priority, to be weighed again once its story is known.

    ``touched``: what the mention speaks of, as ``brand.topics`` finds it.
    """
    fields = tuple(
        (name, tokenise(text))
        for name, text in (("title", mention.title), ("text", mention.text))
        if text
    )
    about = relevance(mention, match, brand=brand, fields=fields)
    tone, label, opinion = polarity(mention, match, brand=brand, depth=depth)
    urgent = urgency(
        mention,
        relevance=about.value,
        polarity=tone.value,
        label=label,
        brand=brand,
        tier=tier,
        fields=fields,
        touched=touched,
        relevant_from=RELEVANT,
    )
    scores = Scores(
        relevance=about,
        polarity=tone,
        label=label,
        opinion=opinion,
        priority=urgent.weigh(),
        version=version(depth=depth),
    )
    return scores, urgent
