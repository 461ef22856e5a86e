"""What people speak of."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from service.api.schemas.fields import Out


class TopicCountOut(Out):
    """Of how many relevant mentions a topic is, by the tone in which they speak of it."""

    topic: str
    mentions: int
    before: int = Field(description="In the span of the same length before.")
    negative: int
    neutral: int
    positive: int
    unknown: int


class TopicCountsOut(Out):
    """The most frequent topic first."""

    since: datetime
    until: datetime
    topics: list[TopicCountOut]


class EmergingOut(Out):
    """A phrase that stands in more posts of the last day than it usually does."""

    phrase: str = Field(description="Its words, in small letters and without accents.")
    posts: int
    before: int = Field(description="Posts of the weeks before that hold it, of those compared.")
    negative: int = Field(description="How many of the posts of the last day sound negative.")
    score: float = Field(description="How far above what is usual, in standard deviations.")
    mentions: list[int] = Field(description="Some of those that hold it, the newest first.")


class EmergingPhrasesOut(Out):
    """The most surprising phrase first."""

    since: datetime
    looked_at: int = Field(description="Mentions of the last day that were read.")
    compared_with: int = Field(description="Mentions of the four weeks before that were read.")
    phrases: list[EmergingOut]


class BuiltInTopicOut(Out):
    """A topic that every brand has unless it says otherwise."""

    name: str
    risk: float = Field(description="1: a danger, 0: an aspect.")
    phrases: list[str]
