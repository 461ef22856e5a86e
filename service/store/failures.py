"""What the database itself may refuse, in words; for doors that must not name SQLAlchemy."""

from __future__ import annotations

from alembic.util import CommandError
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

StoreFailed = (SQLAlchemyError, CommandError)
"""What to catch."""


def explain_store(error: Exception) -> str:
    """One line without the statement and its values, which may hold secrets."""
    if isinstance(error, ArgumentError):
        return (
            "the store's address cannot be read; GROUNDSWELL_DATABASE_URL must look like "
            "postgresql+psycopg://user@host/database"
        )
    if isinstance(error, CommandError):
        return f"the store's schema is unknown to this version ({error}); use the newer program"
    cause = getattr(error, "orig", None) or error
    told = str(cause).strip().splitlines()
    return f"the store cannot be used: {told[0] if told else type(cause).__name__}; is it running?"
