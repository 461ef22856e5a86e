"""Stores for the tests: migrated once, then copied for each test; and no way out of this machine.

``store`` runs a test on SQLite and on a real PostgreSQL; ``sqlite_store`` and ``postgres_store``
on one of them. Each is empty, migrated, of this test alone, and closed afterwards.
"""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import settings

from service.store.engine import Store
from tests.network import refuse_all_but_loopback
from tests.postgres import Keeper, wait_for_url

KEEPER = pytest.StashKey[Keeper]()

refuse_all_but_loopback()

# A busy machine is no mistake: no example is timed.
settings.register_profile("groundswell", deadline=None)
settings.load_profile("groundswell")


def pytest_configure(config: pytest.Config) -> None:
    """With several workers the first process starts one PostgreSQL for all of them."""
    spread = getattr(config.option, "numprocesses", None)
    if spread and not hasattr(config, "workerinput") and not config.option.collectonly:
        config.stash[KEEPER] = Keeper()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker of pytest-xdist where the server is."""
    node.workerinput["postgres"] = str(node.config.stash[KEEPER].folder)


def pytest_unconfigure(config: pytest.Config) -> None:
    if KEEPER in config.stash:
        config.stash[KEEPER].stop()


@pytest.fixture(scope="session")
def postgres_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """URL of the running server, without a database."""
    told = getattr(request.config, "workerinput", {}).get("postgres")
    if told is not None:
        yield wait_for_url(Path(told))
        return
    with Keeper() as keeper:
        yield wait_for_url(keeper.folder)


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty migrated database file to copy from."""
    path = tmp_path_factory.mktemp("template") / "template.sqlite3"
    store = Store(f"sqlite:///{path}")
    store.migrate()
    store.close()
    return path


class PostgresDatabases:
    """Databases on one server, made as copies of a template."""

    def __init__(self, url: str, *, worker: str) -> None:
        self._url = url
        self._worker = worker
        self._numbers = itertools.count(1)
        plain = url.replace("+psycopg", "")
        self._connection = psycopg.connect(f"{plain}/postgres", autocommit=True)

    def make(self, *, template: str = "template1") -> str:
        """A new database; its name."""
        name = f"{self._worker}_{next(self._numbers)}"
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
        return name

    def url(self, name: str) -> str:
        return f"{self._url}/{name}"

    def drop(self, name: str) -> None:
        self._run(f'DROP DATABASE "{name}" WITH (FORCE)')

    def close(self) -> None:
        self._connection.close()

    def _run(self, statement: str) -> None:
        self._connection.execute(statement.encode())


@pytest.fixture(scope="session")
def postgres_databases(postgres_url: str) -> Iterator[PostgresDatabases]:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    databases = PostgresDatabases(postgres_url, worker=worker)
    yield databases
    databases.close()


@pytest.fixture(scope="session")
def migrated_postgres(postgres_databases: PostgresDatabases) -> str:
    """The name of an empty migrated database to copy from."""
    name = postgres_databases.make()
    store = Store(postgres_databases.url(name))
    store.migrate()
    store.close()
    return name


@pytest.fixture
def sqlite_store(migrated_sqlite: Path, tmp_path: Path) -> Iterator[Store]:
    """An empty migrated store on SQLite; the quick one."""
    path = tmp_path / "store.sqlite3"
    shutil.copyfile(migrated_sqlite, path)
    store = Store(f"sqlite:///{path}")
    yield store
    store.close()


@pytest.fixture
def postgres_store(
    postgres_databases: PostgresDatabases, migrated_postgres: str
) -> Iterator[Store]:
    """An empty migrated store on PostgreSQL."""
    name = postgres_databases.make(template=migrated_postgres)
    store = Store(postgres_databases.url(name))
    yield store
    store.close()
    postgres_databases.drop(name)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest) -> Store:
    """An empty migrated store, on SQLite and on PostgreSQL in turn."""
    made: Store = request.getfixturevalue(f"{request.param}_store")
    return made
