"""Who answers: people, rotas, policies; and where a brand's messages go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from rules.errors import InvalidPolicy
from rules.incident import DEFAULT_POLICY, Policy
from rules.oncall import Rota, answerer
from service.logs import logger
from service.store.brands import BrandFacts
from service.store.engine import Session
from service.store.tables import PersonRow, PolicyRow, RotaRow

log = logger(__name__)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can be paged; ``name`` is unique and what rotas and policies call them."""

    id: int
    name: str
    full_name: str
    slack_user_id: str | None
    email: str | None


def list_people(session: Session) -> list[Person]:
    """In the order in which they were added."""
    return [_person(row) for row in session.scalars(select(PersonRow).order_by(PersonRow.id))]


def find_person(session: Session, name: str) -> Person | None:
    row = session.scalars(select(PersonRow).where(PersonRow.name == name)).one_or_none()
    return None if row is None else _person(row)


def list_rotas(session: Session) -> list[Rota]:
    """In the order in which they were added. One that cannot be read is left out, and logged."""
    rotas = []
    for row in session.scalars(select(RotaRow).order_by(RotaRow.id)):
        try:
            rotas.append(Rota.from_json({**row.body, "name": row.name}))
        except InvalidPolicy as error:
            log.error("a rota cannot be read", rota=row.name, error=str(error))
    return rotas


def policy_for(session: Session, brand: BrandFacts, *, name: str | None = None) -> Policy:
    """The policy that an alert rule names, else the brand's. A missing or broken one is logged and
    the default stands in:

    somebody is paged all the same.
    """
    name = name or brand.policy
    if name is None:
        return DEFAULT_POLICY
    row = session.scalars(select(PolicyRow).where(PolicyRow.name == name)).one_or_none()
    if row is None:
        log.error("a brand's policy is missing", brand=brand.slug, policy=name)
        return DEFAULT_POLICY
    try:
        return Policy.from_json({**row.body, "name": row.name})
    except InvalidPolicy as error:
        log.error("a policy cannot be read", policy=row.name, error=str(error))
        return DEFAULT_POLICY


def find_answerer(session: Session, target: str, *, policy: Policy, at: datetime) -> str | None:
    """The person a step's target means at that moment; see ``rules.oncall.answerer``."""
    return answerer(
        target,
        rota=policy.rota,
        rotas={rota.name: rota for rota in list_rotas(session)},
        people=[person.name for person in list_people(session)],
        at=at,
    )


def destinations(session: Session, brand: BrandFacts) -> list[tuple[str, str]]:
    """(notifier, destination) of every place the brand's incidents are shown in."""
    return [("slack", brand.channel)] if brand.channel else [("console", "console")]


def system_destinations(session: Session, brands: list[BrandFacts]) -> list[tuple[str, str]]:
    """Where messages about the service itself go: every place of every brand, once."""
    places = {place for brand in brands for place in destinations(session, brand)}
    return sorted(places) or [("console", "console")]


def _person(row: PersonRow) -> Person:
    return Person(row.id, row.name, row.full_name, row.slack_user_id, row.email)
