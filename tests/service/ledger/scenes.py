"""Incidents of two rules over two months, judged and not."""

from __future__ import annotations

from datetime import datetime, timedelta

from service.store.engine import Session
from service.store.ledger import add_missed
from service.store.tables import AlertRow, TimelineRow, VerdictRow
from tests.builders import NOON, a_brand, a_query, an_incident, minutes

FEBRUARY = NOON - timedelta(days=20)


def two_months(session: Session) -> int:
    """The id of the brand: in March *nights* opened three (real, not real, not judged) and no rule
    one; in February *nights* one."""
    brand = a_brand(session)
    query = a_query(session, brand=brand)
    for number, (rule, verdict, at) in enumerate(
        (
            ("nights", "real", NOON),
            ("nights", "not-us", NOON + minutes(60)),
            ("nights", None, NOON + minutes(120)),
            ("default", "too-late", NOON + minutes(180)),
            ("nights", "real", FEBRUARY),
        )
    ):
        _incident(session, query, rule=rule, verdict=verdict, at=at, number=number)
    add_missed(
        session,
        brand,
        title="Kettles <recalled> | *in Italy*",
        began_at=NOON + minutes(240),
        ended_at=NOON + minutes(300),
        entered_by="ines",
        now=NOON + minutes(300),
    )
    return brand


def _incident(
    session: Session, query: int, *, rule: str, verdict: str | None, at: datetime, number: int
) -> None:
    incident = an_incident(
        session,
        query=query,
        title=f"Fire {number} <b>",
        opened_at=at,
        first_mention_at=at - minutes(10 + number),
        acknowledged_at=at + minutes(5),
        resolved_at=at + minutes(35),
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
            versions={"rule": rule, "rule_version": 1},
        )
    )
    session.add(
        TimelineRow(
            incident_id=incident,
            seq=1,
            at=at,
            kind="paged",
            actor="groundswell",
            text="",
            data={},
            previous_hash="",
            hash="",
        )
    )
    if verdict is not None:
        session.add(
            VerdictRow(
                incident_id=incident, verdict=verdict, given_by="ines", given_at=at + minutes(9)
            )
        )
