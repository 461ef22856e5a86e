"""Brands."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from service.api.schemas.fields import Given, Out
from service.workspace.model import BrandModel, VoiceModel
from service.workspace.values import Channel, Name


class BrandIn(Given, BrandModel):
    """A new brand; the same keys as a [[brand]] of a workspace file."""


class BrandPatch(Given):
    """Changes of a brand; what is left out stays as it is."""

    name: Name | None = None
    description: str | None = None
    handles: list[Name] | None = None
    competitors: list[Name] | None = None
    red_lines: list[Name] | None = None
    policy: str | None = Field(None, description="null: the built-in policy.")
    channel: Channel | None = Field(None, description="null: the console.")
    voice: VoiceModel | None = None
    archived: bool | None = Field(
        None, description="true stops listening for it and keeps all it has; false undoes that."
    )


class BrandOut(Out):
    """Whose reputation is watched."""

    id: int
    slug: str
    name: str
    description: str
    handles: list[str]
    competitors: list[str]
    red_lines: list[str]
    voice: dict[str, Any]
    policy: str | None
    channel: str | None
    demo: bool
    archived: bool
