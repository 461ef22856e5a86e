"""Pages of the documentation that repeat the code, and must say what it says."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from service.settings import PREFIX, Settings
from tests.house.source import ROOT, tracked_files

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def settings_page() -> str:
    """docs/settings.md as the model says it; ``python -m tests.house.test_docs`` writes it."""
    lines = [
        "# Settings",
        "",
        "Settings of the process are environment variables. What is listened to and who is told is",
        "not a setting but data: see [the workspace file](workspace.md).",
        "",
        "Every variable may also be given as a file that holds the value: append `_FILE` to its",
        "name and give the path, as in `GROUNDSWELL_SLACK_BOT_TOKEN_FILE=/run/secrets/slack`. A",
        "variable that begins with `GROUNDSWELL_` and is not listed here is refused at the start.",
        "",
        "| variable | default | what it does |",
        "|---|---|---|",
    ]
    for name, field in Settings.model_fields.items():
        default = "" if field.default is None else f"`{field.default}`"
        lines.append(f"| `{PREFIX}{name.upper()}` | {default} | {field.description} |")
    return "\n".join(lines) + "\n"


def broken_links(page: Path) -> list[str]:
    """Links to files of ours that are not there."""
    text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
    targets = [target.split("#")[0] for target in LINK.findall(text)]
    return [
        f"{page.name} -> {target}"
        for target in targets
        if target and "://" not in target and not (page.parent / target).exists()
    ]


def test_the_page_of_settings_says_what_the_code_says() -> None:
    assert (ROOT / "docs" / "settings.md").read_text("utf-8") == settings_page()


def test_links_between_pages_lead_somewhere(tmp_path: Path) -> None:
    pages = [path for path in tracked_files() if path.suffix == ".md"]
    assert pages
    assert [link for page in pages for link in broken_links(page)] == []
    broken = tmp_path / "page.md"
    broken.write_text("[x](missing.md)")
    assert broken_links(broken)


def test_every_page_is_in_the_index() -> None:
    index = (ROOT / "docs" / "README.md").read_text("utf-8")
    pages = [path for path in tracked_files() if path.is_relative_to(ROOT / "docs")]
    missing = [
        path.name
        for path in pages
        if path.suffix == ".md"
        and path.name != "README.md"
        and path.relative_to(ROOT / "docs").as_posix() not in index
    ]
    assert missing == []


@pytest.mark.skipif(shutil.which("make") is None, reason="make is what runs the tests elsewhere")
def test_the_makefile_helps() -> None:
    done = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=ROOT, capture_output=True, text=True
    )
    for target in ("run", "test", "lint", "types", "clean"):
        assert f"make {target}" in done.stdout, done.stderr


if __name__ == "__main__":
    (ROOT / "docs" / "settings.md").write_text(settings_page(), "utf-8")
    sys.exit()
