"""What a change would have made of the past."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from service.api.schemas.fields import LARGEST_ID, Given, Moment, Out

LONGEST_WORKSPACE = 200_000
MOST_CHANGES = 50


class NewTextIn(Given):
    """Another text of what is stored under that id."""

    id: int = Field(ge=1, le=LARGEST_ID)
    text: str = Field(max_length=20_000)


class HistoryDiffIn(Given):
    """A span of 31 days at most, and the change: texts of queries and lists, or a workspace file.

    Without a change: what has been edited since, beside what is stored.
    """

    since: Moment
    until: Moment | None = Field(None, description="Default: now.")
    queries: list[NewTextIn] = Field(default_factory=list, max_length=MOST_CHANGES)
    lists: list[NewTextIn] = Field(default_factory=list, max_length=MOST_CHANGES)
    workspace: str | None = Field(
        None, max_length=LONGEST_WORKSPACE, description="TOML, as `groundswell apply` reads it."
    )


class HistoryDiffOut(Out):
    """As `groundswell replay --with FILE --json` tells it."""

    since: str
    until: str
    changed: bool
    posts: int = Field(description="Judged in the span.")
    queries: list[dict[str, Any]] = Field(description="Those in which something differs.")
    brands: list[dict[str, Any]] = Field(description="Alerts that appear, vanish or change.")
