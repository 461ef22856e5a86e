"""The person whom a step of a policy means at one moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from rules.oncall.rota import Rota, on_call

PRIMARY: Final = "primary"
BACKUP: Final = "backup"
"""Rotas of these names are who is on call, and who is asked when nobody answers."""


def answerer(
    target: str,
    *,
    rota: str | None,
    rotas: Mapping[str, Rota],
    people: Sequence[str],
    at: datetime,
) -> str | None:
    """``target``: "on-call", "rota:NAME" or "person:NAME"; ``rota``: the policy's own.

    "on-call" is the policy's rota; without one the rota called primary, else the first one that
    is not the backup, else the first person there is. A rota or person that does not exist, or
    has nobody at that moment, means the same as "on-call". None: there is nobody at all.
    """
    kind, _, name = target.partition(":")
    if kind == "person" and name in people:
        return name
    if kind == "rota" and name in rotas:
        person = on_call(rotas[name], at=at)
        if person is not None:
            return person
    if rota is not None and rota in rotas:
        chosen = [rotas[rota]]
    else:
        others = [each for each in rotas.values() if each.name != BACKUP]
        chosen = sorted(others, key=lambda each: each.name != PRIMARY)
    for each in chosen:
        person = on_call(each, at=at)
        if person is not None:
            return person
    return people[0] if people else None
