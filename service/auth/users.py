"""Users made and changed: what the command line and the API do."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from service.auth.passwords import hash_password, is_outdated, verify_password
from service.auth.random_secrets import new_secret
from service.auth.roles import Role
from service.errors import Invalid
from service.store import sessions, users
from service.store.engine import Session
from service.store.users import UserFacts

_NAME: Final = re.compile(r"[a-z0-9](?:[a-z0-9._@+-]{0,78}[a-z0-9])?")


def create_user(
    session: Session, *, name: str, role: Role, password: str | None, now: datetime
) -> UserFacts:
    """A new user; without a password they come in by sign-in links only.

    Raises Invalid for an unusable name or password and Conflict where the name is taken.
    """
    name = name.strip().lower()
    if not _NAME.fullmatch(name):
        raise Invalid(
            f"{name!r} cannot be a user's name: 1 to 80 of a-z, 0-9 and . _ @ + -, "
            "beginning and ending with a letter or digit",
            code="bad-name",
        )
    return users.add_user(
        session,
        name=name,
        role=role.value,
        password_hash=hash_password(new_secret() if password is None else password),
        now=now,
    )


def reset_password(session: Session, *, name: str, password: str) -> UserFacts:
    """A new password; every session and sign-in link of the user ends.

    Raises NotFound for an unknown user and Invalid for an unusable password.
    """
    user = users.set_password_hash(
        session, name=name.strip().lower(), password_hash=hash_password(password)
    )
    sessions.delete_sessions_of(session, user.id)
    return user


def change_role(session: Session, *, name: str, role: Role) -> UserFacts:
    """Takes effect with the user's next request. Raises NotFound."""
    return users.set_role(session, name=name.strip().lower(), role=role.value)


def disable_user(session: Session, *, name: str, now: datetime) -> UserFacts:
    """Shut them out at once; what they did stays under their name. Raises NotFound."""
    user = users.set_disabled(session, name=name.strip().lower(), disabled_at=now)
    sessions.delete_sessions_of(session, user.id)
    return user


def enable_user(session: Session, *, name: str) -> UserFacts:
    """Let a disabled user in again. Raises NotFound."""
    return users.set_disabled(session, name=name.strip().lower(), disabled_at=None)


def check_password(session: Session, *, name: str, password: str) -> UserFacts | None:
    """The user whose password this is, else None; an unknown name takes as long as a wrong one."""
    known = users.find_password_hash(session, name.strip().lower())
    password_hash = None if known is None else known[1]
    if not verify_password(password, password_hash=password_hash) or known is None:
        return None
    return known[0]


def renew_password_hash(session: Session, *, name: str, password: str) -> None:
    """Hash a password that was just checked anew, if its hash was made with old parameters."""
    known = users.find_password_hash(session, name)
    if known is not None and is_outdated(known[1]):
        users.set_password_hash(session, name=name, password_hash=hash_password(password))
