"""``groundswell serve``: the whole service in one process."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Annotated

import typer

from service import main as program
from service.cli.app import app, reports_errors, settings_for
from service.cli.output import say
from service.cli.welcome import welcome
from service.runtime import Runtime
from service.settings import Settings

Host = Annotated[
    str | None, typer.Option(help="Address to listen on. Default: GROUNDSWELL_HOST or 127.0.0.1.")
]
Port = Annotated[
    int | None,
    typer.Option(min=0, max=65535, help="Port; 0 takes a free one. Default: GROUNDSWELL_PORT."),
]


@app.command()
@reports_errors
def serve(host: Host = None, port: Port = None) -> None:
    """Collect, score, detect, escalate, deliver, and serve the pages and the API.

    The store is brought to the newest schema first. Prints the address and, the first time, a link
    that signs you in. Ctrl-C or SIGTERM ends it cleanly; starting again goes on where it was.
    Settings come from the environment: docs/settings.md.
    """
    settings = settings_for(quiet=False, host=host, port=port)
    until_stopped(settings, ready=welcome)


def until_stopped(
    settings: Settings,
    *,
    prepare: Callable[[Runtime], None] | None = None,
    ready: Callable[[Runtime], object] | None = None,
) -> None:
    """Serve until Ctrl-C, which is how it is meant to end: not a failure of the command."""
    with suppress(KeyboardInterrupt):
        program.serve(settings, prepare=prepare, ready=ready)
    say("Stopped. Starting again goes on where it was.")
