"""``groundswell ledger`` and ``groundswell missed``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from service.store.engine import Store
from service.store.tables import AlertRow, VerdictRow
from tests.builders import NOON, a_brand, a_query, an_incident, minutes
from tests.service.cli.conftest import Run

SPAN = ("--since", NOON.isoformat(), "--until", (NOON + minutes(600)).isoformat())


@pytest.fixture
def files(folder: Path) -> Path:
    (folder / "data").mkdir()
    store = Store(f"sqlite:///{folder / 'data' / 'groundswell.sqlite3'}")
    store.migrate()
    with store.write() as session:
        query = a_query(session, brand=a_brand(session))
        for number, verdicts in enumerate((("duplicate", "real"), ("not-us",), ())):
            at = NOON + minutes(10 * number)
            incident = an_incident(
                session, query=query, opened_at=at, first_mention_at=at - minutes(4)
            )
            session.add(
                AlertRow(
                    brand_id=1,
                    query_id=query,
                    incident_id=incident,
                    signal="negative_volume",
                    kind="started",
                    severity=2,
                    window_start=at - minutes(60),
                    window_end=at,
                    found_at=at,
                    finding={},
                    decision="open",
                    decision_reason="",
                    versions={"rule": "nights", "rule_version": 1} if number < 2 else {},
                )
            )
            for later, verdict in enumerate(verdicts):
                session.add(
                    VerdictRow(
                        incident_id=incident,
                        verdict=verdict,
                        given_by="ines",
                        given_at=at + minutes(later),
                    )
                )
    store.close()
    return folder


def test_each_rule_has_a_line_and_the_newest_verdict_counts(run: Run, files: Path) -> None:
    done = run("ledger", "--brand", "acme", *SPAN, "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    rules = {one["rule"]: one for one in told["rules"]}
    assert (rules["nights"]["judged"], rules["nights"]["real"]) == (2, 1)
    assert (rules["nights"]["incidents"], rules["nights"]["delay"]) == (2, 4.0)
    assert (rules["default"]["incidents"], rules["default"]["precision"]) == (1, None)
    shown = run("ledger", "--brand", "acme", *SPAN).stdout
    assert "50% (1 of 2; 9%–91%)" in shown


def test_what_was_missed_is_entered_by_hand_and_told(run: Run, files: Path) -> None:
    began = (NOON + minutes(30)).isoformat()
    until = ("--ended", (NOON + minutes(50)).isoformat())
    done = run("missed", "Kettles recalled", "--brand", "acme", "--began", began, *until)
    assert done.exit_code == 0, done.output
    told = json.loads(run("ledger", "--brand", "acme", *SPAN, "--json").stdout)
    assert [one["title"] for one in told["missed"]] == ["Kettles recalled"]
    made = json.loads(run("backtest", "current", *SPAN, "--json").stdout)
    assert "Kettles recalled" in [one["title"] for one in made["brands"][0]["missed"]]


def test_the_report_of_a_month_is_written_as_text_page_and_json(run: Run, files: Path) -> None:
    asked = ("ledger", "report", "--brand", "acme", "--month", "2026-03")
    assert "| nights | 2 | 0 | 50 % (1 of 2; 9 to 91 %) |" in run(*asked).stdout
    page = run(*asked, "--format", "html").stdout
    assert page.lstrip().startswith("<!doctype html>")
    assert "http" not in page
    told = json.loads(run(*asked, "--format", "json").stdout)
    assert (told["month"], told["total"]["incidents"], told["before"]["month"]) == (
        "2026-03",
        3,
        "2026-02",
    )


def test_what_cannot_be_is_refused(run: Run, files: Path) -> None:
    assert run("ledger", "--brand", "nobody").exit_code == 2
    assert run("ledger").exit_code == 2
    assert run("ledger", "report", "--brand", "acme", "--month", "October").exit_code == 2
    assert run("missed", "x", "--brand", "acme").exit_code == 2
    assert run("missed", "x", "--brand", "acme", "--began", "2999-01-01").exit_code == 2
    assert run("missed", " ", "--brand", "acme", "--began", "3h").exit_code == 2
