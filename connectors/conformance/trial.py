"""One connector on one example: built, polled, asked the same things in the same way."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from connectors.conformance.example import Example
from connectors.conformance.origin import Answer, Origin
from connectors.contract import Batch, Connector, Cursor, Kind, Surroundings
from connectors.errors import ConnectorError
from connectors.http import HttpClient, Limits

USER_AGENT = "Groundswell-conformance/1"
LIMITS = Limits(connect=1.0, read=1.0, total=1.5, max_bytes=1_000_000)
MOST_PAGES = 100
MOST_REQUESTS = 60


class CheckFailed(Exception):
    """The contract is not kept; the message says how, for the connector's author."""


@dataclass(slots=True)
class Trial:
    """Everything a check needs."""

    kind: Kind
    example: Example
    origin: Origin
    folder: Path
    http: HttpClient

    def connector(self) -> Connector:
        return self.kind.build(
            self.settings(), Surroundings(http=self.http, now=lambda: self.example.now)
        )

    def settings(self) -> Any:
        """The example's settings with its secrets, at this trial's own places."""
        places = {"{origin}": self.origin.address, "{file}": str(self._file())}
        told = {**self.example.settings, **self.example.secrets}
        return self.kind.settings.model_validate(_filled(told, places))

    def serve(self, body: bytes | None, **changes: Any) -> None:
        """From now on the platform (or the file) says this."""
        headers = {"content-type": self.example.content_type, **changes.pop("headers", {})}
        self.origin.answer = Answer(body=body or b"", headers=headers, **changes)
        if body is not None and not self.example.over_http:
            self._file().write_bytes(body)

    def serve_example(self) -> None:
        self.serve(self.example.payload)

    def pages(self, cursor: Cursor | None) -> list[Batch]:
        """All pages from that cursor on, each cursor taken through JSON on the way."""
        connector = self.connector()
        batches = []
        for _number in range(MOST_PAGES):
            batch = connector.poll(cursor)
            batches.append(batch)
            if not batch.more:
                return batches
            cursor = through_json(batch.cursor)
        raise CheckFailed(f"more than {MOST_PAGES} pages: `more` never becomes false")

    def error(self) -> ConnectorError:
        """The error that a first poll raises now."""
        try:
            self.connector().poll(None)
        except ConnectorError as error:
            return error
        except Exception as error:
            told = f"{type(error).__name__}: {error}"
            raise CheckFailed(f"raised something that is no ConnectorError: {told}") from error
        raise CheckFailed("raised nothing")

    def _file(self) -> Path:
        return self.folder / "payload"


def through_json(cursor: Cursor) -> dict[str, Any]:
    try:
        back: dict[str, Any] = json.loads(json.dumps(dict(cursor)))
    except (TypeError, ValueError) as error:
        raise CheckFailed(f"the cursor is not JSON: {error}") from None
    if back != dict(cursor):
        raise CheckFailed("the cursor comes back from JSON as another one")
    return back


def _filled(value: Any, places: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        for name, place in places.items():
            value = value.replace(name, place)
        return value
    if isinstance(value, Mapping):
        return {name: _filled(inner, places) for name, inner in value.items()}
    return [_filled(inner, places) for inner in value] if isinstance(value, list) else value


Check = Callable[[Trial], str | None]
