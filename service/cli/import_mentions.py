"""``groundswell import``: mentions from a file into the store, as if they had been polled."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from connectors.contract import LeftOut
from service.cli.app import WrongInput, app, opened, reports_errors
from service.cli.output import complain, printable, progress, say
from service.ingest.inbox import Origin, accept
from service.runtime import Runtime
from service.store import queries, sources
from service.store import workspace as store

MOST_TOLD = 20
STDIN = "stdin"
EVERY_SECONDS = 3600


@dataclass
class Tally:
    """What became of the lines."""

    stored: int = 0
    rejected: int = 0
    known: int = 0
    left_out: int = 0


@app.command("import")
@reports_errors
def import_mentions(
    file: Annotated[
        Path,
        typer.Argument(
            help="JSON Lines, or CSV where the name ends in .csv; - reads JSON Lines from stdin.",
            exists=False,
        ),
    ],
    platform: Annotated[str, typer.Option(help="Platform of lines that name none.")] = "file",
    tier: Annotated[int, typer.Option(min=1, max=4, help="1: leading press; 4: anybody.")] = 2,
) -> None:
    """Take mentions from a file through matching and scoring into the store.

    One mention a line: {"id", "platform", "text", "title", "url", "lang", "type", "country",
    "published_at", "author": {…}, "engagement": {…}}; only a text or a title is needed. CSV names
    the same in its header, nested ones as author.handle. Importing twice stores once. Lines that
    cannot be read are told on stderr and counted; the rest is imported.
    """
    with _readable(file) as path, opened() as runtime:
        with runtime.store.read() as session:
            if not queries.list_active(session):
                raise WrongInput(
                    "there is no query that could match anything; groundswell apply FILE first"
                )
        source_id = _source(runtime, path, platform=platform, tier=tier)
        tally = _run(runtime, path, platform=platform, source_id=source_id, tier=tier)
    total = tally.stored + tally.rejected + tally.known
    say(
        f"{total} read: {tally.stored} stored, {tally.rejected} matched no query, "
        f"{tally.known} known already, {tally.left_out} lines could not be read"
    )


@contextmanager
def _readable(file: Path) -> Iterator[Path]:
    """The file, or one that holds what stdin had. Raises WrongInput."""
    if str(file) != "-":
        if not file.is_file():
            raise WrongInput(f"{file}: there is no such file; is the name right?")
        yield file
        return
    with tempfile.TemporaryDirectory(prefix="groundswell-") as folder:
        path = Path(folder) / STDIN
        with path.open("wb") as copy:
            shutil.copyfileobj(sys.stdin.buffer, copy)
        yield path


def _settings(file: Path, platform: str) -> dict[str, Any]:
    return {"path": str(file.absolute()), "platform": platform, "final": True}


def _source(runtime: Runtime, file: Path, *, platform: str, tier: int) -> int:
    """A source that is switched off stands for the file: mentions tell where they came from."""
    name = f"Import: {file.name}"[:200]
    with runtime.store.write() as session:
        fields = {
            "connector": "file",
            "settings": _settings(file, platform),
            "every_seconds": EVERY_SECONDS,
            "tier": tier,
            "enabled": False,
        }
        store.write(session, "source", name, fields, now=runtime.clock.now())
        found = sources.find_source(session, name)
    assert found is not None
    return found.id


def _run(runtime: Runtime, file: Path, *, platform: str, source_id: int, tier: int) -> Tally:
    connector = runtime.connector("file", _settings(file, platform))
    cursor = None
    tally = Tally()
    with progress(f"importing {file.name}", total=file.stat().st_size) as done:
        while True:
            batch = connector.poll(cursor)
            now = runtime.clock.now()
            origin = Origin(source_id=source_id, tier=tier, next_poll_at=now)
            depth = runtime.depth
            accepted = accept(runtime.store, batch, origin=origin, now=now, depth=depth)
            _tell_unread(file, batch.left_out, told=tally.left_out)
            tally.stored += accepted.stored
            tally.rejected += accepted.rejected
            tally.known += accepted.known
            tally.left_out += accepted.left_out
            cursor = dict(batch.cursor)
            done(float(cursor.get("offset", 0)))
            if not batch.more:
                return tally


def _tell_unread(file: Path, left_out: tuple[LeftOut, ...], *, told: int) -> None:
    name = STDIN if file.name == STDIN else str(file)
    for one in left_out[: max(0, MOST_TOLD - told)]:
        line = one.what.removeprefix("line ")
        complain(f"{name}:{line}: {printable(one.reason)}; left out", prefix=False)
    if told <= MOST_TOLD < told + len(left_out):
        complain("more lines could not be read; they are only counted")
