"""Queries."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from service.api.schemas.examples import ExampleOut, MustMatch, MustNotMatch
from service.api.schemas.fields import LARGEST_ID, Given, Out
from service.workspace.values import Name

FORCE = "Save it although it fails one of its tests."

Role = Literal["brand", "competitor", "campaign", "topic"]


class QueryIn(Given):
    """A new query. A text that cannot be read is refused with the position of the mistake, and one
    that fails a test with the reason."""

    brand_id: int = Field(ge=1, le=LARGEST_ID)
    name: Name
    role: Role = "brand"
    text: str = Field(max_length=20_000, description="The search; docs/queries.md explains it.")
    must_match: MustMatch = Field(default_factory=list)
    must_not_match: MustNotMatch = Field(default_factory=list)
    force: bool = Field(False, description=FORCE)


class QueryPatch(Given):
    """Changes of a query; what is left out stays as it is. A new text is a new version. The tests
    are run when text or tests change."""

    name: Name | None = None
    role: Role | None = None
    text: str | None = Field(None, max_length=20_000)
    must_match: MustMatch | None = None
    must_not_match: MustNotMatch | None = None
    enabled: bool | None = None
    force: bool = Field(False, description=FORCE)


class QueryOut(Out):
    """A saved Boolean search."""

    id: int
    brand_id: int
    brand_slug: str
    name: str
    role: str
    text: str
    must_match: list[ExampleOut] = Field(description="Posts that it must match.")
    must_not_match: list[ExampleOut] = Field(description="Posts that it must not match.")
    version: int = Field(description="Grows with every change of what is asked.")
    enabled: bool
    created_at: datetime
    updated_at: datetime
