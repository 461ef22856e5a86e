"""Corrections of polarity, and what they would change."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from service.api.schemas.fields import Given, Out

Corrected = Literal["negative", "neutral", "positive"]
ProposedLabel = Literal["negative", "neutral", "positive", "undo"]


class CorrectionIn(Given):
    """How a mention really sounds towards a brand."""

    brand: str = Field(max_length=80, description="The brand's slug.")
    label: Corrected


class CorrectionOut(Out):
    """One correction. `undone_at` null: it holds, and what comes in is judged with it."""

    id: int
    brand_id: int
    mention_id: int | None = Field(description="null: learned from a mention kept elsewhere.")
    label: Corrected
    given_by: str
    given_at: datetime
    undone_by: str | None
    undone_at: datetime | None


class RelabelledOut(Out):
    """A stored mention that would get another label."""

    mention_id: int
    excerpt: str
    platform: str
    at: datetime
    before: float = Field(description="Its polarity with what is known now.")
    after: float = Field(description="Its polarity then.")
    label: str = Field(description="Its label with what is known now.")
    becomes: str = Field(description="Its label then.")


class PolarityPreviewOut(Out):
    """What a correction would change, told of the brand's last mentions. Nothing is changed by it:
    what is stored keeps its scores, what comes in is judged with the correction."""

    changed: list[RelabelledOut]
    looked_at: int = Field(description="Mentions tried, the newest first.")
    since: datetime = Field(description="How far back that went.")
    negative: int = Field(description="Corrections to negative there would be.")
    neutral: int
    positive: int


class PolarityOut(Out):
    """What is known of a brand's polarity besides the models."""

    words: dict[str, float] = Field(description="The brand's own words, with their tone, -4 to 4.")
    negative: int = Field(description="Mentions that were corrected to negative.")
    neutral: int
    positive: int
    version: str | None = Field(
        description="As it stands in `score_version`; null: nothing was corrected."
    )
    corrections: list[CorrectionOut] = Field(description="The last 100, the newest first.")


class UncorrectedOut(Out):
    """How many corrections were undone."""

    undone: int
