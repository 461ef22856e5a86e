"""Checks of what happens when the platform fails, and of how the connector behaves towards it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from connectors.conformance.trial import (
    LIMITS,
    MOST_REQUESTS,
    USER_AGENT,
    CheckFailed,
    Trial,
)
from connectors.errors import (
    AuthFailed,
    ConnectorError,
    Gone,
    PayloadChanged,
    RateLimited,
    Refused,
    Transient,
)

_NOT_HTTP = "the connector asks no origin"

_FAILURES: tuple[tuple[str, dict[str, Any], type[ConnectorError], timedelta | None], ...] = (
    ("401", {"status": 401}, AuthFailed, None),
    ("403", {"status": 403}, Refused, None),
    ("404", {"status": 404}, Transient, None),
    ("410", {"status": 410}, Gone, None),
    (
        "429 with Retry-After",
        {"status": 429, "headers": {"retry-after": "120"}},
        RateLimited,
        timedelta(seconds=120),
    ),
    ("429", {"status": 429}, RateLimited, None),
    ("500", {"status": 500}, Transient, None),
    ("a body cut short", {"cut": True}, Transient, None),
    ("a platform that does not answer", {"hang": LIMITS.total * 4}, Transient, None),
)


def http_failures_give_the_right_errors(trial: Trial) -> str | None:
    """401, 403, 404, 410, 429, 500, a cut body and a timeout each give the error they call for."""
    if not trial.example.over_http:
        return _NOT_HTTP
    for name, changes, wanted, wait in _FAILURES:
        trial.serve(trial.example.payload, **{**changes})
        error = trial.error()
        if not isinstance(error, wanted):
            raise CheckFailed(f"{name} raised {type(error).__name__} instead of {wanted.__name__}")
        if isinstance(error, AuthFailed) and wanted is not AuthFailed:
            raise CheckFailed(f"{name} raised AuthFailed")
        if wait is not None and getattr(error, "retry_after", None) != wait:
            raise CheckFailed(f"{name}: the platform's wish to wait was lost")
    return None


def no_secret_is_shown(trial: Trial) -> str | None:
    """No secret of the settings is in an error, a log line, a repr, a cursor or a mention."""
    secrets = [secret for secret in trial.example.secrets.values() if secret]
    if not secrets:
        return "the example has no secrets"
    with _logged() as lines:
        shown = [repr(trial.settings()), repr(trial.connector())]
        trial.serve_example()
        for batch in trial.pages(None):
            shown.append(repr(batch))
        if trial.example.over_http:
            for _name, changes, _wanted, _wait in _FAILURES[:-1]:
                trial.serve(trial.example.payload, **{**changes})
                error = trial.error()
                shown += [str(error), repr(error), repr(error.__cause__)]
        shown += lines
    for secret in secrets:
        for text in shown:
            if secret in text:
                raise CheckFailed(f"a secret is shown in: {text.replace(secret, '***')[:120]!r}")
    return None


def polls_are_identified_and_bounded(trial: Trial) -> str | None:
    """Requests carry our user agent; answers beyond the size limit are refused; polls end."""
    if not trial.example.over_http:
        return _NOT_HTTP
    trial.serve_example()
    trial.origin.requests.clear()
    trial.connector().poll(None)
    if not trial.origin.requests:
        raise CheckFailed("nothing was asked of the origin")
    for request in trial.origin.requests:
        if request.get("user-agent") != USER_AGENT:
            raise CheckFailed(f"a request introduced itself as {request.get('user-agent')!r}")
        if "cookie" in request or "referer" in request:
            raise CheckFailed("a request carried a cookie or a referer")
    if len(trial.origin.requests) > MOST_REQUESTS:
        raise CheckFailed(f"one poll made {len(trial.origin.requests)} requests")
    trial.serve(b" " * (LIMITS.max_bytes + 1) + (trial.example.payload or b""))
    error = trial.error()
    if not isinstance(error, PayloadChanged):
        raise CheckFailed(f"an answer beyond the size limit raised {type(error).__name__}")
    return None


@contextmanager
def _logged() -> Iterator[list[str]]:
    """Everything that is logged within the block, at any level."""
    lines: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(record.getMessage())

    handler = Keep(level=logging.NOTSET)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield lines
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
