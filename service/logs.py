"""Structured logs. Text from the internet is data: control characters never reach a terminal."""

from __future__ import annotations

import logging
import sys
from typing import Any, TextIO

import structlog

from service.settings import Settings

EventDict = dict[str, Any]

_CONTROL = {code: f"\\x{code:02x}" for code in (*range(0x20), *range(0x7F, 0xA0))} | {
    code: f"\\u{code:04x}" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
}
_LONGEST = 2000
_LONGEST_TRACEBACK = 20_000


def configure_logs(settings: Settings, stream: TextIO | None = None) -> None:
    """Send every log line, ours and the libraries', to ``stream`` (stderr) in one format."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        neutralise,
    ]
    # Tracebacks without the values of variables: those may be secrets.
    traceback: list[Any] = [structlog.processors.format_exc_info, neutralise_traceback]
    ending: list[Any] = (
        [*traceback, structlog.processors.JSONRenderer()]
        if settings.log_format == "json"
        else [
            *traceback,
            structlog.dev.ConsoleRenderer(
                colors=(stream or sys.stderr).isatty(),
                exception_formatter=structlog.dev.plain_traceback,
            ),
        ]
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *ending,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level.upper())
    # These narrate every request and tick at INFO; a poll's outcome is logged once, by us.
    for noisy in ("httpx", "httpcore", "apscheduler", "alembic", "uvicorn.access", "slack_sdk"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def logger(name: str) -> Any:
    """A logger whose calls take keyword facts: ``logger(__name__).info("polled", source=…)``."""
    return structlog.stdlib.get_logger(name)


def neutralise(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Escape control and bidirectional characters, and cut what is too long to read."""
    for key, value in event.items():
        if isinstance(value, str) and key not in ("exc_info", "exception"):
            event[key] = value[:_LONGEST].translate(_CONTROL)
    return event


def neutralise_traceback(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Escape what an error's message may bring. Its lines stay lines, but none of them can pass
    for a line of the log: they are indented."""
    told = event.get("exception")
    if isinstance(told, str):
        lines = [line.translate(_CONTROL) for line in told[-_LONGEST_TRACEBACK:].split("\n")]
        event["exception"] = "\n".join(f"    {line}" for line in lines)
    return event
