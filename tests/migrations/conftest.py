"""Stores without a schema."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.store.engine import Store
from tests.conftest import PostgresDatabases


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def bare_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A store with nothing in it, not even a schema."""
    if request.param == "sqlite":
        store = Store(f"sqlite:///{tmp_path / 'bare.sqlite3'}")
        yield store
        store.close()
        return
    databases: PostgresDatabases = request.getfixturevalue("postgres_databases")
    name = databases.make()
    store = Store(databases.url(name))
    yield store
    store.close()
    databases.drop(name)
