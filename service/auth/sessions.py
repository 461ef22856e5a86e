"""Sessions of people who signed in."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from service.auth.random_secrets import digest, new_secret
from service.store import sessions
from service.store.engine import Session
from service.store.sessions import SessionFacts

IDLE: Final = timedelta(days=14)
"""A session not used for this long ends; using it moves the end on."""

LONGEST: Final = timedelta(days=90)
"""However much it is used, a session ends this long after signing in."""

SLIDE_EVERY: Final = timedelta(hours=1)
"""The end is moved at most this often: not every page view should be a write."""


def open_session(
    session: Session, *, user_id: int, now: datetime, replaces: str | None = None
) -> str:
    """A new session's token: the only time it is seen.

    Always a fresh one, and ``replaces`` (the token the browser came with) ends: a token planted
    before signing in never becomes a signed-in one.
    """
    sessions.delete_expired(session, now=now)
    if replaces:
        sessions.delete_session(session, digest(replaces))
    token = new_secret()
    sessions.add_session(
        session,
        user_id=user_id,
        token_hash=digest(token),
        csrf_token=new_secret(),
        now=now,
        expires_at=now + IDLE,
    )
    return token


def find_session(session: Session, token: str, *, now: datetime) -> SessionFacts | None:
    """The session of that token, if it stands."""
    return sessions.find_session(session, digest(token), now=now)


def later_end(found: SessionFacts, *, now: datetime) -> datetime | None:
    """The end that using the session now should move it to; None where it may stay."""
    end = min(now + IDLE, found.created_at + LONGEST)
    return end if end - found.expires_at >= SLIDE_EVERY else None


def slide_session(session: Session, found: SessionFacts, *, expires_at: datetime) -> None:
    sessions.set_session_expiry(session, found.id, expires_at=expires_at)


def close_session(session: Session, token: str) -> None:
    """Sign out: the token opens nothing any more."""
    sessions.delete_session(session, digest(token))


def expire_sessions(session: Session, *, now: datetime) -> None:
    """Throw away sessions and sign-in links that no longer open anything."""
    sessions.delete_expired(session, now=now)
