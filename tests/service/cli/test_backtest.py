"""``groundswell backtest``: the bill, two sets of rules, a budget, and mistakes of a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from service.store.engine import Store
from service.workspace.apply import apply
from service.workspace.file import read
from tests.builders import NOON, an_incident, minutes
from tests.service.backtest.scenes import DAY, a_bad_day, arrive
from tests.service.cli.conftest import Run

SPAN = ("--since", NOON.isoformat(), "--until", (NOON + DAY).isoformat())
RULES = '[[alert]]\nname = "usual"\nbrand = "Acme"\nqueries = ["Acme"]\n'
DEAF = '[[alert]]\nname = "deaf"\nleast_reach = 1000000000\n'


@pytest.fixture
def files(folder: Path) -> Path:
    (folder / "data").mkdir()
    store = Store(f"sqlite:///{folder / 'data' / 'groundswell.sqlite3'}")
    store.migrate()
    with store.write() as session:
        scene = a_bad_day(session)
        for minute in range(int(DAY / minutes(1))):
            arrive(session, scene, minute)
        an_incident(session, query=scene.query, title="Kettles burn", opened_at=NOON + minutes(200))
        apply(session, read(DEAF, name="deaf"), now=NOON)
    store.close()
    (folder / "rules.toml").write_text(RULES)
    (folder / "deaf.toml").write_text(DEAF)
    return folder


def told(run: Run, *asked: str, code: int = 0) -> dict[str, Any]:
    done = run("backtest", *asked, *SPAN, "--json")
    assert done.exit_code == code, done.output
    return dict(json.loads(done.stdout))


def test_the_bill_of_a_file_with_pages_and_their_reasons(run: Run, files: Path) -> None:
    made = told(run, "rules.toml", "--brand", "acme")
    assert made["total"]["pages"] >= 1
    assert set(made["total"]["per_person"]) <= {"ines", "omar"}
    (brand,) = made["brands"]
    assert brand["brand"] == "acme"
    (caught,) = brand["caught"]
    assert (caught["title"], caught["minutes_earlier"]) == ("Kettles burn", None)
    first = brand["incidents"][0]
    assert first["alerts"][0]["reasons"]
    assert set(first["posts"]) == {"the kettle caught fire"}
    assert any("labels are those stored, by test" in note for note in made["notes"])
    assert any("have been deleted since" in note for note in made["notes"])
    assert told(run, "rules.toml", "--brand", "acme") == made


def test_people_read_the_same_as_a_table(run: Run, files: Path) -> None:
    done = run("backtest", "rules.toml", "--against", "current", *SPAN)
    assert done.exit_code == 0, done.output
    for words in (
        "pages a week",
        "expected precision",
        "false pages a week of 1 detectors",
        "Kettles burn",
        "paged ines",
        "What history",
    ):
        assert words in done.stdout
    header = next(line for line in done.stdout.splitlines() if "current" in line)
    assert header.split() == ["rules.toml", "current"]


def test_rules_of_a_file_beside_those_in_use(run: Run, files: Path) -> None:
    made = told(run, "rules.toml", "--against", "current")
    other = made["against"]
    assert (other["rules"], other["total"]["pages"]) == ("current", 0)
    assert other["brands"][0]["changed"]
    assert len(other["brands"][0]["only_new"]) == made["total"]["incidents"]
    same = told(run, "deaf.toml", "--against", "current")
    assert not same["against"]["brands"][0]["changed"]


def test_more_pages_than_the_budget_fail_and_a_setting_is_suggested(run: Run, files: Path) -> None:
    made = told(run, "rules.toml", "--budget", "0.5", code=1)
    suggestion = made["suggestion"]
    assert suggestion["budget"] == 0.5
    if suggestion["per_week"] is not None:
        assert suggestion["pages_per_week"] <= 0.5
        assert suggestion["lost"] >= 1
    plenty = told(run, "rules.toml", "--budget", "1000")
    assert plenty["suggestion"]["per_week"] > 10
    assert plenty["suggestion"]["missed"] == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('[[alert]]\nname = "x"\nbrand = "acmee"\n', "rules.toml:3:9: there is no brand 'acmee'"),
        ('[[alert]]\nname = "x"\nper_week = 99\n', "rules.toml:3:12: 'per_week' must be at most"),
    ],
)
def test_mistakes_of_the_file_are_told_with_their_place(
    run: Run, files: Path, text: str, what: str
) -> None:
    (files / "rules.toml").write_text(text)
    done = run("backtest", "rules.toml", *SPAN)
    assert done.exit_code == 2
    assert what in done.stderr


def test_what_cannot_be_asked_is_refused(run: Run, files: Path) -> None:
    for asked in (
        ("rules.toml", "--brand", "nobody"),
        ("nowhere.toml",),
        ("rules.toml", "--since", "2027-01-01"),
        ("rules.toml", "--answer-after", "soon"),
    ):
        assert run("backtest", *asked).exit_code == 2, asked
