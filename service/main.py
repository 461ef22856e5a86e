"""The whole program in one process: pages, API and jobs. Build it, or serve it until Ctrl-C."""

from __future__ import annotations

import signal
import socket
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from service import api, web
from service.deps import install_security
from service.jobs.scheduler import Scheduler
from service.logs import logger
from service.runtime import Runtime, build_runtime
from service.settings import Settings, SettingsError

STATIC = Path(__file__).parent / "web" / "static"
GRACE = 3
"""Seconds that open requests get at the end; live pages connect again by themselves."""

log = logger(__name__)


def create_app(runtime: Runtime, *, with_jobs: bool = False) -> FastAPI:
    """The ASGI application over a runtime. ``with_jobs``: the ticks run while the app does."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        scheduler = Scheduler(runtime) if with_jobs else None
        if scheduler is not None:
            scheduler.start()
        try:
            yield
        finally:
            if scheduler is not None:
                scheduler.close()

    app = FastAPI(
        title="Groundswell",
        version="1",
        lifespan=lifespan,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
    )
    app.state.runtime = runtime
    install_security(app, runtime.settings)
    api.install(app)
    web.install(app)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    return app


class _Server(uvicorn.Server):
    """Tells when it answers, and when it is asked to stop, so that live pages end at once."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], object]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            threading.Thread(target=self._ready, name="ready", daemon=True).start()


def serve(
    settings: Settings,
    *,
    prepare: Callable[[Runtime], None] | None = None,
    ready: Callable[[Runtime], object] | None = None,
) -> None:
    """Migrate the store, run everything, and return after Ctrl-C or SIGTERM.

    ``prepare`` runs once before the first tick (the demo sets itself up there); ``ready`` runs in
    a thread of its own as soon as the address answers. Raises SettingsError where the address
    cannot be had.
    """
    listener = _listen(settings)
    settings = settings.model_copy(update={"port": listener.getsockname()[1]})
    runtime = build_runtime(settings)
    try:
        runtime.store.migrate()
        if prepare is not None:
            prepare(runtime)
        config = uvicorn.Config(
            create_app(runtime, with_jobs=True),
            log_config=None,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=GRACE,
            proxy_headers=bool(settings.trusted_proxies),
            forwarded_allow_ips=settings.trusted_proxies or None,
        )
        server = _Server(config, ready=lambda: ready(runtime) if ready else None)
        # uvicorn ends, and then raises the signal again for whoever was there before: that is us,
        # so that SIGTERM ends the process by its last line instead of in the middle of one.
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, lambda _signal, _frame: None)
        server.run(sockets=[listener])
    finally:
        runtime.close()
        listener.close()


def _listen(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError as error:
        listener.close()
        raise SettingsError(
            f"cannot listen on {settings.host}:{settings.port}: {error.strerror}; "
            "stop what uses that port, or set GROUNDSWELL_PORT to another one"
        ) from None
    listener.set_inheritable(True)
    return listener
