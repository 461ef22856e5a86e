"""Files of mentions, JSON Lines or CSV, read once or followed as they grow.

The shape of a line is the one of ``groundswell import``; see ``parse.py`` and docs/connectors.md.
"""

from datetime import timedelta

from connectors.contract import Kind
from connectors.file.client import FileConnector
from connectors.file.config import FileSettings
from connectors.file.parse import parse_line

KIND = Kind(
    settings=FileSettings,
    build=FileConnector,
    summary="A file of mentions on this machine, JSON Lines or CSV, followed as it grows.",
    every=timedelta(minutes=1),
)

__all__ = ["KIND", "FileConnector", "FileSettings", "parse_line"]
