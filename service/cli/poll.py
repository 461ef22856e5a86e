"""``groundswell poll``: hear sources now, once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import Annotated

import typer

from service.cli.app import FAILED, WrongInput, app, opened, reports_errors
from service.cli.output import progress, say, shortened
from service.ingest.poll import LEASE, Polled
from service.ingest.poll import poll as poll_source
from service.runtime import Runtime
from service.store import sources
from service.store.sources import SourceFacts
from service.workspace.problems import choose_from


@app.command()
@reports_errors
def poll(
    names: Annotated[list[str] | None, typer.Argument(help="Names of the sources.")] = None,
    all_sources: Annotated[
        bool, typer.Option("--all", help="Every source that is switched on.")
    ] = False,
) -> None:
    """Poll sources now, whatever their schedule, and say what came of it.

    Mentions are matched, scored and stored as always. Exit code 1 when a source could not be heard.
    """
    with opened() as runtime:
        with runtime.store.read() as session:
            known = sources.list_sources(session)
        chosen = _chosen(known, names or [], everything=all_sources)
        failed = False
        with progress("polling", total=len(chosen)) as done:
            for number, polled in enumerate(poll_once(runtime, chosen), start=1):
                done(number)
                say(outcome(polled))
                failed = failed or polled.error is not None
    if failed:
        raise typer.Exit(FAILED)


def poll_once(runtime: Runtime, chosen: Sequence[SourceFacts]) -> Iterator[Polled]:
    """Poll these side by side, each once; what came of each, as it comes."""
    with ThreadPoolExecutor(runtime.settings.poll_workers) as pool:
        running = [pool.submit(_leased, runtime, source) for source in chosen]
        for ended in as_completed(running):
            yield ended.result()


def _leased(runtime: Runtime, source: SourceFacts) -> Polled:
    now = runtime.clock.now()
    with runtime.store.write() as session:
        taken = sources.lease(session, source, now=now, length=LEASE)
    if not taken:
        return Polled(source.name, (), error="is being polled by somebody else; try again later")
    return poll_source(runtime.poller(), source)


def outcome(polled: Polled) -> str:
    """One line about a poll."""
    if polled.error is not None:
        return f"{polled.source}: blind: {shortened(polled.error, limit=200)}"
    told = f"{polled.source}: ok: {polled.fetched} fetched, {polled.stored} new mentions"
    return f"{told}, {polled.left_out} could not be read" if polled.left_out else told


def _chosen(
    known: Iterable[SourceFacts], names: Sequence[str], *, everything: bool
) -> list[SourceFacts]:
    by_name = {source.name: source for source in known}
    if everything:
        return [source for source in by_name.values() if source.enabled]
    if not names:
        raise WrongInput("no source is named; name one, or give --all")
    for name in names:
        if name not in by_name:
            hint = choose_from(name, by_name, empty="groundswell apply FILE adds one")
            raise WrongInput(f"there is no source {name!r}; {hint}")
        if not by_name[name].enabled:
            raise WrongInput(f"source {name!r} is switched off; apply a file that has it")
    return [by_name[name] for name in names]
