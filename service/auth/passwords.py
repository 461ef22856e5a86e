"""Passwords: argon2id, and the same work whether or not the user exists."""

from __future__ import annotations

import threading
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from service.errors import Invalid

SHORTEST: Final = 12
"""Characters. NIST SP 800-63B asks for eight at least and for no rules of composition."""

LONGEST: Final = 1024

# OWASP's Password Storage Cheat Sheet: argon2id with 19 MiB, two passes, one lane.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)

# Each computation takes 19 MiB: a flood of logins must not take the machine's memory.
_AT_ONCE = threading.BoundedSemaphore(4)

# Nobody knows the password of this one. Checked in place of an unknown user's.
_STAND_IN: Final = _hasher.hash("no user has this password, since nobody can be this user")


def hash_password(password: str) -> str:
    """The argon2id hash to store. Raises Invalid for a password that is too short or too long."""
    if len(password) < SHORTEST:
        raise Invalid(
            f"the password is too short: at least {SHORTEST} characters", code="weak-password"
        )
    if len(password) > LONGEST:
        raise Invalid(
            f"the password is too long: at most {LONGEST} characters", code="weak-password"
        )
    with _AT_ONCE:
        return _hasher.hash(_bytes(password))


def verify_password(password: str, *, password_hash: str | None) -> bool:
    """Whether it is the one. None (no such user) takes as long as a wrong password, and is False.

    An answer that comes back sooner for an unknown name would tell which names exist.
    """
    if len(password) > LONGEST:
        password = password[:LONGEST] + "x"
    with _AT_ONCE:
        try:
            _hasher.verify(password_hash or _STAND_IN, _bytes(password))
        except (VerificationError, InvalidHashError):
            return False
    return password_hash is not None


def is_outdated(password_hash: str) -> bool:
    """Whether it was made with other parameters than today's and should be made anew."""
    return _hasher.check_needs_rehash(password_hash)


def _bytes(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")
