"""``groundswell check``: is a workspace file right? Needs no store."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from service.cli.app import app, reports_errors
from service.cli.files import read_workspace
from service.cli.output import complain, say
from service.workspace.model import TABLES, Workspace
from service.workspace.problems import Problem, WorkspaceInvalid


@app.command()
@reports_errors
def check(
    files: Annotated[list[Path], typer.Argument(help="Workspace files (TOML); - reads stdin.")],
) -> None:
    """Say whether workspace files are right, and everything that is not.

    Each problem is one line on stderr: file:line:column: what; what to do. Nothing is read but the
    files, and nothing is written. Exit code 2 when there is a problem.
    """
    problems: list[Problem] = []
    for file in files:
        try:
            workspace = read_workspace(file)
        except WorkspaceInvalid as error:
            problems += error.problems
        else:
            say(f"{file}: right: {_summary(workspace)}")
    for problem in problems:
        complain(str(problem), prefix=False)
    if problems:
        raise typer.Exit(2)


def _summary(workspace: Workspace) -> str:
    plural = {"query": "queries", "person": "people", "policy": "policies"}
    counts = {kind: len(getattr(workspace, kind)) for kind in TABLES}
    told = [
        f"{count} {kind if count == 1 else plural.get(kind, f'{kind}s')}"
        for kind, count in counts.items()
        if count
    ]
    return ", ".join(told) or "empty"
