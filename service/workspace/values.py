"""Kinds of values that the keys of a workspace file take, and the base of its tables."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any
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


def _list_name(text: str) -> str:
    if not re.fullmatch(r"\w[\w-]{0,79}", text):
        meant = re.sub(r"[^\w-]+", "-", text).strip("-")[:80] or "competitors"
        raise _must(
            "list_name",
            f"must be letters, digits, hyphens and underscores, at most 80; write {meant!r}",
        )
    return text


Name = Annotated[str, Field(max_length=200), AfterValidator(_filled)]
ShortName = Annotated[str, Field(max_length=80), AfterValidator(_filled)]
Slug = Annotated[str, AfterValidator(_slug)]
ListName = Annotated[str, AfterValidator(_list_name)]
Channel = Annotated[str, AfterValidator(_channel)]
SlackUser = Annotated[str, AfterValidator(_slack_user)]
Email = Annotated[str, AfterValidator(_email)]
Timezone = Annotated[str, AfterValidator(_timezone)]
Every = Annotated[Duration, AfterValidator(_every)]
Moment = Annotated[datetime, BeforeValidator(_moment)]


class Table(BaseModel):
    """Base of every table: unknown keys are refused, values are not converted."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
