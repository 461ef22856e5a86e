"""``groundswell polarity``: what was corrected, and forgetting it."""

from __future__ import annotations

from pathlib import Path

from rules.score import Label
from service.ingest import corrections
from service.store.brands import get_brand
from service.store.engine import Store
from tests.builders import NOON
from tests.service.cli.conftest import Run
from tests.service.ingest.taught import Orchard

JOKES = ("my apple charger lit up the kitchen", "an apple charger lit up our kitchen")


def taught(folder: Path) -> None:
    data = folder / "data"
    data.mkdir(exist_ok=True)
    store = Store(f"sqlite:///{data / 'groundswell.sqlite3'}")
    try:
        orchard = Orchard(store, words={"pie": 0})
        for mention in orchard.hear(*JOKES):
            mention_id = orchard.id_of(mention)
            with store.write() as session:
                brand = get_brand(session, orchard.brand)
                corrections.give(
                    session, mention_id, brand=brand, label=Label.NEGATIVE, by="ada", now=NOON
                )
    finally:
        store.close()


def test_it_shows_and_forgets(run: Run, folder: Path) -> None:
    run("migrate")
    taught(folder)
    told = run("polarity", "show", "apple").output
    assert "+0  pie" in told
    assert "2 mentions corrected to negative, 0 to neutral" in told
    assert told.count("by ada") == 2
    assert "would get another label" in run("polarity", "reset", "apple", "--dry-run").output
    assert "corrected-" in run("polarity", "show", "apple").output
    assert "2 corrections undone" in run("polarity", "reset", "apple").output
    assert "nothing was corrected" in run("polarity", "show", "apple").output
    assert run("polarity", "show", "nobody").exit_code == 2
