"""Tokens, and who one is."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from service.api.schemas.fields import Given, Moment, Out

Scope = Literal["read", "respond", "write", "admin"]


class TokenIn(Given):
    """A new token."""

    name: str = Field(min_length=1, max_length=80)
    scopes: list[Scope] = Field(min_length=1, description="Scopes do not include each other.")
    brands: list[str] = Field(
        default_factory=list, description="Slugs of the brands it is limited to; empty: all."
    )
    expires_at: Moment | None = None


class TokenOut(Out):
    """A token as it may be shown."""

    id: int
    name: str
    scopes: list[str]
    brands: list[str]
    created_by: str
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None


class NewTokenOut(TokenOut):
    """A token just made. `secret` is shown this once and kept nowhere."""

    secret: str


class MeOut(Out):
    """Who the token or session is."""

    name: str
    kind: str = Field(description="token or session.")
    scopes: list[str]
    brands: list[str] | None = Field(description="Slugs it is limited to; null: all.")
