"""``groundswell search``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.service.cli.conftest import Run

FILE = """\
[[brand]]
name = "Acme"
[[query]]
brand = "acme"
name = "all"
text = "acme"
[[list]]
name = "trouble"
text = "fire OR smoke"
"""
POSTS = "".join(
    json.dumps(post) + "\n"
    for post in (
        {"id": "1", "text": "Acme kettle on fire", "published_at": "2026-03-03T10:00Z"},
        {"id": "2", "text": "Acme\x1b[31m smoke 👍", "published_at": "2026-03-03T11:00Z"},
        {"id": "3", "title": "Acme", "text": "x " * 200 + "fire", "published_at": "2026-03-04"},
        {"id": "4", "text": "fire elsewhere", "published_at": "2026-03-05T10:00Z"},
    )
)


@pytest.fixture
def stored(run: Run, folder: Path) -> None:
    (folder / "acme.toml").write_text(FILE)
    (folder / "posts.jsonl").write_text(POSTS)
    assert run("apply", "acme.toml").exit_code == 0
    assert run("import", "posts.jsonl").exit_code == 0


@pytest.mark.usefixtures("stored")
def test_it_prints_what_it_finds_around_the_words(run: Run) -> None:
    told = run("search", "acme (fire OR smoke)")
    assert told.exit_code == 0, told.stderr
    lines = told.stdout.splitlines()
    assert [line[:10] for line in lines if line.startswith("2026")] == [
        "2026-03-04",
        "2026-03-03",
        "2026-03-03",
    ]
    assert lines[1].startswith("    …")
    assert lines[1].endswith("fire")
    assert "\x1b" not in told.stdout
    assert "nothing found" in run("search", "unheard").stdout
    assert "the newest 1; there may be more" in run("search", "acme", "--limit", "1").stdout


@pytest.mark.usefixtures("stored")
def test_json_lines_have_the_mention_and_the_places(run: Run) -> None:
    told = run("search", "smoke", "--json", "--since", "2026-03-01", "--brand", "acme")
    (line,) = told.stdout.splitlines()
    found = json.loads(line)
    (span,) = found["spans"]
    assert found["text"][span["start"] : span["end"]] == "smoke"
    assert (found["id"], found["matches"][0]["query"]) == ("2", "all")


@pytest.mark.usefixtures("stored")
def test_days_are_counted(run: Run) -> None:
    told = run("search", "acme", "--count-per-day")
    assert [line.split() for line in told.stdout.splitlines()] == [
        ["2026-03-04", "1"],
        ["2026-03-03", "2"],
        ["together", "3"],
    ]
    lines = run("search", "acme", "--count-per-day", "--json").stdout.splitlines()
    assert json.loads(lines[0]) == {"day": "2026-03-04", "mentions": 1}


@pytest.mark.usefixtures("stored")
def test_lists_can_be_named(run: Run) -> None:
    assert len(run("search", "acme {{trouble}}", "--json").stdout.splitlines()) == 3


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["acme AND ("], "query:1:"),
        (["  "], "nothing to look for"),
        (["acme", "--brand", "nobody"], "nobody"),
        (["acme", "--since", "never"], "'never' is no moment"),
    ],
)
def test_what_cannot_be_asked_is_told_on_stderr(
    run: Run, folder: Path, arguments: list[str], told: str
) -> None:
    refused = run("search", *arguments)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert told in refused.stderr


@pytest.mark.usefixtures("stored")
def test_a_new_query_looks_back(run: Run, folder: Path) -> None:
    more = FILE.replace(
        'text = "acme"', 'text = "acme"\n[[query]]\nbrand = "acme"\nname = "fire"\n'
    )
    more = more.replace('name = "fire"\n', 'name = "fire"\ntext = "fire"\n')
    (folder / "more.toml").write_text(more)
    assert run("apply", "more.toml").exit_code == 0
    told = run("query", "look-back", "acme / fire", "--days", "3650")
    assert told.exit_code == 0, told.stderr
    assert told.stdout == "2 stored mentions match now; 1 fetched posts became mentions\n"
    again = run("query", "look-back", "fire", "--days", "3650")
    assert again.stdout.startswith("0 stored mentions match now; 0 fetched")
    assert len(run("search", "fire", "--json").stdout.splitlines()) == 3
    assert run("query", "look-back", "nobody").exit_code == 2
