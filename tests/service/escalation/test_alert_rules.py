"""What written rules change of live detection, and that without them nothing does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from rules.severity import Severity
from service.escalation.detect import detect
from service.escalation.tick import escalate_due
from service.store import rollups
from service.store.engine import Store
from service.store.rollups import Counted
from service.store.tables import AlertingRow, AlertRow, IncidentRow
from tests.builders import NOON, a_brand, a_query, a_rollup, a_source, an_alert_rule, minutes
from tests.service.escalation.scenes import a_fire, history, people, sent


def fire_under(store: Store, body: dict[str, Any], *, per_minute: int = 4) -> list[AlertRow]:
    """The alerts of a fire while a rule of the brand says this."""
    with store.write() as session:
        scene = a_fire(session, per_minute=per_minute)
        people(session)
        an_alert_rule(session, "mine", brand_id=scene.brand, body=body, version=3)
    detect(store, now=NOON)
    with store.read() as session:
        rows = session.scalars(select(AlertRow)).all()
        session.expunge_all()
        return list(rows)


def test_an_alert_remembers_the_rule_and_its_version(store: Store) -> None:
    (alert,) = fire_under(store, {})
    assert alert.decision == "open"
    assert alert.versions["rule"] == "mine"
    assert alert.versions["rule_version"] == 3


def test_without_a_rule_an_alert_remembers_none(store: Store) -> None:
    with store.write() as session:
        a_fire(session)
        an_alert_rule(session, "off", enabled=False)
    detect(store, now=NOON)
    with store.read() as session:
        alert = session.scalars(select(AlertRow)).one()
        assert set(alert.versions) == {"trend", "incident", "response", "query"}


def test_what_misses_a_condition_is_written_down_and_ignored(store: Store) -> None:
    (alert,) = fire_under(store, {"least_reach": 10**9})
    assert (alert.decision, alert.incident_id) == ("ignore", None)
    assert alert.decision_reason.startswith("rule mine: ")
    assert alert.versions["rule"] == "mine"
    assert sent(store, "page") == []
    # The detector remembers the spike: the next look does not write it again.
    assert detect(store, now=NOON + minutes(1)) == []


def test_a_red_line_is_looked_for_in_what_was_said(store: Store) -> None:
    (alert,) = fire_under(store, {"red_line": True})
    assert alert.decision_reason == "rule mine: it touches no red line"


def test_a_rule_for_another_query_changes_nothing(store: Store) -> None:
    (alert,) = fire_under(store, {"least_reach": 10**9, "queries": ["other"]})
    assert alert.decision == "open"
    assert "rule" not in alert.versions


def test_the_bar_follows_the_number_of_false_pages_that_is_asked_for(store: Store) -> None:
    (alert,) = fire_under(store, {"per_week": 0.01})
    with_default = NOON - timedelta(days=40)
    with store.write() as session:
        a_fire(session, name="Globex", at=with_default)
    detect(store, now=with_default)
    with store.read() as session:
        other = session.scalars(select(AlertRow).where(AlertRow.id != alert.id)).one()
        assert Severity(other.severity).worse_than(Severity(alert.severity)) or (
            alert.finding["surprise"] >= 6 * (0.35 / 0.01) ** 0.5
        )


def test_severities_are_replaced_and_the_incident_says_so(store: Store) -> None:
    (alert,) = fire_under(store, {"severities": {"SEV1": "SEV3"}})
    assert Severity(alert.severity) is Severity.SEV3
    assert alert.finding["reasons"][-1] == "rule mine makes SEV1 SEV3"
    with store.read() as session:
        assert session.scalars(select(IncidentRow.severity)).one() == 3
    assert sent(store, "page") == []


def test_in_quiet_hours_the_page_waits_until_they_end(store: Store) -> None:
    quiet = {"start": "11:00", "end": "13:00", "days": [0, 1, 2, 3, 4, 5, 6], "timezone": "UTC"}
    (alert,) = fire_under(
        store, {"quiet": quiet, "even_then": "SEV1", "severities": {"SEV1": "SEV2"}}
    )
    assert alert.incident_id is not None
    assert sent(store, "page") == []
    assert escalate_due(store, now=NOON + minutes(59)) == 0
    assert escalate_due(store, now=NOON + minutes(60)) == 1
    assert [row.person for row in sent(store, "page")] == ["ines"]
    assert history(store, alert.incident_id) == ["opened", "paged"]


def test_a_crisis_pages_in_quiet_hours_too(store: Store) -> None:
    quiet = {"start": "11:00", "end": "13:00", "days": [2], "timezone": "UTC"}
    fire_under(store, {"quiet": quiet})
    assert len(sent(store, "page")) == 1


def test_a_rule_that_cannot_be_read_does_not_keep_anybody_from_being_paged(store: Store) -> None:
    (alert,) = fire_under(store, {"per_week": "often"})
    assert alert.decision == "open"
    assert len(sent(store, "page")) == 1


def test_a_spike_that_meets_its_condition_later_pages_once(store: Store) -> None:
    with store.write() as session:
        scene = a_fire(session, platforms=("mastodon",))
        people(session)
        an_alert_rule(session, "wide", brand_id=scene.brand, body={"least_platforms": 2})
    for minute in range(3):
        detect(store, now=NOON + minutes(minute))
    assert sent(store, "page") == []
    with store.write() as session:
        a_rollup(
            session,
            query=scene.query,
            bucket=NOON + minutes(2),
            platform="reddit",
            mentions=3,
            negative=3,
        )
    for minute in range(3, 9):
        detect(store, now=NOON + minutes(minute))
    with store.read() as session:
        alerts = session.scalars(select(AlertRow).order_by(AlertRow.id)).all()
        decisions = [(alert.kind, alert.decision) for alert in alerts]
    assert decisions == [("started", "ignore"), ("started", "open")]
    assert len(sent(store, "page")) == 1


def test_a_second_signal_joins_the_incident_of_the_first(store: Store) -> None:
    with store.write() as session:
        scene = a_fire(session)
        people(session)
        an_alert_rule(session, "loud", brand_id=scene.brand, body={"signal": "total_volume"})
    detect(store, now=NOON)
    with store.read() as session:
        alerts = session.scalars(select(AlertRow).order_by(AlertRow.id)).all()
        told = [(alert.signal, alert.decision) for alert in alerts]
        assert session.scalars(select(IncidentRow.title)).one().startswith("Acme: more negative")
    assert told == [("negative_volume", "open"), ("total_volume", "join")]
    assert len(sent(store, "page")) == 1


def test_the_page_budget_sets_how_sensitive_a_rule_without_a_number_is(store: Store) -> None:
    with store.write() as session:
        a_fire(session, per_minute=1, platforms=("mastodon",))
        people(session)
        session.add(AlertingRow(id=1, page_budget=0.01, updated_at=NOON))
    detect(store, now=NOON)
    with store.write() as session:
        session.get_one(AlertingRow, 1).page_budget = 5.0
    detect(store, now=NOON + minutes(1))
    with store.read() as session:
        severities = list(session.scalars(select(AlertRow.severity).order_by(AlertRow.id)))
    assert severities == [Severity.SEV4, Severity.SEV2]
    assert len(sent(store, "page")) == 1


def test_silence_where_something_is_usual_opens_an_incident_and_ends(store: Store) -> None:
    began = NOON - timedelta(days=6)
    with store.write() as session:
        brand = a_brand(session, "Acme")
        query = a_query(session, brand=brand, created_at=began)
        a_source(session, created_at=began)
        people(session)
        an_alert_rule(session, "heard", body={"signal": "silence"})
        every = [began + minutes(4 * n) for n in range(6 * 360 - 45)]
        rollups.add(session, [Counted(query, "news", at, {"mentions": 1}) for at in every])
    assert len(detect(store, now=NOON)) == 1
    with store.read() as session:
        incident = session.scalars(select(IncidentRow)).one()
        assert incident.title == "Acme: hardly anything is heard"
        assert incident.severity == Severity.SEV2
    with store.write() as session:
        later = [NOON + minutes(n) for n in range(150)]
        rollups.add(session, [Counted(query, "news", at, {"mentions": 1}) for at in later])
    for minute in (80, 145):
        detect(store, now=NOON + minutes(minute))
    with store.read() as session:
        kinds = list(session.scalars(select(AlertRow.kind).order_by(AlertRow.id)))
    assert kinds == ["started", "ended"]
