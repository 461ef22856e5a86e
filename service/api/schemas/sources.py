"""Sources and their blind spots."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from connectors.http import shown_url
from service.api.schemas.fields import Given, Out
from service.workspace.values import LONGEST_POLL, SHORTEST_POLL, Name

_Every = Annotated[
    int,
    Field(ge=SHORTEST_POLL.total_seconds(), le=LONGEST_POLL.total_seconds()),
]


def _seconds(value: Any) -> Any:
    return int(value.total_seconds()) if isinstance(value, timedelta) else value


def _without_secrets(settings: Any) -> Any:
    """Addresses as they may be shown: those of private feeds hold their key."""
    if not isinstance(settings, dict):
        return settings
    return {
        name: shown_url(value)
        if isinstance(value, str) and value.lower().startswith(("http://", "https://"))
        else value
        for name, value in settings.items()
    }


class SourceIn(Given):
    """A new source; it is polled at once."""

    name: Name
    connector: str = Field(max_length=80, examples=["rss"])
    every_seconds: _Every | None = Field(None, description="Default: what suits the connector.")
    tier: int = Field(2, ge=1, le=4, description="1: leading press and our own; 4: anybody.")
    enabled: bool = True
    settings: dict[str, Any] = Field(
        default_factory=dict,
        description="What the connector needs. Secrets only as `env:NAME` or `file:PATH`.",
    )


class SourcePatch(Given):
    """Changes of a source; what is left out stays as it is."""

    enabled: bool | None = None
    every_seconds: _Every | None = None
    tier: int | None = Field(None, ge=1, le=4)


class BlindSpotOut(Out):
    """A span in which a source could not be heard; `ended_at` is null while it lasts."""

    id: int
    source_id: int
    source_name: str
    started_at: datetime
    ended_at: datetime | None
    reason: str


class SourceOut(Out):
    """A configured place to listen."""

    id: int
    name: str
    connector: str
    settings: Annotated[dict[str, Any], BeforeValidator(_without_secrets)] = Field(
        description="References to secrets, never secrets."
    )
    every_seconds: Annotated[int, BeforeValidator(_seconds)] = Field(validation_alias="every")
    tier: int
    enabled: bool
    state: str = Field(description="new, ok, failing (tried again) or stopped (needs a person).")
    blind: BlindSpotOut | None
    next_poll_at: datetime
    last_polled_at: datetime | None
    last_success_at: datetime | None
    last_error: str | None
    notice: str | None
    failures: int
    mention_count: int
    left_out_count: int
    created_at: datetime
