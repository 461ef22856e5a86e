"""Mentions, with what they matched and why they scored what they did; and rejects."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from service.api.schemas.fields import Out


def _span(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return dict(zip(("field", "start", "end", "term"), value, strict=False))
    return value


class SpanOut(Out):
    """Where in the title, text or author: character offsets, `end` not included."""

    field: str
    start: int
    end: int
    term: str = ""


class PartOut(Out):
    """One reason of a score; the contributions of its parts add up to the score."""

    rule: str
    what: str
    contribution: float
    span: Annotated[SpanOut | None, BeforeValidator(_span)] = None


class OpinionOut(Out):
    """Who judged the polarity, and how sure."""

    stage: str = Field(
        description="The last that took part: linear, deep, signs (only emoji were read), rating "
        "(only the stars), correction (only what people corrected) or none."
    )
    confidence: float = Field(description="The chance of the label, 0 to 1; 0 where it is unknown.")
    language: str = Field(description='Two letters; "" where it could not be told.')
    weak: bool = Field(description="The models know this language badly.")
    tone: float = Field(description="The word list's (VADER's) compound, -1 to 1.")
    flip: int | None = Field(
        description="The part of `polarity`, from 0 on, without whose share the label would be "
        "another; null: no single part decides."
    )
    flipped: str | None = Field(description="The label without it.")


class TopicPlaceOut(Out):
    """Where in the title or text: character offsets, `end` not included."""

    field: str
    start: int
    end: int


class MatchTopicOut(Out):
    """That the mention speaks of a topic, in the tone of the sentences that do."""

    topic: str
    polarity: float
    label: str
    places: list[Annotated[TopicPlaceOut, BeforeValidator(_span)]]


class MatchOut(Out):
    """That the mention answers a query, and its scores for that query's brand."""

    query_id: int
    query_name: str
    query_role: str
    query_version: int
    brand_id: int
    brand_slug: str
    brand_name: str
    relevance: float = Field(description="Is it about the brand? 0 to 1.")
    polarity: float = Field(description="Bad or good in tone, -1 to 1.")
    label: str = Field(description="negative, neutral, positive or unknown.")
    priority: float = Field(description="How soon a person should look, 0 to 1.")
    intent: str | None = Field(
        description="What the author seems to want: crisis report, complaint, question, lead, "
        "praise, troll, spam or other; null: judged before there were intents."
    )
    story: str | None = Field(
        description="The identity of the first mention that told the same; null: not placed."
    )
    story_size: int = Field(description="How many mentions of the brand tell it.")
    topics: list[MatchTopicOut]
    score_version: str
    spans: list[Annotated[SpanOut, BeforeValidator(_span)]]
    opinion: OpinionOut | None = Field(description="null: scored before that was kept.")
    explanation: dict[str, list[PartOut]] = Field(
        description="The parts of `relevance`, `polarity` and `priority`, which add up to them, "
        "and the evidence for the `intent`."
    )


class AuthorOut(Out):
    """Who wrote it, as far as the platform tells."""

    handle: str | None
    name: str | None
    followers: int | None
    verified: bool | None
    created_at: datetime | None
    customer_value: float | None = Field(
        description="What the brand's own records say of a customer, 0 to 1."
    )


class EngagementOut(Out):
    """How many reacted, when it was collected."""

    likes: int | None
    shares: int | None
    comments: int | None
    views: int | None
    rating: float | None


class SightingOut(Out):
    """That a source showed the mention."""

    source_id: int
    source_name: str
    seen_at: datetime


class MentionOut(Out):
    """One post, comment, article or review. All texts are the platform's: escape them."""

    id: int
    identity: str
    platform: str
    native_id: str | None
    url: str | None
    title: str
    text: str
    lang: str | None
    author: AuthorOut
    engagement: EngagementOut
    reach: int
    parent_id: str | None
    published_at: datetime | None
    collected_at: datetime
    effective_at: datetime = Field(description="When it counts: published, else collected.")
    matches: list[MatchOut]
    sightings: list[SightingOut] = Field(description="Filled for a single mention.")


class ReasonOut(Out):
    """Why one query did not match."""

    query: str
    why: str


class RejectOut(Out):
    """A fetched post that no query matched, or an entry that could not be read."""

    id: int
    identity: str
    source_id: int | None
    source_name: str | None
    platform: str
    url: str | None
    title: str
    text: str
    reasons: list[ReasonOut]
    collected_at: datetime
