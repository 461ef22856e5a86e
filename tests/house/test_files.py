"""What stands in our files besides code: no machine's paths, no addresses of registries."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from tests.house.source import ROOT, tracked_files

TEXT = {".py", ".toml", ".md", ".txt", ".yml", ".yaml", ".html", ".css", ".js", ".mako", ".sh", ""}

# The folder of this checkout and the user's home, whatever they are called where the test runs.
PLACES = [place for place in (ROOT, Path.home()) if place != Path("/")]
FOREIGN = re.compile(
    "|".join([*(re.escape(f"{place}/") for place in PLACES), "--(?:extra-)?index-url|--registry"])
)


def foreign_places(texts: Iterable[tuple[str, str]]) -> list[str]:
    return [
        f"{name}:{number}: {line.strip()[:120]}"
        for name, text in texts
        for number, line in enumerate(text.splitlines(), start=1)
        if FOREIGN.search(line)
    ]


def _texts() -> Iterable[tuple[str, str]]:
    for path in tracked_files():
        if path.suffix in TEXT and path.name != "test_files.py":
            yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8", errors="replace")


def test_no_file_names_a_place_on_somebodys_machine_or_a_registry() -> None:
    assert foreign_places(_texts()) == []
    seen = [("x", f"see {ROOT}/rules"), ("y", "pip install --index" + "-url x")]
    assert len(foreign_places(seen)) == 2


def test_the_constraints_are_names_and_versions_only() -> None:
    lines = (ROOT / ".ci" / "constraints.txt").read_text("utf-8").splitlines()
    pinned = [line for line in lines if line and not line.startswith("#")]
    assert len(pinned) > 20
    odd = [line for line in pinned if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+", line)]
    assert odd == []
