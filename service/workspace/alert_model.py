"""The table ``[[alert]]`` of a workspace file: which findings matter, and when to keep quiet."""

from __future__ import annotations

from datetime import time
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from rules.incident.sensitivity import LEAST_RATE, MOST_RATE, USUAL_RATE
from service.workspace.values import Name, ShortName, Table, Timezone

_CLOCK = r"^([01]?\d|2[0-3]):[0-5]\d$"

Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Level = Literal["SEV1", "SEV2", "SEV3", "SEV4"]
SignalName = Literal[
    "negative_volume",
    "negative_share",
    "negative_reach",
    "negative_engagement",
    "organic_volume",
    "priority",
    "total_volume",
    "silence",
]
"""Those of ``rules.trend.SIGNALS``."""

MOST_BUDGET: Final = 1_000.0

DAYS: Final[tuple[Day, ...]] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""In the order of the numbers that ``rules.oncall.Hours`` has for them."""


def _clock(value: Any) -> Any:
    """TOML has times of its own, 22:00:00; text is the short way."""
    if isinstance(value, time):
        return value.replace(second=0, microsecond=0)
    try:
        hour, _, minute = str(value).partition(":")
        return time(int(hour), int(minute))
    except ValueError:
        told = 'must be a time of day in quotes; write for instance "22:00"'
        raise PydanticCustomError("clock", "{told}", {"told": told}) from None


def _without_slash(name: str) -> str:
    if " / " in name:
        told = "must not contain ' / '; write it with another sign"
        raise PydanticCustomError("slash", "{told}", {"told": told})
    return name


Clock = Annotated[
    time,
    BeforeValidator(_clock),
    WithJsonSchema({"type": "string", "pattern": _CLOCK, "examples": ["22:00"]}),
]
RuleName = Annotated[ShortName, AfterValidator(_without_slash)]


class QuietModel(Table):
    """Hours in which nobody is paged, in local time."""

    start: Clock = Field(description='"22:00".')
    end: Clock = Field(description="Before or at the start: on the next day.")
    days: list[Day] = Field(
        default_factory=lambda: list(DAYS),
        min_length=1,
        description="On which days they begin. Default: on all.",
    )
    timezone: Timezone = "UTC"


class AlertsModel(Table):
    """What holds for the alerts of all brands together."""

    page_budget: float | None = Field(
        None,
        ge=LEAST_RATE,
        le=MOST_BUDGET,
        description="Expected false pages a week of all brands and signals together. Rules without "
        "a `per_week` of their own share what the others leave of it.",
    )


class AlertModel(Table):
    """An alert rule: which findings of which queries matter, how sensitive, and who is told."""

    name: RuleName
    brand: str | None = Field(
        None, description="Slug or name of the brand it is for. Default: shared by all brands."
    )
    queries: list[Name] = Field(
        default_factory=list, description="Names of its queries. Default: every one."
    )
    signal: SignalName = Field("negative_volume", description="What is listened to.")
    per_week: float | None = Field(
        None,
        ge=LEAST_RATE,
        le=MOST_RATE,
        description="Expected false pages a week of one query; more finds more, and sooner. "
        f"Default: its part of the page budget, or {USUAL_RATE} where there is none.",
    )
    platforms: list[Name] = Field(
        default_factory=list, description="Only where it is said on one of these. Default: any."
    )
    least_platforms: int = Field(1, ge=0, description="On how many platforms it is said.")
    least_reach: int = Field(0, ge=0, description="How many people could have seen it.")
    red_line: bool = Field(False, description="Only where it touches a red line of the brand.")
    quiet: QuietModel | None = Field(
        None, description="Hours in which nobody is paged; who is still open then is paged after."
    )
    even_then: Level = Field("SEV1", description="What pages in quiet hours: this or worse.")
    severities: dict[Level, Level] = Field(
        default_factory=dict, description='Another severity for one: { SEV2 = "SEV3" }.'
    )
    policy: str | None = Field(
        None, description="Name of a [[policy]]. Default: that of the brand."
    )
