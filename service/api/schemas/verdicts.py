"""Verdicts on mentions, and what they would change."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from service.api.schemas.fields import Given, Out
from service.store.relevance_examples import About


class MentionVerdictIn(Given):
    """Whether a mention is about a brand."""

    brand: str = Field(max_length=80, description="The brand's slug.")
    verdict: About


class MentionVerdictOut(Out):
    """One verdict. `undone_at` null: it holds, and what comes in is judged with it."""

    id: int
    brand_id: int
    mention_id: int | None = Field(description="null: learned from a mention kept elsewhere.")
    incident_id: int | None = Field(description="Given with this incident's verdict.")
    verdict: About
    given_by: str
    given_at: datetime
    undone_by: str | None
    undone_at: datetime | None


class ChangedOut(Out):
    """A stored mention that would cross the line of 0.4."""

    mention_id: int
    excerpt: str
    platform: str
    at: datetime
    before: float = Field(description="Its relevance with what is known now.")
    after: float = Field(description="Its relevance then.")


class PreviewOut(Out):
    """What a verdict would change, told of the brand's last mentions. Nothing is changed by it:
    what is stored keeps its scores, what comes in is judged with the verdict."""

    changed: list[ChangedOut]
    looked_at: int = Field(description="Mentions tried, the newest first.")
    since: datetime = Field(description="How far back that went.")
    us: int = Field(description="Examples about the brand there would be.")
    not_us: int = Field(description="Examples that are not about it there would be.")


class RelevanceOut(Out):
    """What is known of a brand's relevance."""

    us: int = Field(description="Examples about the brand: verdicts, and texts of its queries.")
    not_us: int
    version: str | None = Field(description="As it stands in `score_version`; null: no example.")
    verdicts: list[MentionVerdictOut] = Field(description="The last 100, the newest first.")


class ForgottenOut(Out):
    """How many verdicts were undone."""

    undone: int


Proposed = Literal["about-us", "not-us", "undo"]
