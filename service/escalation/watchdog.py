"""What would fail silently: pages that reach nobody, sources not heard, jobs that stand still.

Each trouble is told once, as a system delivery to every place there is, the console included:
the place that is out of order must not be the only one that is told so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from service.escalation.troubles import MARK, is_failing
from service.store import brands, heartbeats, oncall, outbox, silence
from service.store.engine import Session, Store
from service.store.heartbeats import Heartbeat

UNTOLD_AFTER: Final = timedelta(minutes=2)
"""A page that nobody has received by then has failed, whatever the notifier says."""

BLIND_AFTER: Final = timedelta(minutes=30)
"""Sources stumble; one that cannot be heard for longer hides things."""

STILL_AFTER: Final = timedelta(minutes=5)
FAILING_AFTER: Final = timedelta(minutes=1)

SLOW_JOBS: Final[Mapping[str, timedelta]] = {"tidy": timedelta(hours=3)}
"""Jobs that beat less often than ``STILL_AFTER``."""

CONSOLE: Final = ("console", "console")


@dataclass(frozen=True, slots=True)
class Trouble:
    """``about`` names it, the same at every look, so that it is told once."""

    about: str
    text: str


def watch(store: Store, *, now: datetime) -> list[str]:
    """Tell of every trouble that has not been told of; returns what they are about."""
    with store.read() as session:
        new = [one for one in find_troubles(session, now=now) if not _told(session, one)]
    if not new:
        return []
    with store.write() as session:
        silence.take_turn(session, now=now)
        new = [one for one in new if not _told(session, one)]
        places = oncall.system_destinations(session, brands.list_brands(session))
        for trouble in new:
            for notifier, destination in sorted({*places, CONSOLE}):
                outbox.enqueue(
                    session,
                    incident_id=None,
                    kind="system",
                    notifier=notifier,
                    destination=destination,
                    payload={"text": trouble.text, "about": trouble.about},
                    now=now,
                )
    return [one.about for one in new]


def find_troubles(session: Session, *, now: datetime) -> list[Trouble]:
    """Everything that is wrong at this moment, told of or not."""
    return [*_untold(session, now=now), *_blind(session, now=now), *_still(session, now=now)]


def _untold(session: Session, *, now: datetime) -> Iterator[Trouble]:
    for incident in silence.list_untold(session, before=now - UNTOLD_AFTER):
        since = incident.paged_at or incident.opened_at
        what = "page" if incident.paged_at else "message"
        yield Trouble(
            f"untold:{incident.id}",
            f"Incident {incident.id} ({incident.severity.name}, {incident.title}): no {what} has "
            f"reached anybody since {since:%Y-%m-%d %H:%M} UTC. Look at the deliveries.",
        )


def _blind(session: Session, *, now: datetime) -> Iterator[Trouble]:
    for spot in silence.list_blind(session, before=now - BLIND_AFTER):
        yield Trouble(
            f"blind-spot:{spot.id}",
            f"Source {spot.source} cannot be heard since {spot.started_at:%Y-%m-%d %H:%M} UTC: "
            f"{spot.reason}",
        )


def _still(session: Session, *, now: datetime) -> Iterator[Trouble]:
    beats = heartbeats.list_heartbeats(session)
    steps = [beat for beat in beats if MARK in beat.job]
    jobs = [beat for beat in beats if MARK not in beat.job and beat.job != "watchdog"]
    for beat in steps:
        if is_failing(beat) and beat.failed_at and beat.failed_at - beat.beat_at >= FAILING_AFTER:
            yield Trouble(
                f"failing:{beat.job}:{beat.beat_at.isoformat()}",
                f"{beat.job} fails since {beat.beat_at:%Y-%m-%d %H:%M} UTC: {beat.last_error}",
            )
    still = [beat for beat in jobs if now - beat.beat_at > SLOW_JOBS.get(beat.job, STILL_AFTER)]
    if not still:
        return
    # We ourselves stood still, too: after a start the other jobs may have beaten before we look.
    blind = any(beat.job == "watch" and not is_failing(beat) for beat in still)
    if blind or {beat.job for beat in jobs} - {beat.job for beat in still} <= set(SLOW_JOBS):
        yield _away(still, now=now)
        return
    for beat in still:
        error = f" Its last error: {beat.last_error}" if beat.last_error else ""
        yield Trouble(
            f"still:{beat.job}:{beat.beat_at.isoformat()}",
            f"The job {beat.job} has not run through since {beat.beat_at:%Y-%m-%d %H:%M} UTC."
            f"{error}",
        )


def _away(still: list[Heartbeat], *, now: datetime) -> Trouble:
    """All jobs stood still at once: the program itself was not running."""
    last = max(beat.beat_at for beat in still)
    return Trouble(
        f"away:{last.isoformat()}",
        f"Groundswell was not running from {last:%Y-%m-%d %H:%M} to {now:%Y-%m-%d %H:%M} UTC. "
        "What was posted then is fetched late where the sources still show it.",
    )


def _told(session: Session, trouble: Trouble) -> bool:
    return silence.is_told(session, trouble.about)
