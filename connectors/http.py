"""Placeholder until the guarded client lands."""

from __future__ import annotations


class HttpClient:
    """The guarded HTTP client."""
