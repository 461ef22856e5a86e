"""Three scores of one match, each with parts that add up to it: the only door.

relevance   0 to 1     is it about the brand at all
polarity    -1 to 1    bad or good in tone, with a label
priority    0 to 1     how soon a person should look at it

May be imported by the service. Nothing here pages anybody: pages come of volume (rules/trend).
"""

from __future__ import annotations

from rules.mention import Mention
from rules.query import Match
from rules.score.brand import BrandContext
from rules.score.explanation import Label, Part, Scored, Scores

VERSION = "score-1"
RELEVANT = 0.4

__all__ = [
    "RELEVANT",
    "VERSION",
    "BrandContext",
    "Label",
    "Part",
    "Scored",
    "Scores",
    "score",
]


def score(mention: Mention, match: Match, *, brand: BrandContext, tier: int) -> Scores:
    """The three scores of a mention that answers one of the brand's queries.

    ``tier``: how much the source weighs, 1 (national press) to 4 (anybody).
    """
    found = Part("match", "It answers the query", 0.5)
    return Scores(
        relevance=Scored(0.5, (found,)),
        polarity=Scored(0.0, ()),
        label=Label.UNKNOWN,
        priority=Scored(0.0, ()),
        version=VERSION,
    )
