"""``groundswell relevance``: what was learned, and forgetting it."""

from __future__ import annotations

from pathlib import Path

from service.store.engine import Store
from tests.service.cli.conftest import Run
from tests.service.ingest.taught import FRUIT, Orchard


def taught(folder: Path) -> None:
    data = folder / "data"
    data.mkdir(exist_ok=True)
    store = Store(f"sqlite:///{data / 'groundswell.sqlite3'}")
    try:
        orchard = Orchard(store)
        for mention in orchard.hear(*FRUIT):
            orchard.say(mention)
    finally:
        store.close()


def test_it_shows_and_forgets(run: Run, folder: Path) -> None:
    run("migrate")
    taught(folder)
    told = run("relevance", "show", "apple")
    assert "0 examples about it, 3 not" in told.output
    assert told.output.count("not-us") == 3
    only_said = run("relevance", "reset", "apple", "--dry-run")
    assert "would be judged otherwise" in only_said.output
    assert "3 not" in run("relevance", "show", "apple").output
    assert "3 verdicts undone" in run("relevance", "reset", "apple").output
    assert "nothing is learned" in run("relevance", "show", "apple").output


def test_an_unknown_brand_is_wrong_input(run: Run) -> None:
    told = run("relevance", "show", "nobody")
    assert told.exit_code == 2
    assert "there is no brand 'nobody'" in told.output
