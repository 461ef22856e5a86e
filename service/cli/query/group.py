"""The group that the commands hang on, and the arguments that several of them take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from service.cli.app import group

query = group("query", summary="Look at queries, test them, carry them over from other tools.")

Text = Annotated[
    str | None, typer.Argument(help="The query, in quotes; - reads stdin. Left out: see --file.")
]
File = Annotated[
    Path | None,
    typer.Option(
        "--file",
        help="Workspace file (TOML): all its queries, or the lists that TEXT may name.",
    ),
]
