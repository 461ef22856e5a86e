"""Polls the sources that are due, several side by side."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from service.ingest.poll import poll, take_due
from service.logs import logger
from service.runtime import Runtime
from service.store import outbox, sources
from service.store.sources import SourceFacts

CRASH_PAUSE = timedelta(minutes=1)

log = logger(__name__)


class Polling:
    """A pool of poll workers. ``tick`` starts what is due and does not wait for it."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="poll")
        self._running = 0
        self._lock = threading.Lock()
        self._closing = False

    def tick(self, runtime: Runtime) -> None:
        """Lease as many due sources as there are idle workers, and set them to work."""
        with self._lock:
            slots = 0 if self._closing else self._workers - self._running
        if slots <= 0:
            return
        for source in take_due(runtime.poller(), slots=slots):
            with self._lock:
                self._running += 1
            self._pool.submit(self._poll, runtime, source)

    def close(self) -> None:
        """Start nothing more; wait for the polls under way, which end by their own deadlines."""
        with self._lock:
            self._closing = True
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _poll(self, runtime: Runtime, source: SourceFacts) -> None:
        try:
            with runtime.metrics.poll_seconds.time():
                polled = poll(runtime.poller(), source)
            outcome = "failed" if polled.error else "ok"
            runtime.metrics.polls.labels(connector=source.connector, outcome=outcome).inc()
            runtime.metrics.mentions.inc(polled.stored)
            runtime.metrics.rejects.inc(sum(page.rejected for page in polled.pages))
        except Exception:
            # Storing the failure failed as well (disk full, database away): the lease runs out
            # and the source is polled again from the same cursor.
            log.exception("poll could not be recorded", source=source.name)
        finally:
            with self._lock:
                self._running -= 1


def release_leases(runtime: Runtime) -> None:
    """At the start of the one process that works on an embedded store: whatever is leased was left
    by a dead one. On PostgreSQL others may be alive, and leases run out by themselves."""
    if not runtime.store.is_sqlite:
        return
    now = runtime.clock.now()
    with runtime.store.write() as session:
        for source in sources.list_leased(session, now=now):
            # A minute after the poll that was cut off began: a crash loop must not hammer a host.
            began = source.last_polled_at or now
            sources.release(session, source.id, due_at=max(now, began + CRASH_PAUSE))
        outbox.release_held(session, now=now)
