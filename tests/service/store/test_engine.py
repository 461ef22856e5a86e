"""The one commit: all of a block or nothing of it, on both databases."""

from __future__ import annotations

import threading
from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, StatementError

from service.store.engine import Store
from service.store.tables import BrandRow, PersonRow
from tests.builders import a_brand, a_person, a_user


def names(store: Store) -> list[str]:
    with store.read() as session:
        return list(session.scalars(select(PersonRow.name).order_by(PersonRow.name)))


def test_a_block_that_ends_is_committed(store: Store) -> None:
    with store.write() as session:
        a_person(session, "ines")
        a_person(session, "jo")
    assert names(store) == ["ines", "jo"]


def test_a_block_that_fails_leaves_nothing(store: Store) -> None:
    def fail_half_way() -> None:
        with store.write() as session:
            a_person(session, "ines")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    assert names(store) == []


def test_an_error_of_the_database_does_not_tell_what_was_to_be_written(store: Store) -> None:
    def write_twice() -> None:
        with store.write() as session:
            a_user(session, "ines", password_hash="$argon2id$secret")
            a_user(session, "ines", password_hash="$argon2id$secret")

    with pytest.raises(IntegrityError) as error:
        write_twice()
    assert "secret" not in str(error.value)


def test_reading_changes_nothing(store: Store) -> None:
    with store.read() as session:
        a_person(session, "ines")
    assert names(store) == []


def test_a_reader_sees_one_state_while_others_write(store: Store) -> None:
    with store.read() as session:
        assert session.scalars(select(PersonRow)).all() == []
        with store.write() as other:
            a_person(other, "ines")
        assert session.scalars(select(PersonRow)).all() == []


def test_many_threads_write_side_by_side_and_none_is_lost(store: Store) -> None:
    def work(number: int) -> None:
        for turn in range(5):
            with store.write() as session:
                a_person(session, f"p{number}-{turn}")

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(names(store)) == 40


def test_a_naive_time_is_refused(store: Store) -> None:
    with pytest.raises(StatementError, match="naive time"), store.write() as session:
        a_brand(session, created_at=datetime(2026, 1, 1))  # noqa: DTZ001


def test_times_come_back_as_they_went_in(store: Store) -> None:
    told = datetime.fromisoformat("2026-03-29T03:30:00.123456+02:00")
    with store.write() as session:
        a_brand(session, created_at=told)
    with store.read() as session:
        back = session.scalars(select(BrandRow.created_at)).one()
    assert back == told
    assert back.tzname() == "UTC"


def test_other_databases_are_refused() -> None:
    with pytest.raises(ValueError, match="SQLite or PostgreSQL"):
        Store("mysql://root@localhost/x")


def test_the_password_does_not_show() -> None:
    store = Store("postgresql+psycopg://app:hunter2@127.0.0.1:1/x")
    assert "hunter2" not in repr(store)
    store.close()


def test_a_migrated_store_knows_that_it_is_current(store: Store) -> None:
    assert store.is_current()
    store.migrate()
    assert store.is_current()
