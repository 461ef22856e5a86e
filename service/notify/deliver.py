"""The way out of the outbox: lease, render from the present state, send, settle.

1. Lease one row, committed before anything is sent: no transaction is open while Slack answers,
   and a worker that dies leaves a row that is due again.
2. Render what the incident is *now*. Details that cannot be rendered are left out; the message is
   not.
3. Send. What was perhaps sent before is looked for and edited (see ``slack``).
4. Settle: sent; due again later; or failed for good, and then the console says it instead: a card
   or a page is never lost in silence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from rules.incident import Status
from rules.severity import Severity
from service.clock import Clock
from service.errors import NotFound
from service.logs import logger
from service.notify.backoff import GIVE_UP, is_hopeless, retry_at
from service.notify.notifier import Content, Message, Notifier, NotifyError, Receipt, Rendered
from service.notify.wording import bare
from service.store import outbox
from service.store.engine import Session, Store
from service.store.oncall import Person, find_person
from service.store.outbox import Delivery, Shown
from service.store.reads.incident import incident_view
from service.store.reads.incident_view import IncidentView

LEASE: Final = timedelta(minutes=5)
"""Longer than the longest sending: ten pages of looking and a post, ten seconds each."""
CONSOLE: Final = "console"
NEVER_SILENT: Final = frozenset({"card", "page", "system"})

log = logger(__name__)


@dataclass(frozen=True, slots=True)
class Prepared:
    """What the store says about a delivery. ``view`` is None when the details cannot be read."""

    view: IncidentView | None
    shown: Shown | None
    addressee: Person | None
    covers: tuple[int, ...]


def deliver_due(
    store: Store,
    notifiers: Mapping[str, Notifier],
    *,
    clock: Clock,
    address: str,
    limit: int = 50,
) -> int:
    """Send what is due, at most ``limit`` deliveries; returns how many arrived.

    One that fails does not stop the others. A notifier that says it can send nothing at present
    (rate limit, no connection) is left alone until the next call. ``address`` is where people
    reach our pages, without a trailing slash. Raises only what the store raises.
    """
    with store.read() as session:
        if not outbox.is_due(session, now=clock.now()):
            return 0
    arrived = 0
    resting: set[str] = set()
    for _ in range(limit):
        with store.write() as session:
            delivery = outbox.lease(session, now=clock.now(), length=LEASE, without=resting)
        if delivery is None:
            break
        try:
            arrived += _deliver(store, notifiers, delivery, clock=clock, address=address)
        except NotifyError as error:
            _settle_error(store, delivery, error, now=clock.now())
            if error.affects_all:
                resting.add(delivery.notifier)
    return arrived


def _deliver(
    store: Store,
    notifiers: Mapping[str, Notifier],
    delivery: Delivery,
    *,
    clock: Clock,
    address: str,
) -> bool:
    """Whether it arrived. Raises NotifyError."""
    configured = notifiers.get(delivery.notifier)
    notifier = configured or notifiers.get(CONSOLE)
    if notifier is None:
        raise NotifyError(f"no notifier is called {delivery.notifier}", permanent=True)
    prepared = _prepare(store, delivery, now=clock.now())
    if _is_moot(delivery, prepared.view):
        with store.write() as session:
            outbox.superseded(session, [delivery.id])
        log.info("page not needed any more", delivery=delivery.id, incident=delivery.incident_id)
        return False
    rendered = _render(notifier, delivery, prepared, address=address)
    instead = _instead(delivery, configured is not None)
    if instead:
        rendered = replace(rendered, text=f"{instead}\n{rendered.text}")
    severe = prepared.view is not None and prepared.view.severity is Severity.SEV1
    receipt = _send(
        notifier,
        Message(
            delivery_id=delivery.id,
            incident_id=delivery.incident_id,
            kind=delivery.kind,
            destination=delivery.destination,
            rendered=rendered,
            shown=prepared.shown,
            maybe_sent_since=delivery.maybe_sent_since,
            attempts=delivery.attempts,
            broadcast=delivery.kind == "page" and severe,
        ),
    )
    shown = None
    # What the console showed in Slack's stead is no message that Slack could edit later.
    if delivery.kind == "card" and configured is not None:
        revision = prepared.view.revision if prepared.view else 0
        shown = Shown(receipt.channel, receipt.reference, revision)
    with store.write() as session:
        held = outbox.settle_sent(
            session,
            delivery,
            now=clock.now(),
            reference=receipt.reference,
            rendered=rendered.to_json(),
            covers=prepared.covers,
            shown=shown,
        )
    if not held:
        log.warning("lease ended while sending", delivery=delivery.id)
    return held


def _instead(delivery: Delivery, configured: bool) -> str:
    """Why the console says what another notifier was to say; empty when it is not so."""
    if not configured:
        return f"({delivery.notifier} is not set up: shown here, not in {delivery.destination})"
    because = delivery.payload.get("because")
    return f"(shown here because it could not be sent: {because})" if because else ""


def _send(notifier: Notifier, message: Message) -> Receipt:
    try:
        return notifier.send(message)
    except NotifyError:
        raise
    except Exception as error:
        # A fault of ours must not stop the other deliveries; it is tried again and stays visible.
        log.exception("notifier failed unexpectedly", delivery=message.delivery_id)
        raise NotifyError(
            f"unexpected {type(error).__name__} while sending", maybe_sent=True
        ) from None


def _is_moot(delivery: Delivery, view: IncidentView | None) -> bool:
    """Whether a page would interrupt somebody for what others have taken care of since."""
    if delivery.kind != "page" or view is None:
        return False
    if view.status is Status.RESOLVED:
        return True
    return view.acknowledged_at is not None and view.acknowledged_at >= delivery.created_at


def _render(
    notifier: Notifier, delivery: Delivery, prepared: Prepared, *, address: str
) -> Rendered:
    text = str(delivery.payload.get("text") or "")
    if prepared.view is not None or delivery.incident_id is None:
        content = Content(
            kind=delivery.kind,
            address=address,
            view=prepared.view,
            text=text,
            addressee=prepared.addressee,
        )
        try:
            return notifier.render(content)
        except Exception:
            log.exception("message cannot be rendered", delivery=delivery.id)
    who = prepared.addressee.full_name if prepared.addressee else None
    return Rendered(
        bare(
            delivery.kind,
            incident_id=delivery.incident_id,
            address=address,
            who=who,
            text=text,
        )
    )


def _prepare(store: Store, delivery: Delivery, *, now: datetime) -> Prepared:
    """Read everything in one state. Raises NotifyError when there is no such incident."""
    with store.read() as session:
        addressee = _addressee(session, delivery.person)
        if delivery.incident_id is None:
            return Prepared(None, None, addressee, ())
        covers = outbox.waiting_cards(session, delivery) if delivery.kind == "card" else ()
        shown = outbox.find_shown(
            session,
            incident_id=delivery.incident_id,
            notifier=delivery.notifier,
            destination=delivery.destination,
        )
        try:
            view = incident_view(session, delivery.incident_id, now=now)
        except NotFound:
            raise NotifyError("the incident does not exist any more", permanent=True) from None
        except Exception:
            log.exception("incident cannot be read", incident=delivery.incident_id)
            return Prepared(None, shown, addressee, ())
        return Prepared(view, shown, addressee, covers)


def _addressee(session: Session, name: str | None) -> Person | None:
    """Somebody who was removed meanwhile is still called by the name."""
    if name is None:
        return None
    found = find_person(session, name)
    if found is None:
        return Person(id=0, name=name, full_name=name, slack_user_id=None, email=None)
    return found if found.full_name else replace(found, full_name=name)


def _settle_error(store: Store, delivery: Delivery, error: NotifyError, *, now: datetime) -> None:
    """Try again later; or give up, for good, but not in silence."""
    facts = {"delivery": delivery.id, "incident": delivery.incident_id, "kind": delivery.kind}
    hopeless = is_hopeless(now=now, created_at=delivery.created_at)
    if not error.permanent and not hopeless:
        due_at = retry_at(
            now=now,
            kind=delivery.kind,
            delivery_id=delivery.id,
            attempts=delivery.attempts,
            retry_after=error.retry_after,
        )
        with store.write() as session:
            outbox.settle_retry(
                session,
                delivery,
                due_at=due_at,
                error=error.message,
                maybe_sent=error.maybe_sent,
            )
        log.warning("not delivered yet", attempts=delivery.attempts, why=error.message, **facts)
        return
    why = error.message
    if not error.permanent:
        why = f"{why}; given up after {GIVE_UP.total_seconds() / 3600:.0f} hours"
    with store.write() as session:
        held = outbox.settle_failed(session, delivery, error=why)
        if held and delivery.notifier != CONSOLE and delivery.kind in NEVER_SILENT:
            outbox.enqueue(
                session,
                incident_id=delivery.incident_id,
                kind=delivery.kind,
                notifier=CONSOLE,
                destination=CONSOLE,
                person=delivery.person,
                payload={**delivery.payload, "instead_of": delivery.id, "because": why},
                now=now,
            )
    log.error("not delivered", why=why, destination=delivery.destination, **facts)
