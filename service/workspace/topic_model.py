"""The parts of a ``[[brand]]`` that say what is dangerous for it, what its customers speak of, and
what makes a mention urgent."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from service.workspace.values import Name, ShortName, Table

MOST_TOPICS = 100
MOST_PHRASES = 500
LONGEST_QUERY = 20_000
"""Characters."""


class TopicModel(Table):
    """What a brand wants to know whether people speak of it. The name of a built-in topic changes
    that one."""

    name: ShortName = Field(description='"delivery", "price"; what it is called in lists.')
    phrases: list[Name] = Field(
        default_factory=list,
        max_length=MOST_PHRASES,
        description="Words and phrases, in title and text; each form of a word is one.",
    )
    query: str = Field(
        "", max_length=LONGEST_QUERY, description="Or a search, in the language of queries."
    )
    without: list[Name] = Field(
        default_factory=list,
        max_length=MOST_PHRASES,
        description="Phrases of the built-in topic of this name that are not looked for.",
    )
    risk: float | None = Field(
        None,
        ge=0,
        le=1,
        description="How dangerous it is: 0 not at all, 1 as a built-in danger. "
        "Default: 0, or what the built-in topic has.",
    )
    enabled: bool = Field(True, description="false: the built-in topic is not looked for.")


Weight = Annotated[float | None, Field(ge=0, le=1)]


class PriorityModel(Table):
    """The most that each reason adds to priority. What is left out stays as it usually is."""

    negativity: Weight = Field(None, description="It sounds negative. Default: 0.35.")
    arousal: Weight = Field(None, description="It is shouted. Default: 0.08.")
    reach: Weight = Field(None, description="Many could have seen it. Default: 0.2.")
    engagement: Weight = Field(None, description="Many reacted. Default: 0.15.")
    velocity: Weight = Field(None, description="Many tell it within an hour. Default: 0.15.")
    verified: Weight = Field(None, description="The account is verified. Default: 0.05.")
    influence: Weight = Field(
        None, description="The author has more followers than is ordinary. Default: 0.05."
    )
    source: Weight = Field(None, description="The source's tier is 1. Default: 0.1.")
    customer: Weight = Field(None, description="A customer of value 1 wrote it. Default: 0.1.")
    red_line: Weight = Field(None, description="It touches a red line. Default: 0.3.")
    topic: Weight = Field(None, description="It speaks of what is dangerous. Default: 0.2.")
    more_topics: Weight = Field(
        None, description="And of another danger, up to two. Default: 0.05."
    )
    rating: Weight = Field(None, description="It has two stars or fewer. Default: 0.1.")
    repeated: Weight = Field(
        None, description="Part of what is said that copies of it lose. Default: 0.6."
    )
    good_news: Weight = Field(
        None, description="Part of being heard that praise loses. Default: 0.5."
    )
    hardly_about_us: Weight = Field(
        None, description="Part of all that is lost by what is not about the brand. Default: 0.8."
    )
    ordinary_followers: int | None = Field(
        None, ge=1, description="How many followers are ordinary. Default: 1000."
    )
