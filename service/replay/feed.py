"""Where a replay's mentions come from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from connectors.file.parse import parse_json, parse_line
from rules.errors import InvalidMention
from rules.mention import Mention


class BadLine(Exception):
    """A line that is not a mention; the message says ``file:line: what``."""


def read_mentions(path: Path, *, now: datetime) -> Iterator[Mention]:
    """The mentions of a JSON Lines file, one object a line. Raises BadLine, OSError.

    ``now`` is when a mention counts as collected that has no time of publication.
    """
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                yield parse_line(parse_json(line.decode("utf-8-sig", "replace")), now=now)
            except InvalidMention as error:
                raise BadLine(f"{path}:{number}: {error}") from None
