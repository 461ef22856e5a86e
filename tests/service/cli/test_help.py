"""docs/cli.md is what the program says of itself."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest
import typer.main
from typer.testing import CliRunner

from service.cli.commands import app
from tests.house.source import ROOT

PAGE = ROOT / "docs" / "cli.md"
WIDTH = "90"


def commands() -> list[tuple[str, ...]]:
    """The path of every command, groups included."""
    top: Any = typer.main.get_command(app)
    found: list[tuple[str, ...]] = []
    for name, command in sorted(top.commands.items()):
        found.append((name,))
        found += [(name, inner) for inner in sorted(getattr(command, "commands", {}))]
    return found


def help_of(path: tuple[str, ...]) -> str:
    environment = {"COLUMNS": WIDTH, "TERMINAL_WIDTH": WIDTH, "NO_COLOR": "1"}
    done = CliRunner().invoke(
        app, [*path, "--help"], env=environment, prog_name="groundswell", terminal_width=int(WIDTH)
    )
    assert done.exit_code == 0, done.output
    return "\n".join(line.rstrip() for line in done.stdout.strip().splitlines())


def page() -> str:
    """docs/cli.md; ``python -m tests.service.cli.test_help`` writes it."""
    parts = [
        "# Command line",
        "",
        "Made from the program's own help. Data goes to stdout; words about it, progress and",
        "errors to stderr, as `file:line:column: what; what to do` or `groundswell: what; what to",
        "do`. Exit codes: 0 done, 1 it did not work, 2 the input or the call is wrong, 130 Ctrl-C.",
        "Every command reads the [settings](settings.md) from the environment.",
        "",
        "```",
        help_of(()),
        "```",
    ]
    for path in commands():
        title = "groundswell " + " ".join(path)
        parts += ["", f"## {title}", "", "```", help_of(path), "```"]
    return "\n".join(parts) + "\n"


def test_the_page_says_what_the_program_says() -> None:
    assert PAGE.read_text("utf-8") == page()


@pytest.mark.parametrize("path", commands(), ids=" ".join)
def test_every_command_says_what_it_does_and_what_its_options_mean(path: tuple[str, ...]) -> None:
    told = help_of(path)
    lines = told.splitlines()
    assert lines[0].startswith("Usage: groundswell")
    assert lines[2].strip()
    command: Any = typer.main.get_command(app)
    for name in path:
        command = command.commands[name]
    for parameter in command.params:
        assert getattr(parameter, "help", None), f"{parameter.name} has no help"


@pytest.mark.process
def test_the_installed_program_starts() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "service", "schema"],
        cwd=ROOT,
        env={**os.environ, "PYTHONWARNINGS": "error"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("{")


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
