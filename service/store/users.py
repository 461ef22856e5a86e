"""Users: who may sign in to the pages, and as what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.errors import Conflict, NotFound
from service.store.tables import UserRow


@dataclass(frozen=True, slots=True)
class UserFacts:
    """One user, without the password's hash."""

    id: int
    name: str
    role: str
    created_at: datetime
    disabled: bool


def facts(row: UserRow) -> UserFacts:
    return UserFacts(
        id=row.id,
        name=row.name,
        role=row.role,
        created_at=row.created_at,
        disabled=row.disabled_at is not None,
    )


def list_users(session: Session) -> list[UserFacts]:
    """All users by name, the disabled ones too."""
    return [facts(row) for row in session.scalars(select(UserRow).order_by(UserRow.name))]


def count_users(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(UserRow)) or 0


def find_user(session: Session, name: str) -> UserFacts | None:
    row = _find(session, name)
    return None if row is None else facts(row)


def get_user(session: Session, name: str) -> UserFacts:
    """One user. Raises NotFound."""
    return facts(_get(session, name))


def find_password_hash(session: Session, name: str) -> tuple[UserFacts, str] | None:
    """The user and the argon2 hash of the password; None for an unknown or a disabled user."""
    row = _find(session, name)
    if row is None or row.disabled_at is not None:
        return None
    return facts(row), row.password_hash


def add_user(
    session: Session, *, name: str, role: str, password_hash: str, now: datetime
) -> UserFacts:
    """A new user. Raises Conflict where the name is taken."""
    if _find(session, name) is not None:
        raise Conflict(f"there is a user {name!r} already", code="user-exists")
    row = UserRow(name=name, role=role, password_hash=password_hash, created_at=now)
    session.add(row)
    session.flush()
    return facts(row)


def set_password_hash(session: Session, *, name: str, password_hash: str) -> UserFacts:
    """Raises NotFound."""
    row = _get(session, name)
    row.password_hash = password_hash
    session.flush()
    return facts(row)


def set_role(session: Session, *, name: str, role: str) -> UserFacts:
    """Raises NotFound."""
    row = _get(session, name)
    row.role = role
    session.flush()
    return facts(row)


def set_disabled(session: Session, *, name: str, disabled_at: datetime | None) -> UserFacts:
    """Shut a user out from ``disabled_at``; None lets them in again. Raises NotFound."""
    row = _get(session, name)
    row.disabled_at = disabled_at
    session.flush()
    return facts(row)


def _find(session: Session, name: str) -> UserRow | None:
    return session.scalars(select(UserRow).where(UserRow.name == name)).one_or_none()


def _get(session: Session, name: str) -> UserRow:
    row = _find(session, name)
    if row is None:
        raise NotFound(f"there is no user {name!r}", code="no-such-user")
    return row
