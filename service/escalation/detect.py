"""Every brand query, one after the other: is there a spike, and what does it mean?"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Protocol

from rules.incident import why_ignored
from rules.trend import SETTINGS, DetectorState, Finding, Series, Signal, observe
from rules.trend.signal import SILENCE
from service.escalation.respond import Stale, red_lines_in, respond
from service.escalation.troubles import clear_trouble, is_failing, note_trouble
from service.logs import logger
from service.store import detectors, heartbeats, queries
from service.store.alert_rules import StoredRule, stored_rules
from service.store.detectors import Remembered
from service.store.engine import Session, Store
from service.store.queries import QueryFacts
from service.store.series import Recent, count_recent, read_series

log = logger(__name__)

LONGEST = max(one.longest for name, one in SETTINGS.items() if name != SILENCE)


class ReadSeries(Protocol):
    """Reads what is known of a query: ``read_series``, or a ``KeptSeries`` for many looks."""

    def __call__(
        self, session: Session, query_id: int, *, now: datetime, days: int, signal: Signal
    ) -> Series: ...


def detect(store: Store, *, now: datetime, read: ReadSeries = read_series) -> list[int]:
    """Look at every enabled query with the role brand; returns the ids of the alerts written.

    Each signal of a query is read, judged and written by itself: state, alert, incident, timeline
    and outbox rows in one transaction. A query that fails is logged and leaves a failing heartbeat.
    """
    with store.read() as session:
        active = queries.list_active(session, role="brand")
        ruling = stored_rules(session)
        failing = {beat.job for beat in heartbeats.list_heartbeats(session) if is_failing(beat)}
        states = {name: detectors.list_states(session, signal=name) for name in ruling.signals}
        ids = [query.id for query in active]
        recent = count_recent(session, ids, now=now, length=LONGEST)
    written: list[int] = []
    for query in active:
        job = f"detect:{query.id}"
        mine = ruling.of(query.name, brand_id=query.brand_id)
        known = {one.rule.signal: states[one.rule.signal].get(query.id) for one in mine}
        busy = [
            one
            for one in mine
            # observe() starts nothing below this count: reading weeks of minutes is saved.
            if recent.get(query.id, Recent()).enough(one.rule.settings)
            or _state_of(known[one.rule.signal]).active
        ]
        try:
            if not busy and job not in failing:
                continue
            for rule in busy if job not in failing else mine:
                alert_id = look(store, query, known=known, rule=rule, now=now, read=read)
                if alert_id is not None:
                    written.append(alert_id)
            if job in failing:
                with store.write() as session:
                    clear_trouble(session, job)
        except Stale:
            log.info("an incident changed while we looked; looking again", query=query.name)
        except Exception as error:
            note_trouble(store, job, error=error, now=now)
    return written


def look(
    store: Store,
    query: QueryFacts,
    *,
    known: dict[str, Remembered | None],
    rule: StoredRule,
    now: datetime,
    read: ReadSeries,
) -> int | None:
    """One signal of a query at one moment; the id of the alert, if one was written. ``known``: what
    the detectors of all signals of the query remember; this one's is brought up to date.

    Two workers may look at once: the revision of what is known lets one of them write.
    """
    settings, before = rule.rule.settings, known[rule.rule.signal]
    state = _state_of(before)
    why: str | None = None
    with store.read() as session:
        series = read(session, query.id, now=now, days=settings.history_days, signal=settings.what)

        def wanted(finding: Finding) -> bool:
            nonlocal why
            touched = red_lines_in(session, finding, query=query) if rule.rule.red_line else ()
            why = why_ignored(rule.rule, finding, red_lines=touched)
            return why is None

        after, finding = observe(state, series, now=now, settings=settings, wanted=wanted)
    if after == state:
        return None
    with store.write() as session:
        kept = detectors.save_state(
            session,
            query.id,
            signal=settings.signal,
            state=after.to_json(),
            seen=None if before is None else before.revision,
            now=now,
        )
        if not kept:
            return None
        going_on = _going_on(known, but=settings.signal)
        alert_id = None
        if finding is not None:
            alert_id = respond(
                session,
                finding,
                query=query,
                rule=rule,
                ignored=why,
                going_on=going_on,
                now=now,
            )
    revision = 1 if before is None else before.revision + 1
    known[settings.signal] = Remembered(after.to_json(), revision, now)
    return alert_id


def _going_on(known: Mapping[str, Remembered | None], *, but: str) -> Collection[str]:
    """The other signals with a spike that somebody was told of."""
    return {
        name for name, one in known.items() if name != but and _state_of(one).severity is not None
    }


def _state_of(known: Remembered | None) -> DetectorState:
    return DetectorState() if known is None else DetectorState.from_json(known.state)
