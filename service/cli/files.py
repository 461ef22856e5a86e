"""Files named on the command line; ``-`` is stdin."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from service.cli.frame import WrongInput
from service.workspace.file import read
from service.workspace.model import Workspace


def read_text(path: Path) -> str:
    """The text of a file. Raises WrongInput."""
    try:
        data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except OSError as error:
        raise WrongInput(f"{path}: cannot be read: {error.strerror}; is the name right?") from None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise WrongInput(f"{path}: is not UTF-8 (line {line}); save it in that encoding") from None


def read_workspace(
    path: Path,
    *,
    tested: bool = True,
    owned: bool = True,
    known: Mapping[str, set[str]] | None = None,
) -> Workspace:
    """The workspace in a file. Raises WrongInput and WorkspaceInvalid; ``tested``, ``owned`` and
    ``known`` as ``service.workspace.file.read`` has them."""
    name = "stdin" if str(path) == "-" else str(path)
    return read(read_text(path), name=name, tested=tested, owned=owned, known=known or {})
