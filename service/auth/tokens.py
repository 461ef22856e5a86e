"""API tokens: ``gs_…``, with scopes, limits to brands, an end, and a way to revoke them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from service.auth.random_secrets import digest, new_secret
from service.auth.roles import Scope
from service.errors import Invalid
from service.store import tokens
from service.store.engine import Session
from service.store.tokens import TokenFacts

PREFIX: Final = "gs_"
"""Makes a token that leaked into a log or a repository easy to find."""

USED_EVERY: Final = timedelta(minutes=1)
"""``last_used_at`` is this coarse: not every request should be a write."""


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token just made. ``secret`` is shown once and kept nowhere."""

    secret: str
    facts: TokenFacts


def create_token(
    session: Session,
    *,
    name: str,
    scopes: Sequence[str],
    created_by: str,
    now: datetime,
    brands: Sequence[str] = (),
    expires_at: datetime | None = None,
) -> NewToken:
    """``brands``: slugs it is limited to; none means all.

    Raises Invalid for an unknown scope, no scope, a bad name or an end in the past; Conflict where
    the name is taken.
    """
    name = name.strip()
    if not 0 < len(name) <= 80 or not name.isprintable():
        raise Invalid("a token needs a name of 1 to 80 printable characters", code="bad-name")
    known = [scope.value for scope in Scope]
    unknown = sorted(set(scopes) - set(known))
    if unknown or not scopes:
        told = f"unknown scope {unknown[0]!r}" if unknown else "a token needs a scope"
        raise Invalid(f"{told}; there are {', '.join(known)}", code="bad-scope")
    if expires_at is not None and expires_at <= now:
        raise Invalid("the token would have expired already", code="bad-expiry")
    secret = PREFIX + new_secret()
    made = tokens.add_token(
        session,
        name=name,
        token_hash=digest(secret),
        scopes=[scope for scope in known if scope in scopes],
        brands=sorted(set(brands)),
        created_by=created_by,
        now=now,
        expires_at=expires_at,
    )
    return NewToken(secret=secret, facts=made)


def find_token(session: Session, secret: str, *, now: datetime) -> TokenFacts | None:
    """The token, if it stands: known, not revoked, not expired."""
    if not secret.startswith(PREFIX):
        return None
    found = tokens.find_token(session, digest(secret))
    if found is None or found.revoked_at is not None:
        return None
    return None if found.expires_at is not None and found.expires_at <= now else found


def is_use_due(found: TokenFacts, *, now: datetime) -> bool:
    """Whether using it now is worth writing down."""
    return found.last_used_at is None or now - found.last_used_at >= USED_EVERY


def note_use(session: Session, found: TokenFacts, *, now: datetime) -> None:
    tokens.set_token_used(session, found.id, now=now)


def revoke_token(session: Session, *, name: str, now: datetime) -> TokenFacts:
    """It opens nothing any more; its row stays as a trail. Raises NotFound."""
    return tokens.set_token_revoked(session, name=name.strip(), now=now)
