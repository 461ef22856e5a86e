"""The incident's states. Everything that is not in the table is refused."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from rules.errors import TransitionRefused


class Status(StrEnum):
    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    RESOLVED = "resolved"


class Action(StrEnum):
    ACKNOWLEDGE = "acknowledge"
    RESOLVE = "resolve"
    REOPEN = "reopen"


TRANSITIONS: Final[Mapping[tuple[Status, Action], Status]] = {
    (Status.OPEN, Action.ACKNOWLEDGE): Status.ACKNOWLEDGED,
    (Status.OPEN, Action.RESOLVE): Status.RESOLVED,
    (Status.ACKNOWLEDGED, Action.RESOLVE): Status.RESOLVED,
    (Status.RESOLVED, Action.REOPEN): Status.OPEN,
}


def apply(status: Status, action: Action) -> Status:
    """The status after the action. Raises TransitionRefused."""
    try:
        return TRANSITIONS[status, action]
    except KeyError:
        raise TransitionRefused(status, action) from None
