"""What every notifier is: something that renders a message and sends it to one place.

Rendering is pure and comes first, so that a message whose details cannot be shown still goes out
(in bare words), and so that what was sent can be shown on the deliveries page.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from service.store.oncall import Person
from service.store.outbox import Shown
from service.store.reads.incident_view import IncidentView


@dataclass(frozen=True, slots=True)
class Content:
    """What is to be said. ``view`` is None for kind system only; ``text`` is that of a note, of a
    system message, or a page's own reason; ``address`` is that of our pages, without a slash."""

    kind: str
    address: str
    view: IncidentView | None = None
    text: str = ""
    addressee: Person | None = None


@dataclass(frozen=True, slots=True)
class Rendered:
    """What is sent: a text that stands for itself, and what the platform draws instead of it."""

    text: str
    blocks: tuple[dict[str, Any], ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {"text": self.text, "blocks": list(self.blocks)}


@dataclass(frozen=True, slots=True)
class Message:
    """One sending. ``shown``: the incident's message in that place: a card replaces it, pages and
    notes are put under it. ``maybe_sent_since``: look for this delivery's earlier sending first.
    ``attempts``: this is which one.
    ``broadcast``: show a page in the channel too, not only in the thread."""

    delivery_id: int
    incident_id: int | None
    kind: str
    destination: str
    rendered: Rendered
    shown: Shown | None = None
    maybe_sent_since: datetime | None = None
    attempts: int = 1
    broadcast: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where the message is now: enough to edit it later."""

    channel: str
    reference: str


class NotifyError(Exception):
    """Not sent. The message is safe to show: it never holds a secret.

    ``permanent``: trying again cannot help until a person changes something. ``retry_after``:
    seconds the platform asked us to wait. ``maybe_sent``: it may have arrived all the same.
    ``affects_all``: nothing else can be sent through this notifier for the moment.
    """

    def __init__(
        self,
        message: str,
        *,
        permanent: bool = False,
        retry_after: float | None = None,
        maybe_sent: bool = False,
        affects_all: bool = False,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.permanent = permanent
        self.retry_after = retry_after
        self.maybe_sent = maybe_sent
        self.affects_all = affects_all


class Notifier(Protocol):
    """``render`` is pure and raises nothing foreseen; ``send`` returns once the platform has the
    message, or raises NotifyError. Sending a Message with ``maybe_sent_since`` must not make a
    second message where the platform lets us find the first."""

    def render(self, content: Content) -> Rendered: ...

    def send(self, message: Message) -> Receipt: ...
