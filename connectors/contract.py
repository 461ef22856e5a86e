"""The contract every connector keeps. The conformance suite checks it, check by check."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeAlias

from pydantic import BaseModel, ConfigDict

from connectors.http import HttpClient
from rules.mention import Mention

Cursor: TypeAlias = Mapping[str, Any]
"""JSON; only the connector that wrote it reads it."""


class ConnectorSettings(BaseModel):
    """Base of every connector's settings: unknown keys are refused, secrets are ``SecretStr``.

    Errors do not quote what was given: it may be a secret in the wrong place.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One entry that could not be read: why, and what it was (a link, an id, a line number)."""

    reason: str
    what: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """What one poll brought.

    ``mentions``: oldest first. ``cursor``: where the next poll starts, true once these are saved.
    ``more``: there is another page, poll again at once. ``left_out``: entries that could not be
    read. ``poll_after``: the platform's own wish for the next poll (ttl, max-age), if any.
    ``notice``: something to tell the user that is not an error ("the feed is damaged, 3 of 20
    entries were readable"; "moved for good to …").
    """

    mentions: tuple[Mention, ...]
    cursor: Cursor
    more: bool = False
    left_out: tuple[LeftOut, ...] = ()
    poll_after: timedelta | None = None
    notice: str | None = None


class Connector(Protocol):
    """Reads one source.

    ``poll`` returns what is new since the cursor (None: the first poll), oldest page first.
    Polling twice from one cursor gives the same mentions. One unreadable entry is left out and
    counted; if none can be read, PayloadChanged is raised. Nothing new is an empty batch, not an
    error. Raises ConnectorError only; no message, log line or repr holds a secret.
    """

    def poll(self, cursor: Cursor | None) -> Batch: ...


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a connector gets from whoever runs it: the guarded HTTP client and the time."""

    http: HttpClient
    now: Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Kind:
    """One connector as the registry lists it.

    ``build(settings, surroundings)`` makes the connector. ``summary`` is one line for lists and
    docs. ``every`` is the usual time between polls. ``hosts(settings)`` names the hosts it will
    ask, so that polls of one host can be spread out; empty for local sources.
    """

    settings: type[ConnectorSettings]
    build: Callable[[Any, Surroundings], Connector]
    summary: str
    every: timedelta = timedelta(minutes=15)
    hosts: Callable[[Any], frozenset[str]] = field(default=lambda _settings: frozenset())
