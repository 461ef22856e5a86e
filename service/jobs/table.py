"""JOBS: what is done again and again, and how often we look whether there is something to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Final

from service.auth.sessions import expire_sessions
from service.escalation.detect import detect
from service.escalation.tick import escalate_due, resolve_quiet
from service.escalation.watchdog import watch
from service.jobs.polling import Polling
from service.notify.deliver import deliver_due
from service.runtime import Runtime
from service.store import heartbeats, idempotency, rejects
from service.store.kept_series import KeptSeries
from service.store.search.catch_up import catch_up, mend

BATCHES: Final = 20
"""Batches that one tick indexes: others want to write as well, and a stop should not wait long."""


@dataclass(frozen=True, slots=True)
class Job:
    """One tick: its period, what it does, and one line about it for docs and pages."""

    every: timedelta
    run: Callable[[Runtime], None]
    summary: str


def _detect(runtime: Runtime, *, read: KeptSeries) -> None:
    with runtime.metrics.detection_seconds.time():
        detect(runtime.store, now=runtime.clock.now(), read=read)


def _escalate(runtime: Runtime) -> None:
    escalate_due(runtime.store, now=runtime.clock.now())
    resolve_quiet(runtime.store, now=runtime.clock.now())


def _deliver(runtime: Runtime) -> None:
    deliver_due(
        runtime.store,
        runtime.notifiers,
        clock=runtime.clock,
        address=runtime.settings.address(),
    )


def _watch(runtime: Runtime) -> None:
    watch(runtime.store, now=runtime.clock.now())


def _tidy(runtime: Runtime) -> None:
    now = runtime.clock.now()
    with runtime.store.write() as session:
        keep = timedelta(days=runtime.settings.reject_days)
        rejects.expire_rejects(session, now=now, keep=keep)
        expire_sessions(session, now=now)
        idempotency.expire(session, now=now)
        heartbeats.expire_steps(session, now=now)


class Indexing:
    """Brings the index of words up to what is stored; there is something to do only after an
    upgrade."""

    def __init__(self) -> None:
        self._mended = False

    def tick(self, runtime: Runtime) -> None:
        if not self._mended:
            mend(runtime.store)
            self._mended = True
        for _ in range(BATCHES):
            if not catch_up(runtime.store):
                return


def jobs(polling: Polling) -> Mapping[str, Job]:
    """The table. Polling keeps a pool of its own, so that a slow source holds up nothing."""
    detecting = partial(_detect, read=KeptSeries())
    table: Final[Mapping[str, Job]] = {
        "poll": Job(timedelta(seconds=1), polling.tick, "polls the sources that are due"),
        "detect": Job(timedelta(seconds=5), detecting, "looks for spikes in the rollups"),
        "escalate": Job(timedelta(seconds=2), _escalate, "acts on the deadlines of incidents"),
        "deliver": Job(timedelta(seconds=1), _deliver, "sends what the outbox holds"),
        "watch": Job(timedelta(seconds=30), _watch, "looks for our own silence"),
        "index": Job(timedelta(seconds=5), Indexing().tick, "indexes what was stored before"),
        "tidy": Job(timedelta(hours=1), _tidy, "forgets old rejects, sessions and answers"),
    }
    return table
