"""The API over a store of its own, and tokens to come in with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from connectors.http import HttpClient
from service import api
from service.auth.tokens import create_token
from service.deps import install_security
from service.metrics import Metrics
from service.runtime import Runtime
from service.settings import Settings
from service.store.engine import Store
from tests.builders import NOON
from tests.fakes import FakeClock

ALL = ("read", "respond", "write", "admin")


@dataclass
class Api:
    """One running API: ``clock`` is set by hand, ``get`` and ``send`` come in with every scope."""

    store: Store
    clock: FakeClock
    app: FastAPI
    client: TestClient
    secret: str

    def token(self, *scopes: str, brands: tuple[str, ...] = ()) -> str:
        with self.store.write() as session:
            made = create_token(
                session,
                name=f"token {'-'.join((*scopes, *brands))}",
                scopes=scopes or ALL,
                brands=brands,
                created_by="a test",
                now=NOON,
            )
        return made.secret

    def send(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        token: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> httpx.Response:
        """``path`` without /api/v1; ``token`` "" for none at all."""
        told = dict(headers or {})
        secret = self.secret if token is None else token
        if secret:
            told["Authorization"] = f"Bearer {secret}"
        url = path if path.startswith("/api") else f"/api/v1{path}"
        return self.client.request(method, url, json=body, headers=told)

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self.send("GET", path, **more)

    def ok(self, path: str, **more: Any) -> Any:
        """The body of a GET that must succeed."""
        answer = self.get(path, **more)
        assert answer.status_code == 200, answer.text
        return answer.json()


@pytest.fixture(scope="session")
def built() -> FastAPI:
    """The routes, which know nothing of a store: each test mounts them on an application."""
    return api.build_api()


@pytest.fixture
def open_api(built: FastAPI) -> Iterator[Callable[[Store], Api]]:
    """Starts the API over a store."""
    opened: list[tuple[TestClient, HttpClient]] = []

    def start(store: Store) -> Api:
        settings = Settings()
        clock = FakeClock()
        http = HttpClient(user_agent="groundswell-tests", now=clock.now)
        app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
        app.state.runtime = Runtime(
            settings=settings,
            store=store,
            clock=clock,
            notifiers={},
            http=http,
            metrics=Metrics(),
        )
        install_security(app, settings)
        api.mount(app, built)
        client = TestClient(app).__enter__()
        opened.append((client, http))
        made = Api(store=store, clock=clock, app=app, client=client, secret="")
        made.secret = made.token(*ALL)
        return made

    yield start
    for client, http in opened:
        client.__exit__()
        http.close()


@pytest.fixture
def quick(open_api: Callable[[Store], Api], sqlite_store: Store) -> Api:
    """The API over SQLite."""
    return open_api(sqlite_store)


@pytest.fixture
def both(open_api: Callable[[Store], Api], store: Store) -> Api:
    """The API over SQLite and over PostgreSQL in turn."""
    return open_api(store)
