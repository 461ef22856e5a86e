"""The tables of a workspace file and their keys. What two tables say of each other: checks.py."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from service.workspace.alert_model import AlertModel, AlertsModel
from service.workspace.durations import Duration
from service.workspace.topic_model import MOST_TOPICS, PriorityModel, TopicModel
from service.workspace.values import (
    Channel,
    Email,
    Every,
    ListName,
    Moment,
    Name,
    ShortName,
    SlackUser,
    Slug,
    Table,
    Timezone,
)

MOST_EXAMPLES = 150
"""Texts of one kind that a query is tested on: they are tried at every look at its page."""

LONGEST_EXAMPLE = 10_000
"""Characters of one example: of an article, the part that matters."""


class VoiceModel(Table):
    """How drafts of a response sound."""

    tone: str = Field("plain", description="plain, warm or formal.")
    sign_off: str = Field("", description="The last words of a draft.")
    language: str = Field("en", description="Language of the drafts, as a code.")
    templates: dict[str, str] = Field(
        default_factory=dict, description="Your own drafts, by the name of the one they replace."
    )


MOST_WORDS = 500
WordTone = Annotated[float, Field(ge=-4, le=4)]


class BrandModel(Table):
    """Whose reputation is watched."""

    name: Name = Field(description="The brand's name, as people write it.")
    slug: Slug | None = Field(
        None, description="The name in addresses. Default: made from the name."
    )
    description: str = Field("", description="For people: what the brand does.")
    handles: list[Name] = Field(
        default_factory=list, description='Its accounts, as "@acme" or "@acme@example.social".'
    )
    competitors: list[Name] = Field(
        default_factory=list,
        description="Names of competitors; each without a [[query]] of its name gets one.",
    )
    red_lines: list[Name] = Field(
        default_factory=list,
        description="Words that make any mention urgent: recall, lawsuit, injured.",
    )
    words: dict[Name, WordTone] = Field(
        default_factory=dict,
        max_length=MOST_WORDS,
        description="Words that mean something else for this brand, with their tone from -4 (as "
        "bad as can be) over 0 (says nothing) to 4: a product called Killer is not bad news.",
    )
    policy: str | None = Field(
        None, description='Name of a [[policy]]. Default: the built-in "default".'
    )
    channel: Channel | None = Field(
        None, description='Slack channel for alerts: "#name" or its id. Default: the console.'
    )
    voice: VoiceModel = Field(default_factory=VoiceModel)
    topic: list[TopicModel] = Field(
        default_factory=list,
        max_length=MOST_TOPICS,
        description="What people speak of: your own topics, and changes of the built-in ones.",
    )
    aspects: bool = Field(
        True, description="Whether the built-in aspects (delivery, price, staff …) are looked for."
    )
    priority: PriorityModel = Field(
        default_factory=PriorityModel, description="What makes a mention urgent for this brand."
    )


def _example(value: Any) -> Any:
    """Text alone is the short way of a table that has nothing else."""
    return {"text": value} if isinstance(value, str) else value


class ExampleModel(Table):
    """A text that a query is tested on, and what is known of it besides."""

    text: str = Field("", max_length=LONGEST_EXAMPLE)
    title: str = Field("", max_length=LONGEST_EXAMPLE)
    author: str = Field("", max_length=200, description='As "Ann Example @ann".')
    lang: str | None = Field(None, max_length=35)
    country: str | None = Field(None, max_length=2, description="ISO 3166, two letters.")
    platform: str | None = Field(None, max_length=40)
    source: str | None = Field(None, max_length=200, description="Name of a [[source]].")
    type: Literal["post", "comment", "review", "article"] | None = None
    url: str | None = Field(None, max_length=2000)
    followers: int | None = Field(None, ge=0)
    engagement: int | None = Field(None, ge=0)
    reach: int | None = Field(None, ge=0)
    rating: float | None = Field(None, ge=0, le=5)
    published: Moment | None = Field(None, description="A date or a time; without a zone, UTC.")


ExampleEntry = Annotated[
    ExampleModel, BeforeValidator(_example, json_schema_input_type=str | ExampleModel)
]


class QueryModel(Table):
    """A saved Boolean search, with the texts it is tested on."""

    brand: str | None = Field(
        None, description="Slug or name of its brand; may be left out where there is only one."
    )
    name: Name
    role: Literal["brand", "competitor", "campaign", "topic"] = "brand"
    text: str = Field(description="The search: AND, OR, NOT, parentheses, “phrases”, {{lists}}.")
    must_match: list[ExampleEntry] = Field(
        default_factory=list,
        max_length=MOST_EXAMPLES,
        description="Texts that the query must match; it is refused where it does not.",
    )
    must_not_match: list[ExampleEntry] = Field(
        default_factory=list,
        max_length=MOST_EXAMPLES,
        description="Texts that the query must not match.",
    )


class ListModel(Table):
    """A named part of queries: {{name}} in a query is this text in parentheses."""

    name: ListName = Field(description="What stands between the braces: letters, digits, - and _.")
    brand: str | None = Field(
        None, description="Slug or name of the brand it is for. Default: shared by all brands."
    )
    text: str = Field(description="What it stands for, in the language of queries.")


class SourceModel(Table):
    """A place to listen."""

    name: Name
    connector: str = Field(description="What reads it; `groundswell connectors list` has all.")
    every: Every | None = Field(
        None, description="Time between two polls. Default: what suits the connector."
    )
    tier: int = Field(2, ge=1, le=4, description="1: leading press and our own; 4: anybody.")
    enabled: bool = True
    settings: dict[str, Any] = Field(
        default_factory=dict,
        description='What the connector needs. Secrets only as "env:NAME" or "file:PATH".',
    )


class PersonModel(Table):
    """Somebody who can be paged."""

    name: ShortName = Field(description="Short name, used in rotas and policies.")
    full_name: str = ""
    slack_user_id: SlackUser | None = None
    email: Email | None = None


class OverrideModel(Table):
    """A span in which somebody else answers. Times without a zone are in the rota's."""

    person: str
    start: Moment
    end: Moment


class RotaModel(Table):
    """Who answers when."""

    name: ShortName
    timezone: Timezone = "UTC"
    people: list[str] = Field(min_length=1, description="Names of [[person]]s, in their turn.")
    starts: Moment = Field(description="When the first turn begins; hand-over is at this time.")
    turn: Duration = Field(timedelta(days=7), description="How long a turn is, an hour or more.")
    overrides: list[OverrideModel] = Field(default_factory=list)


class StepModel(Table):
    """One page: whom, and how long after the one before."""

    after: Duration = timedelta(0)
    notify: str = Field("on-call", description='"on-call", "rota:NAME" or "person:NAME".')


class PolicyModel(Table):
    """What happens when nobody answers."""

    name: ShortName
    steps: list[StepModel] = Field(min_length=1, max_length=20)
    repeat: int = Field(2, ge=0, le=10, description="How many more times the steps are repeated.")
    resolve_after_quiet: Duration = Field(
        timedelta(hours=2), description="An incident closes by itself after this long without news."
    )
    reopen_within: Duration = Field(
        timedelta(hours=6), description="A new alert this soon after reopens the incident."
    )
    rota: str | None = Field(
        None, description='Who "on-call" is. Default: the first person there is.'
    )


Rows: TypeAlias = list
"""A list under another name: one of the tables below is called that."""


class Workspace(BaseModel):
    """A whole file: the tables of each kind, in the order of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    brand: Rows[BrandModel] = Field(default_factory=list)
    query: Rows[QueryModel] = Field(default_factory=list)
    source: Rows[SourceModel] = Field(default_factory=list)
    person: Rows[PersonModel] = Field(default_factory=list)
    rota: Rows[RotaModel] = Field(default_factory=list)
    policy: Rows[PolicyModel] = Field(default_factory=list)
    alerts: AlertsModel | None = None
    alert: Rows[AlertModel] = Field(default_factory=list)
    list: Rows[ListModel] = Field(default_factory=list)


TABLES: dict[str, type[Table]] = {
    "brand": BrandModel,
    "query": QueryModel,
    "list": ListModel,
    "source": SourceModel,
    "person": PersonModel,
    "rota": RotaModel,
    "policy": PolicyModel,
    "alert": AlertModel,
}
"""What may stand in a file, by the name in the double brackets."""

ALONE: dict[str, type[Table]] = {"alerts": AlertsModel}
"""What stands there once, by the name in the brackets."""
