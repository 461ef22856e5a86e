"""The outbox: one row per message to one place; and which message shows which incident."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from service.store.base import Base


class DeliveryRow(Base):
    """One message to one place, with its attempts.

    ``kind``: card (make the incident's message show its present state), page (interrupt
    ``person``), note (a line in the incident's thread), system (about the service itself).
    ``state``: due, sent, failed (permanently), superseded. While a worker holds it, ``held`` is
    true and ``due_at`` the end of its lease: if the worker dies, it is due again.
    ``first_attempt_at`` is the first attempt that may have arrived without our learning of it.
    ``rendered`` is what was sent.
    """

    __tablename__ = "deliveries"
    __table_args__ = (Index(None, "state", "due_at"), Index(None, "kind", "created_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int | None] = mapped_column(ForeignKey("incidents.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    notifier: Mapped[str] = mapped_column(String(40))
    destination: Mapped[str] = mapped_column(String(200))
    person: Mapped[str | None] = mapped_column(String(80))
    payload: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(String(12), default="due")
    due_at: Mapped[datetime]
    created_at: Mapped[datetime]
    held: Mapped[bool] = mapped_column(default=False)
    attempts: Mapped[int] = mapped_column(default=0)
    first_attempt_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    last_error: Mapped[str | None]
    reference: Mapped[str | None]
    rendered: Mapped[dict[str, Any] | None]


class MessageRow(Base):
    """The one message that shows an incident in one place (on Slack: channel and timestamp)."""

    __tablename__ = "messages"

    incident_id: Mapped[int] = mapped_column(ForeignKey("incidents.id"), primary_key=True)
    notifier: Mapped[str] = mapped_column(String(40), primary_key=True)
    destination: Mapped[str] = mapped_column(String(200), primary_key=True)
    channel: Mapped[str]
    reference: Mapped[str]
    revision: Mapped[int]
