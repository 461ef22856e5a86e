"""Examples that a connector brings, in a folder ``examples`` beside its code.

Each example is a folder with ``example.json``::

    {"now": "2026-03-01T12:00:00Z",
     "settings": {"url": "{origin}/feed"},   {origin}: the test's address; {file}: the payload
     "secrets": {"password": "hunter2"},     settings that must never be shown
     "content_type": "application/rss+xml",
     "payload": "feed.xml",                  what the platform answers, or the file that is read
     "empty": "empty.xml",                   the same with nothing in it
     "one_bad": "one_bad.xml",               one unreadable entry among good ones
     "expected": "expected.json"}            the mentions of the payload, as ``facts`` writes them

A connector that makes its mentions by itself leaves ``payload`` away.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from connectors.contract import Kind
from rules.mention import Mention, utc


class InvalidExample(Exception):
    """An example that cannot be played; says which and why."""


@dataclass(frozen=True, slots=True)
class Example:
    """One example, in memory. ``expected`` None: only the properties are checked."""

    name: str
    now: datetime
    settings: Mapping[str, Any]
    secrets: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "application/octet-stream"
    payload: bytes | None = None
    empty: bytes | None = None
    one_bad: bytes | None = None
    expected: tuple[Mapping[str, Any], ...] | None = None

    @property
    def over_http(self) -> bool:
        """Whether the connector asks an origin, rather than reading a file or nothing."""
        return "{origin}" in json.dumps(dict(self.settings))


def examples_of(kind: Kind) -> tuple[Example, ...]:
    """The examples beside the code of the connector. Raises InvalidExample."""
    module = importlib.import_module(kind.build.__module__)
    package = module.__name__ if hasattr(module, "__path__") else module.__package__
    folder = files(package or module.__name__) / "examples"
    if not folder.is_dir():
        return ()
    found = sorted(folder.iterdir(), key=lambda entry: entry.name)
    return tuple(_load(entry) for entry in found if (entry / "example.json").is_file())


def facts(mention: Mention) -> dict[str, Any]:
    """A mention as an example's ``expected`` tells it: JSON, without empty facts and raw."""
    told = asdict(mention)
    told.pop("raw")
    return {name: value for name, value in _plain(told).items() if value not in (None, "", {})}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        plain = {name: _plain(inner) for name, inner in value.items()}
        return {name: inner for name, inner in plain.items() if inner is not None}
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return value


def _load(folder: Traversable) -> Example:
    try:
        told = json.loads((folder / "example.json").read_text("utf-8"))
        expected = told.get("expected")
        return Example(
            name=folder.name,
            now=utc(datetime.fromisoformat(told["now"])),
            settings=told["settings"],
            secrets=told.get("secrets", {}),
            content_type=told.get("content_type", "application/octet-stream"),
            payload=_bytes(folder, told.get("payload")),
            empty=_bytes(folder, told.get("empty")),
            one_bad=_bytes(folder, told.get("one_bad")),
            expected=tuple(json.loads((folder / expected).read_text("utf-8")))
            if expected
            else None,
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InvalidExample(f"{folder.name}: {error}") from error


def _bytes(folder: Traversable, name: str | None) -> bytes | None:
    return None if name is None else (folder / name).read_bytes()
