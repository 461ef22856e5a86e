"""The whole program in this process, once for all tests that only read it anew for each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI

from connectors.http import HttpClient
from service.main import create_app
from service.metrics import Metrics
from service.runtime import Runtime
from service.settings import Settings
from service.store.engine import Store
from tests.connectors.origin import an_origin
from tests.e2e.whole import ADDRESS, Whole
from tests.fakes import FakeClock
from tests.slack_server import SlackServer


@pytest.fixture(scope="session")
def app(migrated_sqlite: Path) -> Iterator[FastAPI]:
    """Pages and API. Building it takes a second, so each test only puts its runtime in."""
    clock = FakeClock()
    store, http = Store(f"sqlite:///{migrated_sqlite}"), HttpClient(now=clock.now)
    yield create_app(
        Runtime(
            settings=Settings(public_url=ADDRESS),
            store=store,
            clock=clock,
            notifiers={},
            http=http,
            metrics=Metrics(),
        )
    )
    http.close()
    store.close()


@pytest.fixture
def whole(app: FastAPI, sqlite_store: Store) -> Iterator[Whole]:
    with an_origin() as origin, SlackServer() as slack:
        made = Whole(app, sqlite_store, origin, slack)
        yield made
        made.close()
