"""Sessions of signed-in users and sign-in links. Only hashes of their tokens are stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from service.store.tables import LoginLinkRow, SessionRow, UserRow


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """One session that stands, with the user as they are now."""

    id: int
    user_id: int
    user_name: str
    role: str
    csrf_token: str
    created_at: datetime
    expires_at: datetime


def add_session(
    session: Session,
    *,
    user_id: int,
    token_hash: str,
    csrf_token: str,
    now: datetime,
    expires_at: datetime,
) -> None:
    session.add(
        SessionRow(
            user_id=user_id,
            token_hash=token_hash,
            csrf_token=csrf_token,
            created_at=now,
            expires_at=expires_at,
        )
    )
    session.flush()


def find_session(session: Session, token_hash: str, *, now: datetime) -> SessionFacts | None:
    """None for an unknown or expired token, and where the user was disabled meanwhile."""
    row = session.execute(
        select(SessionRow, UserRow)
        .join(UserRow, UserRow.id == SessionRow.user_id)
        .where(
            SessionRow.token_hash == token_hash,
            SessionRow.expires_at > now,
            UserRow.disabled_at.is_(None),
        )
    ).one_or_none()
    if row is None:
        return None
    kept, user = row
    return SessionFacts(
        id=kept.id,
        user_id=user.id,
        user_name=user.name,
        role=user.role,
        csrf_token=kept.csrf_token,
        created_at=kept.created_at,
        expires_at=kept.expires_at,
    )


def set_session_expiry(session: Session, session_id: int, *, expires_at: datetime) -> None:
    session.execute(
        update(SessionRow).where(SessionRow.id == session_id).values(expires_at=expires_at)
    )


def delete_session(session: Session, token_hash: str) -> None:
    session.execute(delete(SessionRow).where(SessionRow.token_hash == token_hash))


def delete_sessions_of(session: Session, user_id: int) -> int:
    """End every session of a user and void their sign-in links. Returns how many sessions."""
    session.execute(delete(LoginLinkRow).where(LoginLinkRow.user_id == user_id))
    ended = session.scalars(
        delete(SessionRow).where(SessionRow.user_id == user_id).returning(SessionRow.id)
    )
    return len(ended.all())


def delete_expired(session: Session, *, now: datetime) -> None:
    """Throw away sessions and sign-in links that no longer open anything."""
    session.execute(delete(SessionRow).where(SessionRow.expires_at <= now))
    session.execute(delete(LoginLinkRow).where(LoginLinkRow.expires_at <= now))


def add_login_link(
    session: Session, *, user_id: int, token_hash: str, expires_at: datetime
) -> None:
    session.add(LoginLinkRow(user_id=user_id, token_hash=token_hash, expires_at=expires_at))
    session.flush()


def is_link_open(session: Session, token_hash: str, *, now: datetime) -> bool:
    """Whether the link would still let somebody in; changes nothing."""
    return (
        session.scalars(
            select(LoginLinkRow.id)
            .join(UserRow, UserRow.id == LoginLinkRow.user_id)
            .where(
                LoginLinkRow.token_hash == token_hash,
                LoginLinkRow.used_at.is_(None),
                LoginLinkRow.expires_at > now,
                UserRow.disabled_at.is_(None),
            )
        ).first()
        is not None
    )


def use_link(session: Session, token_hash: str, *, now: datetime) -> int | None:
    """Take the link, which works once: of two that try together one gets the user's id."""
    return session.scalars(
        update(LoginLinkRow)
        .where(
            LoginLinkRow.token_hash == token_hash,
            LoginLinkRow.used_at.is_(None),
            LoginLinkRow.expires_at > now,
            LoginLinkRow.user_id.in_(select(UserRow.id).where(UserRow.disabled_at.is_(None))),
        )
        .values(used_at=now)
        .returning(LoginLinkRow.user_id)
        .execution_options(synchronize_session=False)
    ).one_or_none()
