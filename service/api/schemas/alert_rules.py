"""Alert rules."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import Field, field_validator

from rules.incident.sensitivity import LEAST_RATE, MOST_RATE
from service.api.schemas.fields import LARGEST_ID, Given, Out
from service.workspace.alert_bodies import quiet_of
from service.workspace.alert_model import Level, QuietModel, RuleName, SignalName
from service.workspace.values import Name

LARGEST_COUNT = 2**53


class RuleFields(Given):
    """What a rule says; every field has a default."""

    queries: list[Name] = Field(default_factory=list, description="Their names; none: every one.")
    signal: SignalName = Field("negative_volume", description="What is listened to.")
    per_week: float | None = Field(
        None,
        ge=LEAST_RATE,
        le=MOST_RATE,
        description="Expected false pages a week of one query; null: its part of the page budget.",
    )
    platforms: list[Name] = Field(default_factory=list, description="On one of these; none: any.")
    least_platforms: int = Field(1, ge=0, le=LARGEST_COUNT)
    least_reach: int = Field(0, ge=0, le=LARGEST_COUNT)
    red_line: bool = Field(False, description="Only where it touches a red line of the brand.")
    quiet: QuietModel | None = Field(None, description="Hours in which nobody is paged.")
    even_then: Level = Field("SEV1", description="What pages in quiet hours: this or worse.")
    severities: dict[Level, Level] = Field(
        default_factory=dict, description="Another severity for one."
    )
    policy: str | None = Field(None, max_length=80, description="Null: that of the brand.")


class AlertRuleIn(RuleFields):
    """A new rule. Its name and whose it is cannot be changed."""

    name: RuleName
    brand_id: int | None = Field(
        None, ge=1, le=LARGEST_ID, description="Whose it is; null: shared by all brands."
    )


class AlertRulePatch(Given):
    """Changes of a rule; what is left out stays as it is."""

    queries: list[Name] | None = None
    per_week: float | None = Field(None, ge=LEAST_RATE, le=MOST_RATE)
    platforms: list[Name] | None = None
    least_platforms: int | None = Field(None, ge=0, le=LARGEST_COUNT)
    least_reach: int | None = Field(None, ge=0, le=LARGEST_COUNT)
    red_line: bool | None = None
    quiet: QuietModel | None = None
    even_then: Level | None = None
    severities: dict[Level, Level] | None = None
    policy: str | None = Field(None, max_length=80)
    enabled: bool | None = None


class QuietOut(Out):
    """Hours in which nobody is paged."""

    start: str
    end: str
    days: list[str]
    timezone: str


class AlertRuleOut(Out):
    """An alert rule. Another body is a new version; alerts remember theirs."""

    id: int
    brand_id: int | None
    brand_slug: str | None
    name: str
    version: int
    enabled: bool
    queries: list[str]
    signal: str
    per_week: float | None
    platforms: list[str]
    least_platforms: int
    least_reach: int
    red_line: bool
    quiet: QuietOut | None
    even_then: str
    severities: dict[str, str]
    policy: str | None
    created_at: datetime
    updated_at: datetime

    @field_validator("quiet", mode="before")
    @classmethod
    def _days_by_name(cls, hours: Any) -> Any:
        return quiet_of(hours) if isinstance(hours, dict) else hours
