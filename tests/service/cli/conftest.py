"""The command line as a program of its own process would see it, without one: quick."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from service.cli.commands import app

Run = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in; the store is made in it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GROUNDSWELL_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("GROUNDSWELL_PRIVATE_NETWORKS", "true")
    monkeypatch.setenv("COLUMNS", "100")
    return tmp_path


@pytest.fixture
def run(folder: Path) -> Iterator[Run]:
    """``run("apply", "file.toml")``: exit code, stdout and stderr."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level

    def invoke(*arguments: str, stdin: str = "") -> Result:
        return CliRunner().invoke(app, list(arguments), input=stdin)

    yield invoke
    root.handlers[:] = handlers
    root.setLevel(level)
