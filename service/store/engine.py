"""The engine and the only commit.

``Store.read()`` gives a Session for reading, ``Store.write()`` one whose block is one
transaction: it commits at the end or leaves nothing behind.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.orm import Session, sessionmaker

from service.store.kept import KEPT

__all__ = ["Session", "Store"]

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
WRITES = "groundswell_writes"


class Store:
    """One database. Give it a SQLAlchemy URL; SQLite and PostgreSQL are supported.

    ``durable=False``: a SQLite store that need not survive a power cut (a scratch store).
    """

    def __init__(self, url: str, *, durable: bool = True) -> None:
        self._url = make_url(url)
        if self._url.get_backend_name() not in ("sqlite", "postgresql"):
            raise ValueError(
                f"the store runs on SQLite or PostgreSQL, not on {self._url.drivername}"
            )
        self.engine = _engine(self._url.render_as_string(hide_password=False), durable=durable)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        # SQLite has one writer. Threads of this process queue here, fairly and without polling;
        # other processes wait on SQLite's own lock.
        self._turn = threading.Lock() if self.is_sqlite else nullcontext()
        # What SQLite gives anyway: all statements of a block read the same state.
        reader = (
            self.engine
            if self.is_sqlite
            else self.engine.execution_options(isolation_level="REPEATABLE READ")
        )
        kept: dict[str, Any] = {KEPT: {}}
        self._reading = sessionmaker(reader, expire_on_commit=False, info=kept)
        writer = self.engine.execution_options(**{WRITES: True})
        self._writing = sessionmaker(writer, expire_on_commit=False, info=kept)

    def __repr__(self) -> str:
        return f"Store({self._url.render_as_string(hide_password=True)})"

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session for reading one consistent state; whatever it changes is thrown away."""
        with self._reading() as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction: everything in the block is committed together, or nothing is."""
        with self._turn, self._writing() as session:
            yield session
            session.commit()

    def migrate(self) -> None:
        """Bring the schema to the newest version; does nothing where it is there already."""
        command.upgrade(self._alembic(), "head")

    def is_current(self) -> bool:
        """Whether the schema is at the newest version."""
        head = ScriptDirectory.from_config(self._alembic()).get_current_head()
        with self.engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision() == head

    def close(self) -> None:
        self.engine.dispose()

    def _alembic(self) -> Config:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        config.attributes["engine"] = self.engine
        return config


def _engine(url: str, *, durable: bool) -> Engine:
    # More connections than the doors have threads (40): whoever holds one may need a thread to end.
    pool: dict[str, Any] = {"pool_size": 10, "max_overflow": 50}
    backend = make_url(url).get_backend_name()
    # Parameters are hidden: errors are logged, and hashes of passwords are parameters.
    if backend == "postgresql":
        return create_engine(
            url,
            pool_pre_ping=True,
            hide_parameters=True,
            **pool,
            connect_args={"connect_timeout": 10, "options": "-c timezone=UTC"},
        )
    engine = create_engine(
        url,
        hide_parameters=True,
        **pool,
        connect_args={"timeout": 30, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        # The driver's own transaction handling begins too late for IMMEDIATE; we begin ourselves.
        connection.isolation_level = None
        for pragma in (
            "journal_mode = WAL",
            f"synchronous = {'NORMAL' if durable else 'OFF'}",
            "foreign_keys = ON",
            "busy_timeout = 30000",
            "temp_store = MEMORY",
            "cache_size = -32000",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "checkin")
    def leave_nothing_open(connection: Any, _record: Any) -> None:
        # A COMMIT that SQLite refuses leaves its transaction open, with the one write lock in it,
        # and the pool takes the connection back as if that had ended.
        if connection is not None and connection.in_transaction:
            connection.rollback()

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        # A writer takes the lock at once: upgrading from a read would fail instead of waiting.
        writes = connection.get_execution_options().get(WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
