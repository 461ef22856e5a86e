"""Named lists."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from service.api.schemas.fields import LARGEST_ID, Given, Out
from service.workspace.values import ListName

FORCE = "Save it although tests of queries fail; never although one could not be read."


class ListIn(Given):
    """A new list. Its name stands in queries, as `{{name}}`, and cannot be changed."""

    name: ListName
    brand_id: int | None = Field(
        None, ge=1, le=LARGEST_ID, description="Whose it is; null: shared by all brands."
    )
    text: str = Field(max_length=20_000, description="What it stands for, in the query language.")
    force: bool = Field(False, description=FORCE)


class ListPatch(Given):
    """Changes of a list; what is left out stays as it is."""

    text: str | None = Field(None, max_length=20_000)
    enabled: bool | None = None
    force: bool = Field(False, description=FORCE)


class ListOut(Out):
    """A named part of queries. A brand's own list stands before a shared one of the same name."""

    id: int
    brand_id: int | None
    brand_slug: str | None
    name: str
    text: str
    enabled: bool
    created_at: datetime
    updated_at: datetime
