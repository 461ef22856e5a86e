"""Matching a stream of lines, in one process and in several."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.service.cli.conftest import Run

QUERIES = "\n".join(
    f"[[query]]\nname = \"{name}\"\ntext = '{text}'\n"
    for name, text in {
        "acme": "acme OR acm*",
        "trouble": "(recall OR fire) NEAR/3 acme",
        "shouted": 'raw:"ACME"',
        "umlaut \u202e": "käse",
    }.items()
)


def lines(count: int) -> str:
    texts = [
        "Acme had a recall",
        "nothing",
        "ACME",
        "Käse of acmeist \U0001f9c0",
        "the fire at Acme",
    ]
    told = [json.dumps({"id": str(n), "text": texts[n % len(texts)]}) for n in range(count)]
    return "\n".join(told)


@pytest.fixture
def queries(folder: Path) -> str:
    (folder / "queries.toml").write_text(QUERIES, encoding="utf-8")
    return "queries.toml"


def test_several_processes_write_what_one_does_in_the_same_order(run: Run, queries: str) -> None:
    stdin = lines(2_500)
    one = run("match", "--queries", queries, stdin=stdin)
    several = run("match", "--queries", queries, "--jobs", "2", stdin=stdin)
    assert one.exit_code == several.exit_code == 0
    assert several.stdout == one.stdout
    ids = [int(json.loads(line)["id"]) for line in one.stdout.splitlines()]
    assert ids == sorted(ids)
    assert len(ids) == 2_500 // 5 * 8


def test_a_file_without_queries_is_refused_before_anything_is_read(run: Run, folder: Path) -> None:
    (folder / "none.toml").write_text("# to be written\n", encoding="utf-8")
    done = run("match", "--queries", "none.toml", stdin=lines(1))
    assert done.exit_code == 2
    assert "none.toml: has no queries; add [[query]]" in done.stderr


def test_a_bad_line_is_told_by_its_number_whoever_read_it(run: Run, queries: str) -> None:
    stdin = f"{lines(1_200)}\n\n{{\n{lines(1)}"
    done = run("match", "--queries", queries, "--jobs", "2", stdin=stdin)
    assert done.exit_code == 2
    assert done.stderr.startswith("stdin:1202: is not JSON")
    assert json.loads(done.stdout.splitlines()[-1])["id"] == "0"


def test_nothing_that_is_written_steers_a_terminal(run: Run, queries: str) -> None:
    done = run("match", "--queries", queries, stdin=lines(5))
    assert "\u202e" not in done.stdout
    names = {json.loads(line)["query"] for line in done.stdout.splitlines()}
    assert "umlaut \u202e" in names


def test_no_input_has_no_output(run: Run, queries: str) -> None:
    done = run("match", "--queries", queries, stdin="")
    assert (done.exit_code, done.stdout) == (0, "")
