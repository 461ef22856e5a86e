"""Who answers: people, rotas and escalation policies, as data that rules.oncall reads."""

from __future__ import annotations

from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from service.store.base import Base


class PersonRow(Base):
    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    full_name: Mapped[str] = mapped_column(default="")
    slack_user_id: Mapped[str | None] = mapped_column(String(40))
    email: Mapped[str | None]


class RotaRow(Base):
    """``body`` is what rules.oncall.Rota is made from."""

    __tablename__ = "rotas"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    body: Mapped[dict[str, Any]]


class PolicyRow(Base):
    """``body`` is what rules.incident.Policy is made from."""

    __tablename__ = "policies"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    body: Mapped[dict[str, Any]]
