"""``groundswell listen``: hear of a name on every source that needs no key."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Annotated
from urllib.parse import urlsplit

import typer

from service.cli.app import FAILED, WrongInput, app, opened, reports_errors, settings_for
from service.cli.listen_view import said_of, show
from service.cli.output import progress, say
from service.cli.poll import outcome, poll_once
from service.cli.serve import Host, Port, until_stopped
from service.cli.welcome import welcome
from service.ingest.poll import Polled
from service.runtime import Runtime
from service.settings import Settings
from service.store import sources
from service.store.brands import find_brand
from service.store.reads.mentions import mention_page
from service.workspace.listening import Listening, listen_to

SHOWN = 10


@app.command()
@reports_errors
def listen(
    name: Annotated[str, typer.Argument(help="The brand's name, as people write it.")],
    competitor: Annotated[
        list[str] | None, typer.Option(help="A competitor's name; give several times.")
    ] = None,
    feed: Annotated[
        list[str] | None, typer.Option(help="Address of a feed to read, too; give several times.")
    ] = None,
    handle: Annotated[
        list[str] | None, typer.Option(help="An account of the brand, such as @acme.")
    ] = None,
    host: Host = None,
    port: Port = None,
    once: Annotated[
        bool, typer.Option("--once", help="Poll every source once, print what came, and leave.")
    ] = False,
) -> None:
    """Listen to a name without a key and without a file.

    Sets up the brand, a query made from its name, and every source that needs no key, which
    docs/sources.md lists; starts the service; shows mentions as they come. A source that refuses
    is shown as a blind spot with its reason and stops none of the others. Calling it again goes on
    with what is there. With --once the exit code is 0 when at least one source could be heard.
    """
    if not any(letter.isalnum() for letter in name):
        raise WrongInput(f"{name!r} has no letter or digit; give the brand's name")
    for url in feed or []:
        if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
            raise WrongInput(f"{url!r} is no address; write it with http:// or https://")
    settings = settings_for(host=host, port=port)

    def prepare(runtime: Runtime) -> Listening:
        with runtime.store.write() as session:
            return listen_to(
                session,
                name.strip(),
                competitors=competitor or (),
                handles=handle or (),
                feeds=feed or (),
                now=runtime.clock.now(),
            )

    if once:
        with opened(settings) as runtime:
            _once(runtime, prepare(runtime))
        return
    _serve(settings, prepare)


def _serve(settings: Settings, prepare: Callable[[Runtime], Listening]) -> None:
    ended = threading.Event()
    made: list[Listening] = []
    shown = threading.Event()

    def ready(runtime: Runtime) -> None:
        try:
            welcome(runtime)
            show(runtime, made[0], ended=ended)
        finally:
            shown.set()

    try:
        until_stopped(settings, prepare=lambda runtime: made.append(prepare(runtime)), ready=ready)
    finally:
        ended.set()
        shown.wait(timeout=2)


def _once(runtime: Runtime, listening: Listening) -> None:
    with runtime.store.read() as session:
        known = [sources.find_source(session, name) for name in listening.sources]
    chosen = [source for source in known if source is not None and source.enabled]
    polled: list[Polled] = []
    with progress("listening", total=len(chosen)) as done:
        for one in poll_once(runtime, chosen):
            polled.append(one)
            done(len(polled))
            say(outcome(one))
    heard = [one for one in polled if one.error is None]
    _say_newest(runtime, listening)
    say(
        f"{len(heard)} of {len(chosen)} sources heard, "
        f"{sum(one.fetched for one in heard)} posts fetched, "
        f"{sum(one.stored for one in heard)} new mentions"
    )
    if not heard:
        raise typer.Exit(FAILED)


def _say_newest(runtime: Runtime, listening: Listening) -> None:
    with runtime.store.read() as session:
        brand = find_brand(session, listening.slug)
        page = mention_page(session, brand_id=brand.id if brand else None, limit=SHOWN)
    for view in page.items:
        told = said_of(view, limit=110)
        say(f"{view.effective_at:%m-%d %H:%M}  {view.platform}  {view.top.label}  {told}")
