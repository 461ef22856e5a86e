"""A brand with three weeks of history and a bad day, and that day lived minute by minute."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from rules.backtest import Answering
from rules.incident import Status
from service.escalation.detect import detect
from service.escalation.incidents import acknowledge
from service.escalation.tick import escalate_due, resolve_quiet
from service.store import incidents, rollups
from service.store.engine import Session, Store
from service.store.kept_series import KeptSeries
from service.store.rollups import Counted
from service.store.tables import IncidentRow, TimelineRow
from tests.builders import (
    NOON,
    a_brand,
    a_match,
    a_query,
    a_source,
    a_stored_mention,
    minutes,
)
from tests.service.escalation.scenes import people

BEGAN = NOON - timedelta(days=16)
DAY = timedelta(hours=11)
"""How long is lived minute by minute, from NOON on."""

FIRES = ((40, 45, 3, ("mastodon",)), (75, 30, 6, ("mastodon", "news")), (420, 40, 2, ("news",)))
"""Begins this many minutes after NOON, lasts, negative mentions a minute, on which platforms."""


@dataclass(frozen=True, slots=True)
class Scene:
    brand: int
    query: int


def a_bad_day(session: Session) -> Scene:
    """Everything but the day's counts, which come as time passes."""
    brand = a_brand(session, "Acme", red_lines=["caught fire"], created_at=BEGAN)
    query = a_query(session, brand=brand, name="Acme", created_at=BEGAN)
    a_source(session, created_at=BEGAN)
    people(session)
    dice = random.Random(5)
    for number in range(0, 16 * 1440, 11):
        _count(session, query, BEGAN + minutes(number), "mastodon", int(dice.random() < 0.2))
        if number % 3 == 0:
            _count(session, query, BEGAN + minutes(number), "news", 0)
    for number in range(4):
        mention = a_stored_mention(
            session,
            text="the kettle caught fire",
            published_at=NOON + minutes(41 + number),
            collected_at=NOON + minutes(41 + number),
        )
        a_match(session, query=query, mention=mention, story="kettles burn")
    return Scene(brand, query)


def arrive(session: Session, scene: Scene, minute: int) -> None:
    """The counts of one minute of the day."""
    for begins, lasts, many, platforms in FIRES:
        if begins <= minute < begins + lasts:
            for platform in platforms:
                _count(session, scene.query, NOON + minutes(minute), platform, many)
    if minute % 15 == 0:
        _count(session, scene.query, NOON + minutes(minute), "reddit", 0)


def live(store: Store, scene: Scene, *, answering: Answering, length: timedelta = DAY) -> None:
    """The day as it happens: what is due comes before what is found at the same moment."""
    answers: dict[int, datetime] = {}
    read = KeptSeries()
    pages: Mapping[int, int] = {}
    last = int(length / minutes(1))
    for minute in range(1, last + 1):
        now = NOON + minutes(minute)
        with store.write() as session:
            arrive(session, scene, minute - 1)
        for incident_id in [one for one, at in answers.items() if at <= now]:
            del answers[incident_id]
            with store.write() as session:
                if incidents.get_incident(session, incident_id).status is Status.OPEN:
                    acknowledge(session, incident_id, actor="somebody", now=now)
        escalate_due(store, now=now)
        resolve_quiet(store, now=now)
        if minute < last:
            detect(store, now=now, read=read)
        before, pages = pages, _pages(store)
        wait = answering.after(now)
        for incident_id, count in pages.items():
            if count > before.get(incident_id, 0) and wait is not None:
                answers.setdefault(incident_id, now + wait)


def lived(store: Store) -> Iterator[dict[str, Any]]:
    """The day's incidents as the store remembers them, in the shape of a backtest's."""
    with store.read() as session:
        for row in session.scalars(select(IncidentRow).order_by(IncidentRow.id)):
            entries = session.scalars(
                select(TimelineRow)
                .where(TimelineRow.incident_id == row.id, TimelineRow.kind == "paged")
                .order_by(TimelineRow.seq)
            )
            yield {
                "opened_at": row.opened_at,
                "severity": row.severity,
                "status": row.status,
                "acknowledged_at": row.acknowledged_at,
                "spike_ended_at": row.spike_ended_at,
                "resolved_at": row.resolved_at,
                "escalate_at": row.escalate_at if row.status == "open" else None,
                "pages": [(entry.at, entry.data["person"]) for entry in entries],
            }


def _pages(store: Store) -> dict[int, int]:
    with store.read() as session:
        rows = session.execute(
            select(TimelineRow.incident_id, func.count())
            .where(TimelineRow.kind == "paged")
            .group_by(TimelineRow.incident_id)
        )
        return {incident_id: count for incident_id, count in rows}  # noqa: C416


def _count(session: Session, query: int, at: datetime, platform: str, bad: int) -> None:
    counts = {
        "mentions": bad + 1,
        "negative": bad,
        "negative_reach": 500 * bad,
        "negative_engagement": 3 * bad,
        "organic": 100 * bad,
        "priority": 20 + 60 * bad,
    }
    rollups.add(session, [Counted(query, platform, at, counts)])
