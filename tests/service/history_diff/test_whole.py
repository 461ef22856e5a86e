"""What a change would have made of the past."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import update

from service.history_diff.proposal import proposal
from service.history_diff.whole import history_diff
from service.store.engine import Store
from service.store.tables import MatchRow
from tests.service.history_diff.scenes import UNTIL, lived
from tests.service.replay.scenes import BEGIN, BRANDS, FIRST_FIRE, LAST, posts


def differs(store: Store, text: str | None = None, *, since: datetime = BEGIN) -> dict[str, Any]:
    change = None
    if text is not None:
        with store.read() as session:
            change = proposal(session, text, name="proposed.toml")
    return history_diff(store, since=since, until=UNTIL, change=change)


def test_nothing_changed_is_the_same_byte_for_byte(store: Store) -> None:
    lived(store)
    told = [json.dumps(differs(store, text)) for text in (None, None, BRANDS)]
    assert len(set(told)) == 1
    assert json.loads(told[0]) | {"posts": 0} == {
        "since": "2026-03-04T12:00:00Z",
        "until": "2026-03-04T21:30:00Z",
        "changed": False,
        "posts": 0,
        "queries": [],
        "brands": [],
    }
    assert json.loads(told[0])["posts"] == len(posts())


def test_a_narrower_query_loses_mentions_and_the_alert_on_them(store: Store) -> None:
    lived(store)
    told = differs(store, BRANDS.replace('"acme"', '"acme NOT horrible"'))
    assert [one["query"] for one in told["queries"]] == ["acme / Acme"]
    assert told["queries"][0]["counts"] == {"entered": 0, "left": 60, "flipped": 0}
    assert told["queries"][0]["left"][0]["to"] is None
    (brand,) = told["brands"]
    assert (brand["brand"], brand["appeared"], len(brand["vanished"])) == ("acme", [], 1)
    assert brand["vanished"][0]["opened_at"] > FIRST_FIRE.isoformat()


def test_a_wider_query_brings_what_had_been_fetched_and_matched_nothing(
    sqlite_store: Store,
) -> None:
    lived(sqlite_store, BRANDS.replace('"acme"', '"acme horrible"'))
    told = differs(sqlite_store, BRANDS)
    assert told["queries"][0]["counts"] == {"entered": 45, "left": 0, "flipped": 0}
    assert told["queries"][0]["entered"][0]["from"] is None


def test_a_rule_changes_alerts_and_no_mention(sqlite_store: Store) -> None:
    lived(sqlite_store)
    deaf = '[[alert]]\nname = "deaf"\nbrand = "Acme"\nleast_reach = 1000000000\n'
    told = differs(sqlite_store, deaf)
    assert told["queries"] == []
    assert [(one["brand"], len(one["vanished"])) for one in told["brands"]] == [("acme", 1)]


def test_labels_of_another_version_flip(sqlite_store: Store) -> None:
    lived(sqlite_store)
    with sqlite_store.write() as session:
        session.execute(update(MatchRow).where(MatchRow.query_id == 1).values(label="positive"))
    told = differs(sqlite_store)
    (query,) = told["queries"]
    assert query["counts"]["flipped"] == 105
    assert query["flips"]["positive → negative"] == 60
    assert [(one["brand"], len(one["appeared"])) for one in told["brands"]] == [("acme", 1)]


def test_what_came_before_is_judged_anew_but_not_told(sqlite_store: Store) -> None:
    lived(sqlite_store)
    told = differs(sqlite_store, BRANDS.replace('"acme"', '"acme NOT horrible"'), since=LAST)
    assert told["queries"] == []
    assert told["posts"] < 10
