"""A stage for deliveries: a store with an incident in it, and a Slack of our own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from service.notify import deliver_due
from service.notify.console import ConsoleNotifier
from service.notify.notifier import Notifier
from service.notify.slack import SlackNotifier
from service.store import outbox
from service.store.engine import Store
from service.store.tables import DeliveryRow, IncidentRow
from tests.builders import a_brand, a_person, a_query, an_incident
from tests.fakes import FakeClock
from tests.slack_server import TOKEN, SlackServer

ADDRESS = "https://listen.example.org"


class Stage:
    """What a test of deliveries does and looks at."""

    def __init__(self, store: Store, slack: SlackServer) -> None:
        self.store = store
        self.slack = slack
        self.clock = FakeClock()
        slack.now = self.clock.now().timestamp()
        self.printed: list[str] = []
        self.notifiers: dict[str, Notifier] = {
            "console": ConsoleNotifier(self.printed.append),
            "slack": SlackNotifier(token=TOKEN, base_url=slack.url, timeout=1),
        }
        with store.write() as session:
            a_person(session, "ines", slack_user_id="U0INES")
        self.incident = self.opens("Acme")

    def opens(self, brand: str, **changes: Any) -> int:
        with self.store.write() as session:
            query = a_query(session, brand=a_brand(session, brand, channel="#crisis"))
            facts = {"severity": 1, "title": f"Negative mentions of {brand} rise", **changes}
            return an_incident(session, query=query, **facts)

    def puts(self, kind: str, *, incident: int | None = None, **changes: Any) -> int:
        facts: dict[str, Any] = {
            "notifier": "slack",
            "destination": "#crisis",
            "person": "ines" if kind == "page" else None,
            "payload": {"text": f"about the {kind}"} if kind in ("note", "system") else {},
            "now": self.clock.now(),
        }
        if kind != "system":
            facts["incident_id"] = incident or self.incident
        else:
            facts["incident_id"] = None
        with self.store.write() as session:
            return outbox.enqueue(session, kind=kind, **(facts | changes))

    def changes(self, incident: int | None = None, **values: Any) -> None:
        with self.store.write() as session:
            row = session.get_one(IncidentRow, incident or self.incident)
            for name, value in values.items():
                setattr(row, name, value)
            row.revision += 1

    def delivers(self, **notifiers: Notifier) -> int:
        return deliver_due(
            self.store, {**self.notifiers, **notifiers}, clock=self.clock, address=ADDRESS
        )

    def delivers_after(self, **span: float) -> int:
        self.clock.advance(timedelta(**span))
        self.slack.now = max(self.slack.now, self.clock.now().timestamp())
        return self.delivers()

    def row(self, identity: int) -> DeliveryRow:
        with self.store.read() as session:
            return session.get_one(DeliveryRow, identity)

    def rows(self) -> list[DeliveryRow]:
        with self.store.read() as session:
            return list(session.query(DeliveryRow).order_by(DeliveryRow.id))


@pytest.fixture
def slack() -> Iterator[SlackServer]:
    with SlackServer() as server:
        yield server


@pytest.fixture
def stage(store: Store, slack: SlackServer) -> Stage:
    return Stage(store, slack)


@pytest.fixture
def quick_stage(sqlite_store: Store, slack: SlackServer) -> Stage:
    return Stage(sqlite_store, slack)
