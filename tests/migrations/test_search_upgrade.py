"""The upgrade to a store with an index of words, from one that was in use without."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from sqlalchemy import text

from rules.query import parse
from service.store.engine import MIGRATIONS, Session, Store
from service.store.mentions import save_new
from service.store.search import index
from service.store.search.catch_up import catch_up, mend
from service.store.search.find import scope_of, search
from tests.builders import NOON, a_mention
from tests.service.store.search.scenes import before_the_index, indexed


def find(session: Session, asked: str) -> set[str]:
    return {
        one.mention.text for one in search(session, parse(asked), scope=scope_of(), limit=200).items
    }


def to(store: Store, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["engine"] = store.engine
    if revision == "0001" and store.is_current():
        command.downgrade(config, revision)
    else:
        command.upgrade(config, revision)


def test_a_store_in_use_is_searched_right_before_while_and_after_it_is_indexed(
    bare_store: Store,
) -> None:
    to(bare_store, "0001")
    with bare_store.write() as session:
        for number in range(7):
            before_the_index(
                session,
                identity=f"old{number}",
                text=f"acme old {number}",
                author_handle="ada",
                lang="en",
                effective_at=NOON,
            )
        session.execute(
            text(
                "INSERT INTO rejects (identity, platform, title, text, reasons, collected_at) "
                "VALUES ('r', 'news', '', 'globex', '[]', :at)"
            ),
            {"at": NOON},
        )
    bare_store.migrate()
    old = {f"acme old {number}" for number in range(7)}
    with bare_store.read() as session:
        assert find(session, "acme") == old
        assert find(session, "author:ada lang:en NOT 3") == old - {"acme old 3"}
        assert find(session, "acme country:gb") == set()

    with bare_store.write() as session:
        save_new(session, [a_mention(text="acme new")])
    assert mend(bare_store) == 0
    rounds = 0
    while catch_up(bare_store, batch=3):
        rounds += 1
        with bare_store.read() as session:
            assert find(session, "acme") == {*old, "acme new"}
    assert rounds == 3
    with bare_store.read() as session:
        assert index.behind(session) == 0
        assert len(indexed(session)) == 8
        assert find(session, "acme old") == old
        assert session.scalar(text("SELECT count(*) FROM rejects WHERE facts IS NULL")) == 1


def test_going_back_keeps_the_mentions_and_going_on_again_finds_them(bare_store: Store) -> None:
    bare_store.migrate()
    with bare_store.write() as session:
        save_new(session, [a_mention(text="acme", kind="review", country="GB")])
    to(bare_store, "0001")
    bare_store.migrate()
    with bare_store.read() as session:
        assert find(session, "acme") == {"acme"}
    assert catch_up(bare_store) == 1
    with bare_store.read() as session:
        assert find(session, "acme") == {"acme"}
