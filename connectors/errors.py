"""What can go wrong at a platform, sorted by what the caller must do.

ConnectorError            the message is safe to show; it never holds a secret
├── Misconfigured         tell the user; do not poll again until the source is edited
│   └── AuthFailed        the platform refused the credentials
├── Gone                  410: stop for good, keep what was collected, tell the user
├── Transient             try again later; ``retry_after`` where the platform said when
│   ├── RateLimited       429, or 403/503 that says when; counts for the whole host
│   └── Refused           403, robots, a block page: the platform does not want us now
└── PayloadChanged        tell the developers; ``sample`` keeps the first bytes as evidence
"""

from __future__ import annotations

from datetime import timedelta


class ConnectorError(Exception):
    """The base: catch this to catch everything a poll may raise."""


class Misconfigured(ConnectorError):
    """The settings cannot work; somebody has to edit them."""


class AuthFailed(Misconfigured):
    """The platform refused the credentials."""


class Gone(ConnectorError):
    """The place is gone for good."""


class Transient(ConnectorError):
    """It may work later. ``retry_after`` counts from now; None when the platform did not say."""

    def __init__(self, message: str, *, retry_after: timedelta | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class RateLimited(Transient):
    """Too many requests; everything on that host should wait."""


class Refused(Transient):
    """The platform does not want us now: 403, or a page that asks for a human."""


class PayloadChanged(ConnectorError):
    """The answer could not be read at all. ``sample`` is its beginning, as evidence."""

    def __init__(self, message: str, *, sample: str = "") -> None:
        super().__init__(message)
        self.sample = sample[:2000]
