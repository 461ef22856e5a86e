"""The stored timeline keeps its hash chain through both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from rules.incident import verify
from service.store import timeline
from service.store.engine import Store
from service.store.tables import TimelineRow
from tests.builders import NOON, a_brand, a_query, an_incident


def test_entries_fit_after_a_round_trip_and_a_forged_one_does_not(store: Store) -> None:
    with store.write() as session:
        made = an_incident(session, query=a_query(session, brand=a_brand(session)))
        for n in range(3):
            timeline.append(
                session,
                made,
                kind="note",
                actor="inès",
                text=f"line {n} \0 🔥",
                data={"z": n, "a": [None, "ü"]},
                now=NOON + timedelta(microseconds=n),
            )
    with store.write() as session:
        assert verify(timeline.list_entries(session, made)) is None
        session.execute(update(TimelineRow).where(TimelineRow.seq == 2).values(actor="eve"))
        assert verify(timeline.list_entries(session, made)) == 2


def test_floats_are_refused(sqlite_store: Store) -> None:
    with sqlite_store.write() as session:
        made = an_incident(session, query=a_query(session, brand=a_brand(session)))
        with pytest.raises(ValueError, match="floats"):
            timeline.append(
                session, made, kind="x", actor="a", text="t", data={"a": [{"b": 0.5}]}, now=NOON
            )
