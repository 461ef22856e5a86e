"""Every command: what it prints where, and what it leaves with."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from pathlib import Path

import pytest

from service.cli.doctor import _heartbeats
from service.cli.output import printable
from service.store.engine import Store
from service.store.heartbeats import beat
from tests.builders import NOON
from tests.service.cli.conftest import Run

FILE = """\
[[brand]]
name = "Acme"
[[source]]
name = "posts"
connector = "file"
settings = { path = "posts.jsonl" }
"""
POSTS = (
    '{"id": "1", "platform": "x", "text": "Acme is awful", "published_at": "2026-03-01T10:00Z"}\n'
    '{"id": "2", "platform": "x", "text": "=Acme is great", "url": "https://a.example/2"}\n'
    '{"id": "3", "platform": "x", "text": "nothing", "url": "https://www.a.example/3"}\n'
)


@pytest.fixture
def applied(run: Run, folder: Path) -> Path:
    (folder / "acme.toml").write_text(FILE)
    (folder / "posts.jsonl").write_text(POSTS)
    assert run("apply", "acme.toml").exit_code == 0
    return folder


def test_apply_shows_a_diff_and_the_second_time_there_is_nothing_to_do(
    run: Run, folder: Path
) -> None:
    (folder / "acme.toml").write_text(FILE)
    planned = run("apply", "acme.toml", "--dry-run")
    first = run("apply", "acme.toml")
    assert planned.stdout == first.stdout
    assert first.stdout.splitlines() == [
        "+ brand acme",
        '+ query acme / Acme: brand, "Acme"',
        "+ source posts: file, every 1m",
        "3 to add",
    ]
    again = run("apply", "-", stdin=FILE)
    assert again.stdout == "nothing to do: the store says what the file says\n"


def test_apply_tells_every_mistake_on_stderr_and_writes_nothing(run: Run, folder: Path) -> None:
    (folder / "bad.toml").write_text(FILE + '[[query]]\nname = "q"\ntext = "("\nx = 1\n')
    refused = run("apply", "bad.toml")
    assert refused.exit_code == 2
    assert refused.stdout == ""
    lines = refused.stderr.splitlines()
    assert [line.split(": ")[0] for line in lines] == ["bad.toml:9:9", "bad.toml:10:1"]
    (folder / "good.toml").write_text(FILE)
    assert "3 to add" in run("apply", "good.toml").stdout


def test_apply_can_prune(run: Run, applied: Path) -> None:
    done = run("apply", "--prune", "-", stdin="")
    assert "- source posts: disabled" in done.stdout


def test_check_needs_no_store(run: Run, folder: Path) -> None:
    (folder / "acme.toml").write_text(FILE)
    (folder / "bad.toml").write_text("[[brand]]\n")
    done = run("check", "acme.toml", "bad.toml")
    assert done.exit_code == 2
    assert done.stdout == "acme.toml: right: 1 brand, 1 query, 1 source\n"
    assert done.stderr == "bad.toml:1:1: 'name' is missing; add name = …\n"
    assert not (folder / "data").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["apply", "none.toml"], "groundswell: none.toml: cannot be read: No such file"),
        (["apply", "latin.toml"], "groundswell: latin.toml: is not UTF-8 (line 2); save it in"),
        (["poll"], "groundswell: no source is named; name one, or give --all"),
        (["poll", "x"], "groundswell: there is no source 'x'; groundswell apply FILE adds one"),
        (["import", "none.jsonl"], "groundswell: none.jsonl: there is no such file; is the name"),
        (["import", "latin.toml"], "groundswell: there is no query that could match anything"),
        (["export", "--since", "soon"], "groundswell: 'soon' is no moment; write 2026-01-31"),
        (["export", "--brand", "x"], "groundswell: there is no brand 'x'; groundswell apply"),
        (["why-missed", " "], "groundswell: nothing to look for; give the post's address"),
        (["listen", "!"], "groundswell: '!' has no letter or digit; give the brand's name"),
        (["listen", "A", "--feed", "x"], "groundswell: 'x' is no address; write it with http://"),
        (["user", "add", "ann"], "groundswell: there is no terminal to ask for the password on"),
        (["user", "add", "A B", "--no-password"], "groundswell: 'a b' cannot be a user's name"),
        (["token", "create", "t", "--scope", "read", "--brand", "x"], "groundswell: there is no b"),
    ],
)
def test_wrong_input_is_one_line_with_what_to_do_and_exit_code_2(
    run: Run, folder: Path, arguments: list[str], told: str
) -> None:
    (folder / "latin.toml").write_bytes(b"[[brand]]\nname = '\xe9'\n")
    done = run(*arguments)
    assert done.exit_code == 2
    assert done.stderr.startswith(told)
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "arguments", [["user", "link", "nobody"], ["token", "revoke", "x"], ["user", "passwd", "x"]]
)
def test_what_is_not_there_is_exit_code_1(run: Run, arguments: list[str]) -> None:
    stdin = "a long enough password\n"
    extra = ["--password-stdin"] if "passwd" in arguments else []
    done = run(*arguments, *extra, stdin=stdin)
    assert done.exit_code == 1
    assert done.stderr.startswith("groundswell: ")


def test_settings_that_cannot_be_are_told_without_a_traceback(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GROUNDSWELL_PROT", "80")
    done = run("export")
    assert done.exit_code == 2
    assert done.stderr.startswith("groundswell: GROUNDSWELL_PROT is not a setting")


def test_a_store_that_is_away_is_told_without_a_traceback_or_its_password(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(
        "GROUNDSWELL_DATABASE_URL", "postgresql+psycopg://u:hunter2@127.0.0.1:1/groundswell"
    )
    done = run("export")
    assert done.exit_code == 1
    assert done.stderr.startswith("groundswell: the store cannot be used: ")
    assert "hunter2" not in done.stderr


def test_import_counts_and_stores_once(run: Run, applied: Path) -> None:
    (applied / "more.jsonl").write_text(POSTS + '{"id": 4\n{"text": ""}\n')
    first = run("import", "more.jsonl")
    assert first.stdout == (
        "3 read: 2 stored, 1 matched no query, 0 known already, 2 lines could not be read\n"
    )
    assert [line.split(": ")[0] for line in first.stderr.splitlines()] == [
        "more.jsonl:4",
        "more.jsonl:5",
    ]
    assert run("import", "more.jsonl").stdout.startswith(
        "3 read: 0 stored, 1 matched no query, 2 known already"
    )


def test_import_reads_from_a_pipe(run: Run, applied: Path) -> None:
    done = run("import", "-", stdin=POSTS + "{oops\n")
    assert done.stdout.startswith("3 read: 2 stored, 1 matched no query")
    assert done.stderr.startswith("stdin:4: ")
    assert "3 read: 0 stored" in run("import", "-", stdin=POSTS).stdout


def test_poll_says_what_came_of_it(run: Run, applied: Path) -> None:
    assert run("poll", "posts").stdout == "posts: ok: 3 fetched, 2 new mentions\n"
    (applied / "posts.jsonl").unlink()
    blind = run("poll", "--all")
    assert blind.exit_code == 1
    assert blind.stdout.startswith("posts: blind: posts.jsonl does not exist")


def test_export_gives_what_import_reads(run: Run, applied: Path) -> None:
    run("poll", "posts")
    lines = [json.loads(line) for line in run("export").stdout.splitlines()]
    assert {line["id"] for line in lines} == {"1", "2"}
    assert lines[0]["matches"][0]["brand"] == "acme"
    old = run("export", "--until", "2026-03-02")
    assert [json.loads(line)["id"] for line in old.stdout.splitlines()] == ["1"]
    (applied / "again.jsonl").write_text(run("export").stdout)
    assert "2 known already" in run("import", "again.jsonl").stdout


def test_type_and_country_come_out_as_they_went_in(run: Run, applied: Path) -> None:
    told = {"id": "9", "text": "Acme again", "type": "review", "country": "AT"}
    (applied / "more.jsonl").write_text(json.dumps(told))
    run("import", "more.jsonl")
    (line,) = (json.loads(line) for line in run("export").stdout.splitlines())
    assert {name: line[name] for name in told} == told
    (row,) = csv.DictReader(io.StringIO(run("export", "--format", "csv").stdout))
    assert (row["type"], row["country"]) == ("review", "AT")


def test_a_spreadsheet_runs_nothing_of_what_is_exported(run: Run, applied: Path) -> None:
    run("poll", "posts")
    rows = list(csv.DictReader(io.StringIO(run("export", "--format", "csv").stdout)))
    assert {row["text"] for row in rows} == {"Acme is awful", "'=Acme is great"}


def test_match_writes_a_line_for_each_match(run: Run, applied: Path) -> None:
    done = run("match", "--queries", "acme.toml", stdin=POSTS)
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert told == [
        {
            "id": "1",
            "query": "Acme",
            "spans": [{"field": "text", "start": 0, "end": 4, "term": "Acme"}],
        },
        {
            "id": "2",
            "query": "Acme",
            "spans": [{"field": "text", "start": 1, "end": 5, "term": "Acme"}],
        },
    ]


def test_match_explains_and_goes_on_after_a_line_that_cannot_be_read(
    run: Run, applied: Path
) -> None:
    done = run("match", "--queries", "acme.toml", "--explain", stdin="{\n" + POSTS)
    assert done.exit_code == 2
    assert done.stderr.startswith("stdin:1: is not JSON")
    last = json.loads(done.stdout.splitlines()[-1])
    assert (last["id"], last["spans"]) == ("3", [])
    assert last["why"]
    assert last["clause"]["held"] is False
    assert last["clause"]["text"] == "acme"


def test_why_missed_tells_stored_rejected_and_never_fetched_apart(run: Run, applied: Path) -> None:
    run("poll", "posts")
    stored = run("why-missed", "http://www.a.example/2").stdout
    assert stored.startswith("stored: =Acme is great\n  fetched by posts at ")
    assert "  matched acme / Acme: " in stored
    rejected = run("why-missed", "https://a.example/3").stdout
    assert rejected.startswith("fetched, but matched no query: nothing\n  fetched by posts at ")
    assert "  Acme: " in rejected
    never = run("why-missed", "https://b.example/9").stdout
    assert never.startswith("never fetched")
    assert "no source listens at b.example" in never
    assert run("why-missed", "awful").stdout.startswith("stored: Acme is awful")


def test_why_missed_names_the_sources_that_are_blind(run: Run, applied: Path) -> None:
    (applied / "posts.jsonl").unlink()
    run("poll", "posts")
    assert ": posts: posts.jsonl does not exist" in run("why-missed", "unheard").stdout


def test_doctor_says_what_to_do(run: Run, folder: Path) -> None:
    fresh = run("doctor")
    assert fresh.exit_code == 1
    assert "!!  schema: is not the newest; run groundswell migrate" in fresh.stdout
    assert run("migrate").stdout == "the schema is the newest now\n"
    assert run("migrate").stdout == "nothing to do: the schema is the newest\n"
    told = run("doctor").stdout
    for line in ("!!  brands: ", "!!  users: ", "!!  on call: ", "!!  service: has never run"):
        assert line in told


def test_doctor_asks_for_no_restart_because_of_what_beats_only_at_need(
    sqlite_store: Store,
) -> None:
    with sqlite_store.write() as session:
        beat(session, "detect", now=NOON + timedelta(hours=1))
        beat(session, "watchdog", now=NOON)
        beat(session, "detect:7", now=NOON, error="ValueError: x")
    with sqlite_store.read() as session:
        told = list(_heartbeats(session, now=NOON + timedelta(hours=1)))
    assert [(one.what, one.told) for one in told] == [
        ("service", "runs"),
        ("job detect:7", "ValueError: x"),
    ]


def test_doctor_looks_at_every_source(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = FILE + (
        '[[source]]\nname = "secret"\nconnector = "rss"\n'
        'settings = { url = "https://a.example", username = "u", password = "env:NOT_SET" }\n'
    )
    run("apply", "-", stdin=text)
    run("poll", "posts")
    told = run("doctor").stdout
    assert "!!  source secret: settings: password: the environment variable NOT_SET is not" in told
    assert "!!  source posts: blind: posts.jsonl does not exist (yet); it is tried again" in told


def test_users_and_tokens_are_made_listed_and_ended(run: Run) -> None:
    added = run("user", "add", "ann", "--role", "editor", "--no-password")
    assert added.exit_code == 0
    assert "http://127.0.0.1:8000/login/link/" in added.stdout
    assert run("user", "add", "ann", "--no-password").exit_code == 1
    weak = run("user", "passwd", "ann", "--password-stdin", stdin="short\n")
    assert weak.exit_code == 2
    assert run("user", "passwd", "ann", "--password-stdin", stdin="long enough, surely\n").stdout
    assert run("user", "role", "ann", "viewer").stdout.startswith("ann is viewer")
    run("user", "disable", "ann")
    assert "disabled" in run("user", "list").stdout
    assert run("user", "link", "ann").exit_code == 1
    assert run("user", "enable", "ann").exit_code == 0
    made = run("token", "create", "ci", "--scope", "read", "--scope", "write", "--days", "3")
    assert made.stdout.startswith("gs_")
    assert made.stdout.count("\n") == 1
    assert "read write" in run("token", "list").stdout
    assert run("token", "revoke", "ci").exit_code == 0
    assert "revoked" in run("token", "list").stdout


def test_connectors_are_listed_and_checked(run: Run) -> None:
    listed = run("connectors", "list").stdout
    assert listed.splitlines()[0].split() == ["name", "every", "what"]
    assert "\nrss " in listed
    assert run("connectors", "check", "nosuch").exit_code == 1


def test_the_schema_is_printed(run: Run) -> None:
    assert json.loads(run("schema").stdout)["title"] == "Groundswell workspace"


def test_text_from_the_internet_cannot_steer_a_terminal() -> None:
    assert printable("a\x1b[31mb\u202ec\nd\x00e") == "a [31mb c d e"
    assert printable("x" * 500, limit=10) == "x" * 9 + "…"


def test_what_is_piped_has_no_progress_bar(run: Run, applied: Path) -> None:
    assert run("poll", "posts").stderr == ""
