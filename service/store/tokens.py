"""API tokens. Only their hashes are stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from service.errors import Conflict, NotFound
from service.store.tables import TokenRow


@dataclass(frozen=True, slots=True)
class TokenFacts:
    """One token as it may be shown. ``brands``: slugs; empty means all."""

    id: int
    name: str
    scopes: tuple[str, ...]
    brands: tuple[str, ...]
    created_by: str
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None


def facts(row: TokenRow) -> TokenFacts:
    return TokenFacts(
        id=row.id,
        name=row.name,
        scopes=tuple(row.scopes),
        brands=tuple(row.brands),
        created_by=row.created_by,
        created_at=row.created_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
        last_used_at=row.last_used_at,
    )


def add_token(
    session: Session,
    *,
    name: str,
    token_hash: str,
    scopes: Sequence[str],
    brands: Sequence[str],
    created_by: str,
    now: datetime,
    expires_at: datetime | None,
) -> TokenFacts:
    """Raises Conflict where the name is taken, by a revoked token too: its trail must stay."""
    if session.scalars(select(TokenRow.id).where(TokenRow.name == name)).first() is not None:
        raise Conflict(f"there is a token {name!r} already", code="token-exists")
    row = TokenRow(
        name=name,
        token_hash=token_hash,
        scopes=list(scopes),
        brands=list(brands),
        created_by=created_by,
        created_at=now,
        expires_at=expires_at,
    )
    session.add(row)
    session.flush()
    return facts(row)


def list_tokens(session: Session) -> list[TokenFacts]:
    """All tokens by name, the revoked and expired ones too."""
    return [facts(row) for row in session.scalars(select(TokenRow).order_by(TokenRow.name))]


def find_token(session: Session, token_hash: str) -> TokenFacts | None:
    row = session.scalars(select(TokenRow).where(TokenRow.token_hash == token_hash)).one_or_none()
    return None if row is None else facts(row)


def set_token_used(session: Session, token_id: int, *, now: datetime) -> None:
    session.execute(update(TokenRow).where(TokenRow.id == token_id).values(last_used_at=now))


def set_token_revoked(session: Session, *, name: str, now: datetime) -> TokenFacts:
    """From now on the token opens nothing; revoking twice keeps the first time. Raises NotFound."""
    row = session.scalars(select(TokenRow).where(TokenRow.name == name)).one_or_none()
    if row is None:
        raise NotFound(f"there is no token {name!r}", code="no-such-token")
    if row.revoked_at is None:
        row.revoked_at = now
        session.flush()
    return facts(row)
