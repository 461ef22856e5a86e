"""Errors that a door shows to whoever asked. One handler renders them all, as RFC 9457 problem
details for the API and as a page for a browser.

    ServiceError(status, code)
    ├── NotFound         404
    ├── Conflict         409   somebody was first, or the state does not allow it
    ├── Invalid          422   malformed input; ``errors`` say where
    ├── Unauthenticated  401
    ├── Forbidden        403
    └── TooMany          429   ``retry_after`` seconds
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class ServiceError(Exception):
    """``code`` is stable and machine-readable; the message is for people and holds no secret."""

    status = 500
    code = "internal-error"

    def __init__(
        self,
        message: str,
        *,
        code: str | None = None,
        errors: Sequence[dict[str, Any]] = (),
        retry_after: int | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or type(self).code
        self.errors = list(errors)
        self.retry_after = retry_after


class NotFound(ServiceError):
    status = 404
    code = "not-found"


class Conflict(ServiceError):
    status = 409
    code = "conflict"


class Invalid(ServiceError):
    status = 422
    code = "invalid"


class Unauthenticated(ServiceError):
    status = 401
    code = "unauthenticated"


class Forbidden(ServiceError):
    status = 403
    code = "forbidden"


class TooMany(ServiceError):
    status = 429
    code = "too-many-requests"
