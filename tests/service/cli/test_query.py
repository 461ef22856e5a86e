"""``groundswell query``: what each command prints where, and what it leaves with."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from service.workspace.file import read
from tests.service.cli.conftest import Run

FILE = """\
[[brand]]
name = "Acme"

[[list]]
name = "trouble"
text = 'recall* OR "product safety" OR fire'

[[query]]
name = "Trouble"
role = "topic"
text = 'acme AND {{trouble}} NOT jobs'
must_match = ["Acme recalled its kettle", { title = "Fire at Acme", lang = "en" }]
must_not_match = ["acme jobs and a recall", "Fire at Globex"]
"""
FAILS = FILE.replace("Acme recalled its kettle", "Acme kettle")


@pytest.fixture
def acme(folder: Path) -> str:
    (folder / "acme.toml").write_text(FILE)
    return "acme.toml"


def test_check_points_at_the_mistake(run: Run) -> None:
    done = run("query", "check", 'acme AND\n (recall OR "product safety" NOT )')
    assert done.exit_code == 2
    assert done.stdout == ""
    told, line, carets = done.stderr.splitlines()
    assert told.startswith("query:2:30: NOT needs a word, a phrase or a group after it")
    assert line == '   (recall OR "product safety" NOT )'
    assert carets.rstrip() == " " * line.index("NOT") + "^^^"
    assert run("query", "check", "acme AND recall").stdout == "query: right\n"
    assert run("query", "check", "-", stdin="acme OR\n").exit_code == 2


def test_check_of_a_file_shows_the_line_of_each_mistake(run: Run, folder: Path, acme: str) -> None:
    good = run("query", "check", "--file", acme)
    assert good.stdout == "acme / Trouble: right\nacme / Acme: right\n"
    (folder / "bad.toml").write_text(FILE.replace("OR fire'", "OR (fire'"))
    bad = run("query", "check", "--file", "bad.toml")
    assert bad.exit_code == 2
    told, line, caret = bad.stderr.splitlines()
    assert told.startswith("bad.toml:6:40: list: this parenthesis is never closed")
    assert line[caret.index("^")] == "("
    # A failing test is no mistake of the language.
    (folder / "fails.toml").write_text(FAILS)
    assert run("query", "check", "--file", "fails.toml").exit_code == 0


def test_a_text_may_name_the_lists_of_a_file(run: Run, acme: str) -> None:
    assert run("query", "check", "acme {{trouble}}").exit_code == 2
    done = run("query", "print", "acme {{trouble}}", "--file", acme)
    assert done.stdout == 'acme AND (recall* OR "product safety" OR fire)\n'


def test_lint_warns_and_says_the_cost(run: Run) -> None:
    done = run("query", "lint", "acme and recall")
    assert done.exit_code == 0
    warning, line, carets, cost = done.stdout.splitlines()
    assert warning.startswith("query:1:6: and in small letters")
    assert line[carets.index("^") : carets.rindex("^") + 1] == "and"
    assert re.match(r"query: 1 warning; (cheap|dear): ", cost)
    assert run("query", "lint", "acme and recall", "--strict").exit_code == 1
    assert run("query", "lint", "acme AND recall", "--strict").exit_code == 0
    told = json.loads(run("query", "lint", "acme and recall", "--json").stdout)
    assert told["warnings"][0]["start"] == 5
    assert told["error"] is None
    assert run("query", "lint", "acme AND").exit_code == 2


def test_print_gives_the_one_spelling_and_the_tree(run: Run, acme: str) -> None:
    for text in ("acme recall", "ACME  AND (Recall)"):
        assert run("query", "print", text).stdout == "acme AND recall\n"
    tree = json.loads(run("query", "print", "acme NEAR/3 fire", "--json").stdout)["tree"]
    assert tree["distance"] == 3
    lines = run("query", "print", "--file", acme).stdout.splitlines()
    assert [line.split("\t")[0] for line in lines] == ["acme / Trouble", "acme / Acme"]


def test_import_writes_the_query_and_reports_what_became_of_it(run: Run, folder: Path) -> None:
    text = '("apple pie" NEAR/3f fire) AND language:en AND authorGender:F\n'
    (folder / "theirs.txt").write_text(text)
    done = run("query", "import", "--dialect", "brandwatch", "theirs.txt")
    assert done.exit_code == 0
    assert done.stdout == '"apple pie" ONEAR/3 fire AND lang:en\n'
    assert re.search(r"^theirs.txt:1:\d+: lost: ", done.stderr, re.MULTILINE)
    guessed = run("query", "import", "--guess", "-", stdin=text)
    assert guessed.stdout == done.stdout
    assert "stdin: read as brandwatch" in guessed.stderr
    told = json.loads(run("query", "import", "--guess", "--json", stdin=text).stdout)
    assert {note["level"] for note in told["notes"]} >= {"lost"}
    for arguments in ([], ["--guess"], ["--dialect", "brandwach"]):
        refused = run("query", "import", *arguments, "-", stdin="acme")
        assert refused.exit_code == 2
        assert "brandwatch" in refused.stderr
    broken = run("query", "import", "--dialect", "lucene", "-", stdin="acme AND (")
    assert broken.exit_code == 2
    assert broken.stderr.startswith("stdin:1:")


def test_tests_of_a_file_and_of_the_store_are_run(run: Run, folder: Path, acme: str) -> None:
    good = run("query", "test", "--file", acme)
    assert good.exit_code == 0
    assert good.stdout == "0 failed, 4 passed; 1 of 2 queries have no tests\n"
    (folder / "fails.toml").write_text(FAILS)
    bad = run("query", "test", "--file", "fails.toml")
    assert bad.exit_code == 1
    assert bad.stdout.splitlines()[0].split() == ["query", "must", "text", "why", "it", "fails"]
    assert "acme / Trouble  match  Acme kettle" in bad.stdout
    lines = run("query", "test", "--file", "fails.toml", "--json").stdout.splitlines()
    assert [json.loads(line)["passed"] for line in lines] == [False, True, True, True]

    refused = run("apply", "fails.toml")
    assert refused.exit_code == 2
    assert refused.stderr.startswith("fails.toml:12:15: query 'Trouble' does not match this text: ")
    assert run("check", "fails.toml").exit_code == 2
    assert run("apply", acme).exit_code == 0
    stored = run("query", "test", "--brand", "acme")
    assert stored.stdout == good.stdout
    assert run("query", "test", "--brand", "globex").exit_code == 2


def test_what_was_exported_says_the_same_in_a_file(run: Run, acme: str) -> None:
    hard = FILE + (
        '[[list]]\nname = "own"\nbrand = "acme"\ntext = "\'a\' OR \\"b c\\""\n'
        '[[query]]\nname = "Line \\\\ \\"break\\""\ntext = """\nacme\n  OR {{own}}\n"""\n'
        'must_match = [{ text = "it\'s Acme \\u0007", rating = 2, published = 2026-03-04 }]\n'
    )
    assert run("apply", "-", stdin=hard).exit_code == 0
    exported = run("query", "export").stdout
    again = run("apply", "-", stdin='[[brand]]\nname = "Acme"\n' + exported)
    assert again.stdout == "nothing to do: the store says what the file says\n", again.stdout
    assert len(read('[[brand]]\nname = "Acme"\n' + exported, name="x").list) == 2


def test_a_preview_counts_days_and_compares(run: Run, folder: Path, acme: str) -> None:
    run("apply", acme)
    posts = [
        {"id": "1", "platform": "x", "text": "Acme recall"},
        {"id": "2", "platform": "x", "text": "Acme kettle \x1b[31m"},
    ]
    run("import", "-", stdin="".join(json.dumps(post) + "\n" for post in posts))
    alone = run("query", "preview", "acme")
    assert alone.exit_code == 0
    assert alone.stdout.startswith("2 mentions in the last 30 days\n")
    assert "\x1b" not in alone.stdout
    compared = run("query", "preview", "kettle", "--query", "Trouble", "--days", "7").stdout
    assert compared.startswith("1 mention in the last 7 days\n")
    assert "1 would come in" in compared
    assert "1 would go" in compared
    told = json.loads(run("query", "preview", "--query", "acme / Trouble", "--json").stdout)
    assert (told["total"], told["entering"]) == (1, None)
    assert told["examples"][0]["spans"]
    unknown = run("query", "preview", "--query", "acme / Troubel")
    assert unknown.exit_code == 2
    assert "did you mean" in unknown.stderr
    assert run("query", "preview").exit_code == 2
    assert run("query", "preview", "acme AND").exit_code == 2


def test_match_takes_queries_without_a_brand_and_lists(run: Run, folder: Path) -> None:
    text = '[[query]]\nname = "a"\ntext = "acme {{l}}"\n[[list]]\nname = "l"\ntext = "fire"\n'
    (folder / "queries.toml").write_text(text)
    posts = '{"id": "1", "text": "Acme fire"}\n{"id": "2", "text": "Acme"}\n'
    done = run("match", "--queries", "queries.toml", stdin=posts)
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["1"]
    assert run("check", "queries.toml").exit_code == 2
