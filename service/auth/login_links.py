"""Sign-in links: they work once, for a quarter of an hour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from service.auth.random_secrets import digest, new_secret
from service.errors import Forbidden
from service.store import sessions, users
from service.store.engine import Session

LIFETIME: Final = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class LoginLink:
    """``path`` goes behind the service's address; it is a password until ``expires_at``."""

    path: str
    expires_at: datetime


def create_login_link(session: Session, *, name: str, now: datetime) -> LoginLink:
    """A link for that user. Raises NotFound for an unknown, Forbidden for a disabled user."""
    user = users.get_user(session, name.strip().lower())
    if user.disabled:
        raise Forbidden(f"the user {user.name!r} is disabled", code="user-disabled")
    token = new_secret()
    expires_at = now + LIFETIME
    sessions.add_login_link(
        session, user_id=user.id, token_hash=digest(token), expires_at=expires_at
    )
    return LoginLink(path=f"/login/link/{token}", expires_at=expires_at)


def is_open(session: Session, token: str, *, now: datetime) -> bool:
    """Whether the link would let somebody in; looking does not use it up."""
    return sessions.is_link_open(session, digest(token), now=now)


def use_login_link(session: Session, token: str, *, now: datetime) -> int | None:
    """The id of the user it lets in, and never again; None where it is used, expired or unknown."""
    return sessions.use_link(session, digest(token), now=now)
