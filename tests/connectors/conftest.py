"""Fixtures for connectors: an origin on the loopback and a client that may ask it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from connectors.contract import Surroundings
from connectors.http import HttpClient, Limits
from tests.connectors.origin import Origin, an_origin

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
LIMITS = Limits(connect=2.0, read=2.0, total=3.0)


@pytest.fixture
def origin() -> Iterator[Origin]:
    with an_origin() as started:
        yield started


@pytest.fixture
def client() -> Iterator[HttpClient]:
    """A client that may ask the loopback."""
    made = HttpClient(
        now=lambda: NOW, user_agent="Groundswell/0.1 (+x)", private_networks=True, limits=LIMITS
    )
    yield made
    made.close()


@pytest.fixture
def surroundings(client: HttpClient) -> Surroundings:
    return Surroundings(http=client, now=lambda: NOW)
