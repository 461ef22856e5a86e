"""Polling: which sources are due, one poll from lease to next poll, and what went wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from connectors.contract import Batch, Connector
from connectors.errors import (
    ConnectorError,
    Gone,
    Misconfigured,
    PayloadChanged,
    RateLimited,
    Transient,
)
from rules.score import Depth
from service.clock import Clock
from service.ingest import backoff
from service.ingest.clean import told
from service.ingest.inbox import Accepted, Origin, accept
from service.logs import logger
from service.store import sources
from service.store.engine import Session, Store
from service.store.sources import SourceFacts

LEASE = timedelta(minutes=10)
"""Longer than any poll may take: ``SPELL``, and one more page."""

SPELL = timedelta(minutes=5)
"""After this long a source with more pages gives way, and goes on at the next tick."""

PAGES = 50
"""Pages taken in one poll; a source with more goes on at the next tick."""

log = logger(__name__)


@dataclass(frozen=True)
class Poller:
    """What polling needs. ``open_connector`` and ``hosts`` know the connectors' settings."""

    store: Store
    clock: Clock
    open_connector: Callable[[SourceFacts], Connector]
    hosts: Callable[[SourceFacts], frozenset[str]]
    depth: Depth = Depth.LINEAR


@dataclass(frozen=True, slots=True)
class Polled:
    """How one poll went: what its pages brought, or the error, safe to show."""

    source: str
    pages: tuple[Accepted, ...]
    error: str | None = None

    @property
    def stored(self) -> int:
        return sum(page.stored for page in self.pages)

    @property
    def fetched(self) -> int:
        return sum(page.stored + page.rejected + page.known for page in self.pages)

    @property
    def left_out(self) -> int:
        return sum(page.left_out for page in self.pages)


def take_due(poller: Poller, *, slots: int) -> list[SourceFacts]:
    """Lease the sources to poll now: at most ``slots``, one to a host."""
    now = poller.clock.now()
    with poller.store.read() as session:
        due = sources.list_due(session, now=now, limit=slots * 20)
        busy = sources.list_leased(session, now=now) if due else []
    if not due:
        return []
    hosts = {source.id: poller.hosts(source) for source in due}
    turn = backoff.take_turns(
        [(source.id, hosts[source.id]) for source in due],
        busy=frozenset().union(*(poller.hosts(source) for source in busy)),
        slots=slots,
    )
    taken: list[SourceFacts] = []
    with poller.store.write() as session:
        for source in due:
            if source.id not in turn:
                continue
            if sources.lease(session, source, now=now, length=LEASE):
                taken.append(source)
        for source in taken:
            wait = backoff.pause(hosts[source.id])
            if wait:
                _defer_host(poller, session, source, until=now + wait)
    return taken


def poll(poller: Poller, source: SourceFacts) -> Polled:
    """Poll a leased source, page by page, each page one transaction. Never raises for what the
    source did: the failure is stored with the source, as a blind spot."""
    pages: list[Accepted] = []
    began = poller.clock.now()
    try:
        connector = poller.open_connector(source)
        cursor = source.cursor
        for page in range(PAGES):
            batch = connector.poll(cursor)
            now = poller.clock.now()
            last = not batch.more or page == PAGES - 1 or now - began >= SPELL
            origin = Origin(
                source_id=source.id,
                tier=source.tier,
                next_poll_at=_next(poller, source, batch, now=now) if last else None,
            )
            pages.append(_store(poller, batch, origin=origin, now=now))
            cursor = dict(batch.cursor)
            if last:
                break
    except ConnectorError as error:
        return _failed(poller, source, pages, error)
    except Exception as error:
        log.exception("poll failed", source=source.name)
        failed = PayloadChanged(f"the {source.connector} connector failed: {type(error).__name__}")
        return _failed(poller, source, pages, failed)
    polled = Polled(source.name, tuple(pages))
    # Most polls bring nothing; at INFO they would bury the ones that do.
    tell = log.info if polled.fetched or polled.left_out else log.debug
    tell(
        "polled",
        source=source.name,
        fetched=polled.fetched,
        stored=polled.stored,
        left_out=polled.left_out,
    )
    return polled


class NotStored(ConnectorError):
    """The source answered, and the store did not take it: the source is not to blame."""


def _store(poller: Poller, batch: Batch, *, origin: Origin, now: datetime) -> Accepted:
    """Raises NotStored."""
    try:
        return accept(poller.store, batch, origin=origin, now=now, depth=poller.depth)
    except Exception as error:
        log.exception("batch could not be stored", source=origin.source_id)
        raise NotStored(f"what it brought could not be stored: {type(error).__name__}") from error


def _next(poller: Poller, source: SourceFacts, batch: Batch, *, now: datetime) -> datetime:
    soonest = now + backoff.pause(poller.hosts(source))
    if batch.more:
        return soonest
    wished = backoff.after_success(
        every=source.every, poll_after=batch.poll_after, source_id=source.id, now=now
    )
    return max(wished, soonest)


def _failed(
    poller: Poller, source: SourceFacts, pages: list[Accepted], error: ConnectorError
) -> Polled:
    now = poller.clock.now()
    rate_limited = isinstance(error, RateLimited)
    retry_at = backoff.after_failure(
        failures=source.failures + 1,
        every=source.every,
        retry_after=error.retry_after if isinstance(error, Transient) else None,
        rate_limited=rate_limited,
        source_id=source.id,
        now=now,
    )
    message = told(str(error))
    with poller.store.write() as session:
        sources.record_failure(
            session,
            source.id,
            now=now,
            error=message,
            next_poll_at=retry_at,
            stopped=isinstance(error, Misconfigured | Gone),
        )
        if rate_limited:
            _defer_host(poller, session, source, until=retry_at)
    log.warning("source could not be heard", source=source.name, reason=message)
    return Polled(source.name, tuple(pages), error=message)


def _defer_host(poller: Poller, session: Session, polled: SourceFacts, *, until: datetime) -> None:
    """The other sources that ask a host of this one wait, too."""
    hosts = poller.hosts(polled)
    others = [
        source.id
        for source in sources.list_sources(session, enabled_only=True)
        if source.id != polled.id and not hosts.isdisjoint(poller.hosts(source))
    ]
    sources.defer(session, others, until=until)
