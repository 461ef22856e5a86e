"""What SQLite and PostgreSQL spell alike but SQLAlchemy does not."""

from __future__ import annotations

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session


def insert_or(session: Session, table: Any) -> Any:
    """An INSERT that knows ``on_conflict_do_nothing`` and ``on_conflict_do_update``."""
    return insert_in(dialect_of(session), table)


def dialect_of(session: Session) -> str:
    """``sqlite`` or ``postgresql``."""
    return session.get_bind().dialect.name


def insert_in(dialect: str, table: Any) -> Any:
    """``insert_or`` without a session, for statements that are made once."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
