"""The migrations: from nothing to head and back, on both databases, with rows in the tables."""

from __future__ import annotations

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import func, inspect, select

from service.store.base import Base
from service.store.engine import MIGRATIONS, Store
from service.store.tables import BrandRow, MatchRow
from tests.builders import (
    NOON,
    a_brand,
    a_match,
    a_named_list,
    a_person,
    a_query,
    a_rollup,
    a_source,
    a_stored_mention,
    a_user,
    an_alert_rule,
    an_incident,
)


def _config(store: Store) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["engine"] = store.engine
    return config


def _fill(store: Store) -> None:
    """A row in every family of tables that stays through schema changes."""
    with store.write() as session:
        brand = a_brand(session)
        query = a_query(session, brand=brand)
        a_named_list(session, "rivals", "globex")
        an_alert_rule(session, "nights", brand_id=brand)
        mention = a_stored_mention(session)
        a_source(session)
        a_match(session, query=query, mention=mention)
        a_rollup(session, query=query, bucket=NOON, mentions=1, negative=1)
        an_incident(session, query=query)
        a_person(session)
        a_user(session)


def _revisions() -> list[str]:
    script = ScriptDirectory(str(MIGRATIONS))
    return [revision.revision for revision in reversed(list(script.walk_revisions()))]


def test_from_nothing_to_head(bare_store: Store) -> None:
    assert not bare_store.is_current()
    bare_store.migrate()
    assert bare_store.is_current()
    made = set(inspect(bare_store.engine).get_table_names()) - {"alembic_version"}
    assert set(Base.metadata.tables) <= made


def test_migrating_twice_changes_nothing(bare_store: Store) -> None:
    bare_store.migrate()
    _fill(bare_store)
    bare_store.migrate()
    with bare_store.read() as session:
        assert session.scalar(select(func.count()).select_from(BrandRow)) == 1


def test_the_migrations_make_exactly_the_tables(bare_store: Store) -> None:
    bare_store.migrate()
    with bare_store.engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"compare_type": True, "include_object": _is_ours},
        )
        assert compare_metadata(context, Base.metadata) == []


def _is_ours(_object: object, name: str | None, kind: str, reflected: bool, _to: object) -> bool:
    """SQLite's full-text search keeps tables of its own, which no model describes."""
    return not (kind == "table" and reflected and name not in Base.metadata.tables)


def test_a_table_that_the_migrations_forget_is_noticed(bare_store: Store) -> None:
    with bare_store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata)


def test_every_step_goes_down_and_up_again_with_rows_in_the_tables(bare_store: Store) -> None:
    config = _config(bare_store)
    revisions = _revisions()
    bare_store.migrate()
    _fill(bare_store)
    for below in reversed(["base", *revisions[:-1]]):
        command.downgrade(config, below)
        command.upgrade(config, "head")
        assert bare_store.is_current()
        if below == "base":
            _fill(bare_store)
        with bare_store.read() as session:
            assert session.scalar(select(func.count()).select_from(MatchRow)) == 1


def test_going_down_to_nothing_leaves_nothing(bare_store: Store) -> None:
    bare_store.migrate()
    _fill(bare_store)
    command.downgrade(_config(bare_store), "base")
    assert set(inspect(bare_store.engine).get_table_names()) <= {"alembic_version"}


def test_the_steps_are_one_line_without_branches() -> None:
    assert len(ScriptDirectory(str(MIGRATIONS)).get_heads()) == 1
