"""Every brand query, one after the other: is there a spike, and what does it mean?"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from rules.trend import SIGNAL, DetectorSettings, DetectorState, Series, observe
from service.escalation.respond import Stale, respond
from service.escalation.troubles import clear_trouble, is_failing, note_trouble
from service.logs import logger
from service.store import detectors, heartbeats, queries
from service.store.alert_rules import StoredRule, stored_rules
from service.store.detectors import Remembered
from service.store.engine import Session, Store
from service.store.queries import QueryFacts
from service.store.series import count_negative, read_series

log = logger(__name__)


class ReadSeries(Protocol):
    """Reads what is known of a query: ``read_series``, or a ``KeptSeries`` for many looks."""

    def __call__(self, session: Session, query_id: int, *, now: datetime, days: int) -> Series: ...


def detect(
    store: Store,
    *,
    now: datetime,
    settings: DetectorSettings | None = None,
    read: ReadSeries = read_series,
) -> list[int]:
    """Look at every enabled query with the role brand; returns the ids of the alerts written.

    Each query is read, judged and written by itself: state, alert, incident, timeline and outbox
    rows in one transaction. A query that fails is logged and leaves a failing heartbeat.
    """
    settings = settings or DetectorSettings()
    with store.read() as session:
        active = queries.list_active(session, role="brand")
        ruling = stored_rules(session)
        failing = {beat.job for beat in heartbeats.list_heartbeats(session) if is_failing(beat)}
        states = detectors.list_states(session, signal=SIGNAL)
        ids = [query.id for query in active]
        negative = count_negative(session, ids, now=now, length=settings.longest)
    written: list[int] = []
    for query in active:
        job = f"detect:{query.id}"
        few = negative.get(query.id, 0) < settings.min_negative
        try:
            if few and job not in failing and not _is_running(states.get(query.id)):
                # observe() starts nothing below this count: reading weeks of minutes is saved.
                continue
            known = states.get(query.id)
            rule = ruling.of(query.name, brand_id=query.brand_id)
            alert_id = look(
                store, query, known=known, rule=rule, now=now, settings=settings, read=read
            )
            if job in failing:
                with store.write() as session:
                    clear_trouble(session, job)
        except Stale:
            log.info("an incident changed while we looked; looking again", query=query.name)
            continue
        except Exception as error:
            note_trouble(store, job, error=error, now=now)
            continue
        if alert_id is not None:
            written.append(alert_id)
    return written


def _is_running(known: Remembered | None) -> bool:
    return known is not None and DetectorState.from_json(known.state).active


def look(
    store: Store,
    query: QueryFacts,
    *,
    known: Remembered | None,
    rule: StoredRule,
    now: datetime,
    settings: DetectorSettings,
    read: ReadSeries,
) -> int | None:
    """One query at one moment; the id of the alert, if one was written. ``settings`` are those of
    no rule: the rule's sensitivity changes them.

    Two workers may look at once: the revision of ``known`` lets one of them write.
    """
    state = DetectorState() if known is None else DetectorState.from_json(known.state)
    with store.read() as session:
        series = read(session, query.id, now=now, days=settings.history_days)
    # A rule changes how much surprise is asked for, not which counts must be read.
    after, finding = observe(state, series, now=now, settings=rule.rule.settings(settings))
    if after == state:
        return None
    with store.write() as session:
        mine = detectors.save_state(
            session,
            query.id,
            signal=SIGNAL,
            state=after.to_json(),
            seen=None if known is None else known.revision,
            now=now,
        )
        if not mine or finding is None:
            return None
        return respond(session, finding, query=query, rule=rule, now=now)
