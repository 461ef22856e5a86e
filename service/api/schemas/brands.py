"""Brands."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from service.api.schemas.fields import Given, Out, given_fields
from service.workspace.bodies import priority_of, topics_of
from service.workspace.model import MOST_WORDS, BrandModel, VoiceModel, WordTone
from service.workspace.topic_model import MOST_TOPICS, PriorityModel, TopicModel
from service.workspace.values import Channel, Name


class BrandIn(Given, BrandModel):
    """A new brand; the same keys as a [[brand]] of a workspace file."""

    def fields(self) -> dict[str, Any]:
        """As the store names them."""
        told = self.model_dump(exclude={"slug", "topic", "priority"})
        return told | {"topics": topics_of(self.topic), "priority": priority_of(self.priority)}


class BrandPatch(Given):
    """Changes of a brand; what is left out stays as it is."""

    name: Name | None = None
    description: str | None = None
    handles: list[Name] | None = None
    competitors: list[Name] | None = None
    red_lines: list[Name] | None = None
    words: dict[Name, WordTone] | None = Field(
        None, max_length=MOST_WORDS, description="All of them: what is not given is removed."
    )
    policy: str | None = Field(None, description="null: the built-in policy.")
    channel: Channel | None = Field(None, description="null: the console.")
    voice: VoiceModel | None = None
    topic: list[TopicModel] | None = Field(
        None, max_length=MOST_TOPICS, description="All of them: what is not given is removed."
    )
    aspects: bool | None = None
    priority: PriorityModel | None = Field(
        None, description="All weights: what is not given is as usual again."
    )
    archived: bool | None = Field(
        None, description="true stops listening for it and keeps all it has; false undoes that."
    )

    def fields(self) -> dict[str, Any]:
        """What is given, as the store names it. Raises Invalid for a null where there is none."""
        told = given_fields(self, may_be_null=("policy", "channel"))
        if "archived" in told:
            told["enabled"] = not told.pop("archived")
        if self.topic is not None:
            told["topics"] = topics_of(self.topic)
        if self.priority is not None:
            told["priority"] = priority_of(self.priority)
        told.pop("topic", None)
        return told


class BrandOut(Out):
    """Whose reputation is watched."""

    id: int
    slug: str
    name: str
    description: str
    handles: list[str]
    competitors: list[str]
    red_lines: list[str]
    words: dict[str, float]
    voice: dict[str, Any]
    topic: list[dict[str, Any]] = Field(validation_alias="topics")
    aspects: bool
    priority: dict[str, float] = Field(description="The weights that differ from the usual ones.")
    policy: str | None
    channel: str | None
    demo: bool
    archived: bool
