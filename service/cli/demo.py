"""``groundswell demo``: a made-up brand in a crisis, beside live sources."""

from __future__ import annotations

from typing import Annotated

import typer

from service.cli.app import app, reports_errors, settings_for
from service.cli.output import say
from service.cli.serve import Host, Port, until_stopped
from service.cli.welcome import welcome
from service.runtime import Runtime
from service.workspace.demo import set_up_demo


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
    settings = settings_for(quiet=False, host=host, port=port)

    def prepare(runtime: Runtime) -> None:
        with runtime.store.write() as session:
            set_up_demo(session, now=runtime.clock.now(), live=live)

    def ready(runtime: Runtime) -> None:
        welcome(runtime)
        say("DEMO: the brand Lumo Kettles and all that is said about it are made up.")

    until_stopped(settings, prepare=prepare, ready=ready)
