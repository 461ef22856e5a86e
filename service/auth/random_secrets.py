"""Random secrets and what is kept of them."""

from __future__ import annotations

import hashlib
import secrets


def new_secret() -> str:
    """32 random bytes from the system, as 43 URL-safe characters."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """SHA-256, hexadecimal: all that the store ever sees of a secret."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def same(one: str, other: str) -> bool:
    """Equal, in a time that does not tell how far they agree; two empty ones are not equal."""
    if not one or not other:
        return False
    return secrets.compare_digest(digest(one), digest(other))
