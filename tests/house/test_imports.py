"""The contracts between rooms, which stand in pyproject.toml, are kept."""

from __future__ import annotations

import subprocess
import sys
import tomllib

from tests.house.source import ROOT


def test_every_contract_between_rooms_is_kept() -> None:
    # A process of its own: import-linter changes the working folder's place in sys.path.
    script = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def test_every_room_has_its_place_in_a_contract() -> None:
    tool = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]
    contracts = tool["importlinter"]["contracts"]
    complete = [c["containers"][0] for c in contracts if c.get("exhaustive")]
    assert sorted(complete) == ["connectors", "rules", "service"]
