"""Queries."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from service.api.schemas.fields import LARGEST_ID, Given, Out
from service.workspace.values import Name

Role = Literal["brand", "competitor", "campaign", "topic"]


class QueryIn(Given):
    """A new query. A text that cannot be read is refused with the position of the mistake."""

    brand_id: int = Field(ge=1, le=LARGEST_ID)
    name: Name
    role: Role = "brand"
    text: str = Field(max_length=20_000, description="The search; docs/queries.md explains it.")


class QueryPatch(Given):
    """Changes of a query; what is left out stays as it is. A new text is a new version."""

    name: Name | None = None
    role: Role | None = None
    text: str | None = Field(None, max_length=20_000)
    enabled: bool | None = None


class QueryOut(Out):
    """A saved Boolean search."""

    id: int
    brand_id: int
    brand_slug: str
    name: str
    role: str
    text: str
    version: int = Field(description="Grows with every change of the text.")
    enabled: bool
    created_at: datetime
    updated_at: datetime
