"""The composition root: from settings to the parts that everything else is given."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from connectors.contract import Connector, Kind, Surroundings
from connectors.errors import Misconfigured
from connectors.http import HttpClient, user_agent
from connectors.registry import find_kind
from rules.score import Depth
from rules.score.deep.transformer import installed
from service.clock import Clock, SystemClock
from service.ingest.poll import Poller
from service.metrics import Metrics
from service.notify import build_notifiers
from service.notify.notifier import Notifier
from service.settings import Settings, SettingsError
from service.store.engine import Store
from service.store.sources import SourceFacts


@dataclass(frozen=True)
class Runtime:
    """What the doors and the jobs work with. Build it once; close it at the end."""

    settings: Settings
    store: Store
    clock: Clock
    notifiers: Mapping[str, Notifier]
    http: HttpClient
    metrics: Metrics

    def connector(self, name: str, settings: Mapping[str, Any]) -> Connector:
        """The connector of that name with these stored settings, its secrets resolved.

        Raises Misconfigured for an unknown connector, unusable settings or a missing secret.
        """
        kind = find_kind(name)
        surroundings = Surroundings(http=self.http, now=self.clock.now)
        return kind.build(connector_settings(kind, settings), surroundings)

    @property
    def depth(self) -> Depth:
        """How far down the stages of polarity are asked."""
        return Depth(self.settings.polarity)

    def poller(self) -> Poller:
        """What polling needs of all this."""
        return Poller(
            store=self.store,
            clock=self.clock,
            open_connector=lambda source: self.connector(source.connector, source.settings),
            hosts=hosts,
            depth=self.depth,
        )

    def close(self) -> None:
        self.http.close()
        self.store.close()


def build_runtime(settings: Settings, *, clock: Clock | None = None) -> Runtime:
    """Everything that a process needs; migrates nothing and starts nothing.

    Raises SettingsError where a setting asks for what is not installed.
    """
    if Depth(settings.polarity) is not Depth.LINEAR and not installed():
        raise SettingsError(
            f"GROUNDSWELL_POLARITY={settings.polarity} needs the transformer: "
            "pip install 'groundswell[deep]', or set it to linear"
        )
    if settings.database_url is None:
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    ticking = clock or SystemClock()
    return Runtime(
        settings=settings,
        store=Store(settings.store_url()),
        clock=ticking,
        notifiers=build_notifiers(settings),
        http=HttpClient(
            now=ticking.now,
            user_agent=user_agent(settings.user_agent_contact),
            private_networks=settings.private_networks,
        ),
        metrics=Metrics(),
    )


def hosts(source: SourceFacts) -> frozenset[str]:
    """The hosts a source asks; none where its settings cannot be read (the poll says why)."""
    try:
        kind = find_kind(source.connector)
        return kind.hosts(connector_settings(kind, source.settings))
    except Misconfigured:
        return frozenset()


def connector_settings(kind: Kind, stored: Mapping[str, Any]) -> Any:
    """The connector's settings model from what the store holds. Raises Misconfigured."""
    resolved = {key: _resolved(key, value) for key, value in stored.items()}
    try:
        return kind.settings.model_validate(resolved)
    except ValidationError as error:
        told = "; ".join(
            f"{'.'.join(str(part) for part in problem['loc'])}: {problem['msg']}"
            for problem in error.errors(include_input=False, include_url=False)
        )
        raise Misconfigured(f"settings: {told}") from None


def _resolved(key: str, value: Any) -> Any:
    """``env:NAME`` and ``file:PATH`` become what they refer to: secrets are never stored."""
    if not isinstance(value, str):
        return value
    scheme, _, place = value.partition(":")
    if scheme == "env":
        if place not in os.environ:
            raise Misconfigured(f"settings: {key}: the environment variable {place} is not set")
        return os.environ[place]
    if scheme == "file" and place and not place.startswith("//"):
        try:
            return Path(place).read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError):
            raise Misconfigured(f"settings: {key}: the file {place} cannot be read") from None
    return value
