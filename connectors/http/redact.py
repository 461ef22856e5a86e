"""Addresses fit for error messages, logs and notices: no credentials in them."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

_SECRET_NAME = re.compile(
    r"(token|key|secret|pass|pwd|auth|sig|session|sid|credential|access|code|hash|user$)",
    re.IGNORECASE,
)
_LONGEST = 300


def shown_url(url: str) -> str:
    """The URL without user and password, and without the values of secret-looking parameters."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return "an unreadable address"
    if ":" in host:
        host = f"[{host}]"
    netloc = host if port is None else f"{host}:{port}"
    query = "&".join(_shown_pair(pair) for pair in parts.query.split("&")) if parts.query else ""
    shown = urlunsplit((parts.scheme, netloc, parts.path, query, ""))
    shown = "".join(c if c.isprintable() else "?" for c in shown)
    return shown if len(shown) <= _LONGEST else shown[:_LONGEST] + "…"


def _shown_pair(pair: str) -> str:
    name, equals, value = pair.partition("=")
    return f"{name}=***" if equals and value and _SECRET_NAME.search(name) else pair
