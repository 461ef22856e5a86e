"""Whether a connector takes a source's settings, while its secrets stay references."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from pydantic import BaseModel, SecretStr, ValidationError

from connectors.contract import Kind
from connectors.errors import Misconfigured
from connectors.registry import CONNECTORS, find_kind
from service.workspace.model import SourceModel
from service.workspace.problems import Wrong, choose_from
from service.workspace.wrong import explain

REFERENCES = ("env:", "file:")
PLACES = frozenset({"url", "urls", "query", "path", "tags", "tag", "instance", "subreddit"})
"""Settings that say where or for what a connector looks."""


def is_reference(value: Any) -> bool:
    """``env:NAME`` or ``file:PATH``: what the process looks up when it starts the connector."""
    if not isinstance(value, str):
        return False
    scheme, _, rest = value.partition(":")
    return scheme in ("env", "file") and bool(rest) and not rest.startswith("//")


def secret_names(settings: type[BaseModel]) -> frozenset[str]:
    """The settings that are secrets."""
    return frozenset(
        name
        for name, info in settings.model_fields.items()
        if info.annotation is SecretStr or SecretStr in get_args(info.annotation)
    )


def check_source(source: SourceModel, *, number: int) -> Iterator[Wrong]:
    """Problems of connector and settings. No secret is looked up and none is echoed."""
    try:
        kind = find_kind(source.connector)
    except Misconfigured:
        hint = choose_from(source.connector, CONNECTORS, empty="")
        what = f"there is no connector {source.connector!r}"
        yield Wrong(("source", number, "connector"), what, hint)
        return
    at = ("source", number, "settings")
    secrets = secret_names(kind.settings)
    for name in sorted(secrets & source.settings.keys()):
        if not is_reference(source.settings[name]):
            hint = f'write {name} = "env:NAME" or "file:/run/secrets/…" and keep the secret there'
            yield Wrong((*at, name), f"{name!r} is a secret and must not stand in the file", hint)
    looked_up = {name for name, value in source.settings.items() if is_reference(value)}
    for wrong in _explained(kind, source.settings, at=at):
        # What is looked up later cannot be judged now.
        if wrong.on_key or len(wrong.path) < 4 or wrong.path[3] not in looked_up | secrets:
            yield wrong


def _explained(
    kind: Kind, settings: Mapping[str, Any], *, at: tuple[str | int, ...]
) -> Iterator[Wrong]:
    try:
        kind.settings.model_validate(dict(settings))
    except ValidationError as error:
        yield from explain(error, kind.settings, at=at)


def place_of(settings: Mapping[str, Any]) -> dict[str, Any]:
    """What of the settings says where to listen: when it changes, an old cursor means nothing.

    A connector that names its place in a way we do not know: all of them.
    """
    named = {key: value for key, value in settings.items() if key in PLACES}
    return named or dict(settings)
