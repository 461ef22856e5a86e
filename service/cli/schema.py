"""``groundswell schema``: what editors need to complete a workspace file."""

from __future__ import annotations

import sys

from service.cli.app import app, reports_errors
from service.workspace.schema import schema_text


@app.command()
@reports_errors
def schema() -> None:
    """Print the JSON Schema of workspace files.

    It is also published as docs/groundswell.schema.json. In an editor with Taplo or Even Better
    TOML, begin a file with: #:schema ./groundswell.schema.json
    """
    sys.stdout.write(schema_text())
