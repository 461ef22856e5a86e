"""The tables of a workspace file and their keys. What two tables say of each other: checks.py."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from service.workspace.durations import Duration

SHORTEST_POLL = timedelta(seconds=5)
LONGEST_POLL = timedelta(hours=24)


def slug_of(name: str) -> str:
    """A name as it stands in addresses: ``"Café Zürich"`` is ``cafe-zurich``; never empty."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:80].strip("-")
    return slug or "brand-" + "-".join(f"{ord(letter):x}" for letter in name[:8])


def _must(kind: str, what: str) -> PydanticCustomError:
    return PydanticCustomError(kind, "{what}", {"what": what})


def _filled(text: str) -> str:
    if not text.strip():
        raise _must("empty", "must not be empty; write its name")
    if text != text.strip():
        raise _must("blank", "begins or ends with a blank; remove it")
    return text


def _slug(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,79}", text):
        raise _must(
            "slug",
            f"must be small letters, digits and hyphens, at most 80; write {slug_of(text)!r}",
        )
    return text


def _channel(text: str) -> str:
    if not re.fullmatch(r"#[^\s#,]{1,80}|[CG][A-Z0-9]{6,}", text):
        raise _must(
            "channel",
            'must be a Slack channel; write its name as "#name" or its id as "C0123456789"',
        )
    return text


def _slack_user(text: str) -> str:
    if not re.fullmatch(r"[UW][A-Z0-9]{6,}", text):
        raise _must(
            "slack_user",
            "must be a Slack member id such as U0123456789; copy it from the person's profile "
            "in Slack (More, Copy member ID)",
        )
    return text


def _email(text: str) -> str:
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text):
        raise _must("email", "must be an address; write it as name@example.com")
    return text


def _timezone(text: str) -> str:
    known = available_timezones()
    try:
        if text in known or ZoneInfo(text):
            return text
    except (KeyError, ValueError, OSError):
        pass
    folded = {name.casefold(): name for name in known}
    meant = folded.get(text.casefold().replace(" ", "_"))
    hint = f"write {meant!r}" if meant else 'write one such as "Europe/Berlin" or "UTC"'
    raise _must("timezone", f"is not a time zone: {text!r}; {hint}")


def _moment(value: Any) -> Any:
    """A day alone means its beginning. The zone is the rota's, so there is none here yet."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime.combine(value, time())
    return value


def _every(length: timedelta) -> timedelta:
    if not SHORTEST_POLL <= length <= LONGEST_POLL:
        raise _must("every", 'must be between 5 seconds and a day; write for instance "15m"')
    return length


Name = Annotated[str, Field(max_length=200), AfterValidator(_filled)]
ShortName = Annotated[str, Field(max_length=80), AfterValidator(_filled)]
Channel = Annotated[str, AfterValidator(_channel)]
Moment = Annotated[datetime, BeforeValidator(_moment)]


class Table(BaseModel):
    """Base of every table: unknown keys are refused, values are not converted."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class VoiceModel(Table):
    """How drafts of a response sound."""

    tone: str = Field("plain", description="plain, warm or formal.")
    sign_off: str = Field("", description="The last words of a draft.")
    language: str = Field("en", description="Language of the drafts, as a code.")
    templates: dict[str, str] = Field(
        default_factory=dict, description="Your own drafts, by the name of the one they replace."
    )


class BrandModel(Table):
    """Whose reputation is watched."""

    name: Name = Field(description="The brand's name, as people write it.")
    slug: Annotated[str, AfterValidator(_slug)] | None = Field(
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
    policy: str | None = Field(
        None, description='Name of a [[policy]]. Default: the built-in "default".'
    )
    channel: Channel | None = Field(
        None, description='Slack channel for alerts: "#name" or its id. Default: the console.'
    )
    voice: VoiceModel = Field(default_factory=VoiceModel)


class QueryModel(Table):
    """A saved Boolean search."""

    brand: str | None = Field(
        None, description="Slug or name of its brand; may be left out where there is only one."
    )
    name: Name
    role: Literal["brand", "competitor", "campaign", "topic"] = "brand"
    text: str = Field(description="The search: AND, OR, NOT, parentheses, “phrases”.")


class SourceModel(Table):
    """A place to listen."""

    name: Name
    connector: str = Field(description="What reads it; `groundswell connectors list` has all.")
    every: Annotated[Duration, AfterValidator(_every)] | None = Field(
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
    slack_user_id: Annotated[str, AfterValidator(_slack_user)] | None = None
    email: Annotated[str, AfterValidator(_email)] | None = None


class OverrideModel(Table):
    """A span in which somebody else answers. Times without a zone are in the rota's."""

    person: str
    start: Moment
    end: Moment


class RotaModel(Table):
    """Who answers when."""

    name: ShortName
    timezone: Annotated[str, AfterValidator(_timezone)] = "UTC"
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


class Workspace(BaseModel):
    """A whole file. Every list holds the tables of one kind, in the order of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    brand: list[BrandModel] = Field(default_factory=list)
    query: list[QueryModel] = Field(default_factory=list)
    source: list[SourceModel] = Field(default_factory=list)
    person: list[PersonModel] = Field(default_factory=list)
    rota: list[RotaModel] = Field(default_factory=list)
    policy: list[PolicyModel] = Field(default_factory=list)


TABLES: dict[str, type[Table]] = {
    "brand": BrandModel,
    "query": QueryModel,
    "source": SourceModel,
    "person": PersonModel,
    "rota": RotaModel,
    "policy": PolicyModel,
}
"""What may stand in a file, by the name in the double brackets."""
