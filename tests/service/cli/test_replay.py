"""``groundswell replay``: a file or the store, and what is wrong with them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.service.cli.conftest import Run
from tests.service.replay.scenes import BRANDS, FIRST_FIRE, posts, write_posts

AS_OF = FIRST_FIRE.replace(minute=14).isoformat()


@pytest.fixture
def files(folder: Path) -> Path:
    (folder / "brands.toml").write_text(BRANDS)
    write_posts(folder / "posts.jsonl", posts())
    return folder


def test_one_line_per_incident_and_the_same_bytes_every_time(run: Run, files: Path) -> None:
    asked = ("replay", "--brands", "brands.toml", "posts.jsonl", "--json", "--as-of", AS_OF)
    first, second = run(*asked), run(*asked)
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert first.stdout == second.stdout
    (incident,) = map(json.loads, first.stdout.splitlines())
    assert incident["brand"] == "Acme"
    assert incident["reasons"]
    assert incident["mentions"]
    assert incident["slack"]
    assert not (files / "data").exists()


def test_the_store_gives_what_the_file_that_was_imported_into_it_gives(
    run: Run, files: Path
) -> None:
    assert run("apply", "brands.toml").exit_code == 0
    assert run("import", "posts.jsonl").exit_code == 0
    from_store = run("replay", "--json", "--as-of", AS_OF)
    from_file = run("replay", "posts.jsonl", "--brands", "brands.toml", "--json", "--as-of", AS_OF)
    assert from_store.stdout == from_file.stdout
    assert len(from_file.stdout.splitlines()) == 1


def test_without_json_it_is_told_in_words(run: Run, files: Path) -> None:
    told = run("replay", "--brands", "brands.toml", "posts.jsonl", "--as-of", AS_OF)
    assert "SEV2  Acme: more negative mentions than usual" in told.stdout
    assert "still open at the end" in told.stdout


def test_a_file_without_posts_opens_nothing(run: Run, files: Path) -> None:
    (files / "none.jsonl").write_text("\n\n")
    told = run("replay", "--brands", "brands.toml", "none.jsonl")
    assert (told.exit_code, told.stdout) == (
        0,
        "No incident would have opened over these 0 mentions.\n",
    )
    assert run("replay", "--brands", "brands.toml", "none.jsonl", "--json").stdout == ""


@pytest.mark.parametrize("line", ["{", "[]", '{"id": "1"}', '{"id": "1", "text": 5}'])
def test_a_line_that_is_no_post_is_named_with_its_file_and_number(
    run: Run, files: Path, line: str
) -> None:
    with (files / "posts.jsonl").open("a") as file:
        file.write(f"\n{line}\n")
    number = len((files / "posts.jsonl").read_text().splitlines())
    refused = run("replay", "--brands", "brands.toml", "posts.jsonl", "--json")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert f"posts.jsonl:{number}: " in refused.stderr


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (("--brands", "nobody.toml", "posts.jsonl"), "nobody.toml: cannot be read"),
        (("--brands", "brands.toml", "nothing.jsonl"), "nothing.jsonl: cannot be read"),
        (("--brands", "broken.toml", "posts.jsonl"), "broken.toml:1:"),
        (("--brands", "brands.toml", "posts.jsonl", "--step", "fast"), "write 90s, 15m or 1h"),
        (("--brands", "brands.toml", "posts.jsonl", "--as-of", "soon"), "soon"),
    ],
)
def test_what_cannot_be_read_is_named(
    run: Run, files: Path, asked: tuple[str, ...], why: str
) -> None:
    (files / "broken.toml").write_text("[[brand]\n")
    refused = run("replay", *asked)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert why in " ".join(refused.stderr.split())


def test_what_a_file_would_change_is_told_before_it_is_applied(run: Run, files: Path) -> None:
    assert run("apply", "brands.toml").exit_code == 0
    assert run("import", "posts.jsonl").exit_code == 0
    (files / "narrow.toml").write_text(BRANDS.replace('"acme"', '"acme NOT horrible"'))
    span = ("--since", "2026-03-04T12:00:00Z", "--as-of", "2026-03-04T21:30:00Z")
    same = run("replay", *span, "--with", "brands.toml")
    assert (same.exit_code, same.stdout.split(":")[0]) == (0, "Nothing changed")
    told = run("replay", *span, "--with", "narrow.toml").stdout
    assert "acme / Acme: 0 enter, 60 leave, 0 flip" in told
    assert "acme: 0 alerts appear, 1 vanish" in told
    assert json.loads(run("replay", *span, "--diff", "--json").stdout)["changed"] is False
    assert run("replay", "--diff").exit_code == 2
    assert run("replay", "posts.jsonl", "--diff", *span).exit_code == 2
