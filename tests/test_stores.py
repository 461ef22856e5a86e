"""The stores that the fixtures give, and the guard around the tests."""

from __future__ import annotations

import socket

import pytest
from sqlalchemy import func, select, text

from service.store.engine import Store
from service.store.tables import BrandRow
from tests.builders import a_brand
from tests.network import NetworkRefused


@pytest.mark.parametrize("time", range(2))
def test_each_test_gets_an_empty_migrated_store(store: Store, time: int) -> None:
    assert store.is_current()
    with store.write() as session:
        assert session.scalar(select(func.count()).select_from(BrandRow)) == 0
        a_brand(session)


def test_the_fixtures_are_on_the_databases_they_are_named_for(
    sqlite_store: Store, postgres_store: Store
) -> None:
    with sqlite_store.read() as session:
        assert session.scalar(text("select sqlite_version()"))
    with postgres_store.read() as session:
        assert "PostgreSQL" in str(session.scalar(text("select version()")))


def test_a_connection_to_another_machine_is_refused() -> None:
    with socket.socket() as probe, pytest.raises(NetworkRefused):
        probe.connect(("192.0.2.1", 80))


def test_a_name_of_another_machine_is_not_looked_up() -> None:
    with pytest.raises(NetworkRefused):
        socket.getaddrinfo("demo.invalid", 80)


def test_loopback_is_open_to_tests() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
