"""Roles of people and scopes of API tokens, and how the one maps to the other."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What a user is. Each role includes those before it."""

    VIEWER = "viewer"
    RESPONDER = "responder"
    EDITOR = "editor"
    ADMIN = "admin"

    def includes(self, other: Role) -> bool:
        return _ORDER.index(self) >= _ORDER.index(other)

    @property
    def meaning(self) -> str:
        return _MEANINGS[self]


class Scope(StrEnum):
    """What an API token may do. Scopes do not include each other: a token has those it names."""

    READ = "read"
    RESPOND = "respond"
    WRITE = "write"
    ADMIN = "admin"


_ORDER: Final = (Role.VIEWER, Role.RESPONDER, Role.EDITOR, Role.ADMIN)
_MEANINGS: Final[Mapping[Role, str]] = {
    Role.VIEWER: "sees everything, changes nothing",
    Role.RESPONDER: "works on incidents: acknowledges, resolves, notes, gives verdicts",
    Role.EDITOR: "also changes what is listened to: brands, queries, sources, policies",
    Role.ADMIN: "also manages users and API tokens",
}
_SCOPES: Final[Mapping[Role, Scope]] = {
    Role.VIEWER: Scope.READ,
    Role.RESPONDER: Scope.RESPOND,
    Role.EDITOR: Scope.WRITE,
    Role.ADMIN: Scope.ADMIN,
}


def scopes_of(role: Role) -> frozenset[Scope]:
    """What a person of that role could also do through the API."""
    return frozenset(_SCOPES[each] for each in _ORDER if role.includes(each))
