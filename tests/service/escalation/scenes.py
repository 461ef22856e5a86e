"""Scenes that the tests of escalation begin with: a brand with a fire, people, an incident."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from rules.incident import verify
from service.store import timeline
from service.store.engine import Session, Store
from service.store.tables import DeliveryRow, RotaRow
from tests.builders import (
    NOON,
    a_brand,
    a_match,
    a_person,
    a_query,
    a_rollup,
    a_source,
    a_stored_mention,
    minutes,
)

LONG_AGO = NOON - timedelta(days=20)


@dataclass(frozen=True, slots=True)
class Scene:
    brand: int
    query: int


def a_fire(
    session: Session,
    *,
    name: str = "Acme",
    at: datetime = NOON,
    per_minute: int = 4,
    platforms: tuple[str, ...] = ("mastodon", "reddit", "news"),
) -> Scene:
    """A brand listened to for weeks, usually quiet, and half an hour of fire before ``at``."""
    brand = a_brand(session, name)
    query = a_query(session, brand=brand, created_at=LONG_AGO)
    a_source(session, created_at=LONG_AGO)
    for day in range(1, 15):
        a_rollup(session, query=query, bucket=at - timedelta(days=day), mentions=2, negative=0)
    for n in range(1, 31):
        for platform in platforms:
            a_rollup(
                session,
                query=query,
                bucket=at - minutes(n),
                platform=platform,
                mentions=per_minute,
                negative=per_minute,
                negative_reach=100,
            )
    mention = a_stored_mention(
        session, text="the kettle caught fire", published_at=at - minutes(29), collected_at=at
    )
    a_match(session, query=query, mention=mention)
    return Scene(brand, query)


def people(session: Session) -> None:
    """Ines is on call, Omar is the backup."""
    for name, rota in (("ines", "primary"), ("omar", "backup")):
        a_person(session, name)
        session.add(
            RotaRow(
                name=rota,
                body={"people": [name], "timezone": "UTC", "starts": "2026-01-01T09:00:00"},
            )
        )
    session.flush()


def sent(store: Store, kind: str) -> list[DeliveryRow]:
    """The outbox rows of a kind, oldest first."""
    with store.read() as session:
        rows = session.scalars(
            select(DeliveryRow).where(DeliveryRow.kind == kind).order_by(DeliveryRow.id)
        ).all()
        session.expunge_all()
        return list(rows)


def history(store: Store, incident_id: int) -> list[str]:
    """The kinds of the timeline's entries; its hash chain has to fit."""
    with store.read() as session:
        entries = timeline.list_entries(session, incident_id)
    assert verify(entries) is None
    return [entry.kind for entry in entries]
