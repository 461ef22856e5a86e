"""``groundswell demo``: a made-up brand in a crisis, beside live sources."""

from __future__ import annotations

import time
from typing import Annotated, Final

import typer

from service.cli.app import app, reports_errors, settings_for
from service.cli.output import say
from service.cli.serve import Host, Port, until_stopped
from service.cli.welcome import point_out, welcome
from service.runtime import Runtime
from service.store.reads.deliveries import delivery_page
from service.workspace.demo import set_up_demo

FIRST_PAGE: Final = 60.0
"""Seconds within which the demonstration's first page is sent on any machine."""


@app.command()
@reports_errors
def demo(
    host: Host = None,
    port: Port = None,
    live: Annotated[
        bool, typer.Option("--live/--no-live", help="Also listen to a few open sources.")
    ] = True,
) -> None:
    """Show what Groundswell does: a made-up brand, four weeks of history, a firestorm now.

    Everything made up is marked DEMO. Some live sources that need no key are listened to beside
    it, where the network allows. Starting again goes on with the same story; groundswell apply
    with --prune and a file of your own ends it.
    """
    # Its sources and deliveries have pages; here the address and the way in are to be seen.
    settings = settings_for(host=host, port=port)

    def prepare(runtime: Runtime) -> None:
        with runtime.store.write() as session:
            set_up_demo(session, now=runtime.clock.now(), live=live)

    def ready(runtime: Runtime) -> None:
        link = welcome(runtime)
        say("DEMO: the brand Lumo Kettles and all that is said about it are made up.")
        if not _has_paged(runtime):
            say("Four weeks of history are read first; the page for its firestorm follows.")
            _wait_for_page(runtime)
            # What was sent is long, and has moved the way in off the screen.
            point_out(runtime, link=link)

    until_stopped(settings, prepare=prepare, ready=ready)


def _has_paged(runtime: Runtime) -> bool:
    with runtime.store.read() as session:
        return bool(delivery_page(session, kind="page", state="sent", limit=1).items)


def _wait_for_page(runtime: Runtime) -> None:
    deadline = time.monotonic() + FIRST_PAGE
    while time.monotonic() < deadline and not _has_paged(runtime):
        time.sleep(0.5)
