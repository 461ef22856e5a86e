"""``groundswell apply``: make the store say what a file says."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from service.cli.app import app, opened, reports_errors
from service.cli.files import read_workspace
from service.cli.output import say
from service.workspace.apply import apply as apply_workspace
from service.workspace.apply import plan


@app.command()
@reports_errors
def apply(
    file: Annotated[Path, typer.Argument(help="Workspace file (TOML); - reads stdin.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change and change nothing.")
    ] = False,
    prune: Annotated[
        bool,
        typer.Option("--prune", help="Switch off brands, queries and sources not in the file."),
    ] = False,
) -> None:
    """Set up brands, queries, sources and who answers, as a file says.

    The file is checked whole before anything is written; applying it again changes nothing. What
    is added (+), changed (~) and switched off (-) is printed. What the file does not mention is
    left alone unless --prune is given; nothing is ever deleted. A running service takes changes up
    by itself.
    """
    workspace = read_workspace(file)
    with opened() as runtime:
        if dry_run:
            with runtime.store.read() as session:
                say(str(plan(session, workspace, prune=prune)))
            return
        with runtime.store.write() as session:
            diff = apply_workspace(session, workspace, now=runtime.clock.now(), prune=prune)
    say(str(diff))
