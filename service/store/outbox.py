"""The outbox: what is to be told to whom, and which message shows which incident.

A delivery is *leased* (committed before anything is sent), sent, then *settled*. While a worker
holds it, ``due_at`` is the end of its lease, so a dead worker's row is due again by itself. Every
settling is conditional on the lease still being ours: False means that somebody else holds the row
by now, which is not an error.

The order within one place (incident, notifier, destination): one card at a time, oldest first; a
page waits for the incident's first card; a note waits for pages and earlier notes. No page and no
note waits for a row that was tried ``PATIENCE`` times already, so one poisoned row does not hold up
a page; a card always waits for the one before it, which shows the same state when its turn comes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, cast

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Result,
    and_,
    case,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import aliased

from service.store.engine import Session
from service.store.tables import DeliveryRow, MessageRow

KINDS: Final = ("card", "page", "note", "system")
PATIENCE: Final = 3
DUE, SENT, FAILED, SUPERSEDED = "due", "sent", "failed", "superseded"


@dataclass(frozen=True, slots=True)
class Delivery:
    """A leased row. ``attempts`` counts this one; ``leased_until`` is what settling is bound to.

    ``maybe_sent_since``: when an earlier attempt began that may have arrived without our learning
    of it (a crash, a timeout); None when each earlier attempt surely did not arrive.
    """

    id: int
    incident_id: int | None
    kind: str
    notifier: str
    destination: str
    person: str | None
    payload: Mapping[str, Any]
    attempts: int
    created_at: datetime
    maybe_sent_since: datetime | None
    leased_until: datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """The message that shows an incident in one place, and which revision it shows."""

    channel: str
    reference: str
    revision: int


def enqueue(
    session: Session,
    *,
    incident_id: int | None,
    kind: str,
    notifier: str,
    destination: str,
    person: str | None = None,
    payload: Mapping[str, Any] | None = None,
    now: datetime,
) -> int:
    """Put one message into the outbox, due now; returns its id.

    ``kind``: card (show the incident's present state), page (interrupt ``person``), note (a line
    in the incident's thread: payload ``text``), system (about the service itself: payload
    ``text``). All but system belong to an incident. Cards and pages need no payload: they are
    rendered from the incident's state when they are sent. Raises ValueError for anything else.
    """
    if kind not in KINDS:
        raise ValueError(f"a delivery is one of {', '.join(KINDS)}, not {kind!r}")
    if incident_id is None and kind != "system":
        raise ValueError(f"a {kind} belongs to an incident")
    row = DeliveryRow(
        incident_id=incident_id,
        kind=kind,
        notifier=notifier,
        destination=destination,
        person=person,
        payload=dict(payload or {}),
        state=DUE,
        due_at=now,
        created_at=now,
        attempts=0,
    )
    session.add(row)
    session.flush()
    return row.id


def is_due(session: Session, *, now: datetime) -> bool:
    """Whether anything waits to be sent: one look at an index, without the writer's turn."""
    waiting = select(DeliveryRow.id).where(DeliveryRow.state == DUE, DeliveryRow.due_at <= now)
    return session.scalars(waiting.limit(1)).first() is not None


def next_due(session: Session) -> datetime | None:
    """When the first delivery that waits is due; None: nothing waits."""
    return session.scalar(select(func.min(DeliveryRow.due_at)).where(DeliveryRow.state == DUE))


def lease(
    session: Session, *, now: datetime, length: timedelta, without: Collection[str] = ()
) -> Delivery | None:
    """Take the next due delivery for ``length``; None when nothing may be sent now.

    The caller commits before sending. Two workers never get the same row. ``without`` names
    notifiers that cannot send at present.
    """
    urgent = case((DeliveryRow.kind.in_(("card", "page")), 0), else_=1)
    row = session.scalars(
        select(DeliveryRow)
        .where(
            DeliveryRow.state == DUE,
            DeliveryRow.due_at <= now,
            DeliveryRow.notifier.not_in(without),
            ~_blocked(),
        )
        .order_by(urgent, DeliveryRow.due_at, DeliveryRow.id)
        .limit(1)
        # PostgreSQL: a second worker takes the next row instead of waiting; SQLite has one writer.
        .with_for_update(skip_locked=True, of=DeliveryRow)
    ).first()
    if row is None:
        return None
    first = row.first_attempt_at or now
    taken = session.execute(
        update(DeliveryRow)
        .where(
            DeliveryRow.id == row.id,
            DeliveryRow.state == DUE,
            DeliveryRow.due_at == row.due_at,
            DeliveryRow.attempts == row.attempts,
        )
        .values(due_at=now + length, held=True, attempts=row.attempts + 1, first_attempt_at=first)
        .execution_options(synchronize_session=False)
    )
    if _count(taken) != 1:
        return None
    return Delivery(
        id=row.id,
        incident_id=row.incident_id,
        kind=row.kind,
        notifier=row.notifier,
        destination=row.destination,
        person=row.person,
        payload=row.payload,
        attempts=row.attempts + 1,
        created_at=row.created_at,
        maybe_sent_since=row.first_attempt_at,
        leased_until=now + length,
    )


def _blocked() -> ColumnElement[bool]:
    """Whether an earlier step of the same place must come first."""
    other = aliased(DeliveryRow)
    same_place = and_(
        other.incident_id == DeliveryRow.incident_id,
        other.notifier == DeliveryRow.notifier,
        other.destination == DeliveryRow.destination,
        other.state == DUE,
        other.id != DeliveryRow.id,
    )
    # Two levels down nothing is correlated by itself: unsaid, this would mean "any message at all".
    shown = (
        exists()
        .where(
            MessageRow.incident_id == DeliveryRow.incident_id,
            MessageRow.notifier == DeliveryRow.notifier,
            MessageRow.destination == DeliveryRow.destination,
        )
        .correlate(DeliveryRow)
    )
    patient = other.attempts < PATIENCE
    needs_card = and_(other.kind == "card", patient, ~shown)
    return exists().where(
        same_place,
        or_(
            # Two cards sent at once would make two messages of one incident: strictly in turn.
            and_(DeliveryRow.kind == "card", other.kind == "card", other.id < DeliveryRow.id),
            and_(DeliveryRow.kind == "page", needs_card),
            and_(
                DeliveryRow.kind == "note",
                or_(
                    needs_card,
                    and_(other.kind == "page", patient),
                    and_(other.kind == "note", patient, other.id < DeliveryRow.id),
                ),
            ),
        ),
    )


def release_held(session: Session, *, now: datetime) -> int:
    """Make due at once what a worker held that is known to be dead; returns how many it were."""
    done = session.execute(
        update(DeliveryRow)
        .where(DeliveryRow.state == DUE, DeliveryRow.held.is_(True))
        .values(due_at=now, held=False)
        .execution_options(synchronize_session=False)
    )
    return _count(done)


def settle_sent(
    session: Session,
    delivery: Delivery,
    *,
    now: datetime,
    reference: str | None,
    rendered: Mapping[str, Any],
    covers: Collection[int] = (),
    shown: Shown | None = None,
) -> bool:
    """It arrived. ``rendered`` is what was sent; ``shown`` is the incident's message after it;
    ``covers`` are waiting cards of the same place that it makes needless (superseded)."""
    held = _settle(
        session,
        delivery,
        state=SENT,
        sent_at=now,
        reference=reference,
        rendered=dict(rendered),
        last_error=None,
    )
    if not held:
        return False
    if shown is not None:
        _remember(session, delivery, shown)
    if covers:
        superseded(session, covers)
    return True


def settle_retry(
    session: Session, delivery: Delivery, *, due_at: datetime, error: str, maybe_sent: bool
) -> bool:
    """It did not arrive, or we cannot know (``maybe_sent``): try again at ``due_at``. ``error``
    holds no secret."""
    values: dict[str, Any] = {"due_at": due_at, "last_error": error}
    if not maybe_sent:
        values["first_attempt_at"] = delivery.maybe_sent_since
    return _settle(session, delivery, **values)


def settle_failed(
    session: Session, delivery: Delivery, *, error: str, rendered: Mapping[str, Any] | None = None
) -> bool:
    """It will never arrive. The row stays, for people to see."""
    return _settle(
        session,
        delivery,
        state=FAILED,
        last_error=error,
        rendered=None if rendered is None else dict(rendered),
    )


def superseded(session: Session, ids: Collection[int]) -> int:
    """A newer message makes these waiting ones needless; returns how many were still waiting."""
    done = session.execute(
        update(DeliveryRow)
        .where(DeliveryRow.id.in_(ids), DeliveryRow.state == DUE)
        .values(state=SUPERSEDED)
        .execution_options(synchronize_session=False)
    )
    return _count(done)


def waiting_cards(session: Session, delivery: Delivery) -> tuple[int, ...]:
    """The other cards that wait for the same place. Read them before the incident's state: what
    is rendered after that is at least as new as each of them."""
    return tuple(
        session.scalars(
            select(DeliveryRow.id).where(
                DeliveryRow.incident_id == delivery.incident_id,
                DeliveryRow.notifier == delivery.notifier,
                DeliveryRow.destination == delivery.destination,
                DeliveryRow.kind == "card",
                DeliveryRow.state == DUE,
                DeliveryRow.id != delivery.id,
            )
        )
    )


def find_shown(
    session: Session, *, incident_id: int, notifier: str, destination: str
) -> Shown | None:
    """Which message shows this incident there, if one does."""
    row = session.get(MessageRow, (incident_id, notifier, destination))
    return None if row is None else Shown(row.channel, row.reference, row.revision)


def _remember(session: Session, delivery: Delivery, shown: Shown) -> None:
    if delivery.incident_id is None:
        return
    key = (delivery.incident_id, delivery.notifier, delivery.destination)
    row = session.get(MessageRow, key)
    if row is None:
        row = MessageRow(
            incident_id=key[0], notifier=key[1], destination=key[2], channel="", reference=""
        )
        session.add(row)
    row.channel, row.reference, row.revision = shown.channel, shown.reference, shown.revision
    session.flush()


def _settle(session: Session, delivery: Delivery, **values: Any) -> bool:
    done = session.execute(
        update(DeliveryRow)
        .where(
            DeliveryRow.id == delivery.id,
            DeliveryRow.state == DUE,
            DeliveryRow.attempts == delivery.attempts,
            DeliveryRow.due_at == delivery.leased_until,
        )
        .values(held=False, **values)
        .execution_options(synchronize_session=False)
    )
    return _count(done) == 1


def _count(done: Result[Any]) -> int:
    """How many rows an UPDATE changed."""
    return cast(CursorResult[Any], done).rowcount
