"""Our source as syntax trees, for the checks that a linter does not know."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("rules", "connectors", "service")


@dataclass(frozen=True)
class Source:
    """One Python file. ``place`` is its path from the root, ``module`` its dotted name."""

    place: str
    code: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.code, filename=self.place)

    @property
    def module(self) -> str:
        return self.place.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    def at(self, node: ast.AST) -> str:
        return f"{self.place}:{getattr(node, 'lineno', 0)}"


def sources(*folders: str) -> Iterator[Source]:
    """Every Python file below the folders."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield Source(path.relative_to(ROOT).as_posix(), path.read_text("utf-8"))


def tracked_files() -> list[Path]:
    """The files that git would take, new ones included; all files where this is no checkout."""
    done = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    names = done.stdout.decode().split("\0") if done.returncode == 0 else []
    found = [ROOT / name for name in names if name]
    return [path for path in found or ROOT.rglob("*") if path.is_file()]
