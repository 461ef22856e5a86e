"""An application over a store of its own, and browsers without a window."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from fastapi.testclient import TestClient

from connectors.http import HttpClient
from service import web
from service.auth.roles import Role
from service.auth.sessions import open_session
from service.auth.users import create_user
from service.deps import cookie_name, install_security
from service.metrics import Metrics
from service.runtime import Runtime
from service.settings import Settings
from service.store.engine import Store
from service.web.page import STATIC
from tests.fakes import FakeClock

SignIn = Callable[..., TestClient]


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def settings() -> Settings:
    return Settings(public_url="http://testserver")


@pytest.fixture
def runtime(sqlite_store: Store, clock: FakeClock, settings: Settings) -> Iterator[Runtime]:
    http = HttpClient(now=clock.now)
    yield Runtime(
        settings=settings,
        store=sqlite_store,
        clock=clock,
        notifiers={},
        http=http,
        metrics=Metrics(),
    )
    http.close()


@pytest.fixture
def app(runtime: Runtime) -> FastAPI:
    """The pages alone: the API takes its time to describe itself."""
    app = FastAPI(openapi_url=None)
    app.state.runtime = runtime
    install_security(app, runtime.settings)
    web.install(app)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    return app


@pytest.fixture
def visitor(app: FastAPI) -> Iterator[TestClient]:
    """Somebody who has not signed in; redirects are shown, not followed."""
    with TestClient(app, follow_redirects=False, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def sign_in(app: FastAPI, runtime: Runtime, clock: FakeClock) -> Iterator[SignIn]:
    """``sign_in("viewer")``: a client with the session of a new user of that role."""
    clients: list[TestClient] = []

    def signed_in(role: str = "responder") -> TestClient:
        with runtime.store.write() as session:
            user = create_user(
                session,
                name=f"{role}{len(clients)}",
                role=Role(role),
                password=None,
                now=clock.now(),
            )
            token = open_session(session, user_id=user.id, now=clock.now())
        client = TestClient(app, follow_redirects=False, raise_server_exceptions=False)
        client.cookies.set(cookie_name("session", runtime.settings), token)
        clients.append(client)
        return client

    yield signed_in
    for client in clients:
        client.close()
